"""The vendored files are the right versions, ask no other host, and carry their licences."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
from fontTools.ttLib import TTFont

from tools.front_end import (
    FONT,
    LICENCES,
    PAPER_WEIGHTS,
    PLOTLY,
    STYLES,
    SUBSETS,
    VENDOR,
    WEIGHTS,
    check_plotly,
    copy_front_end,
    merge_fonts,
    plotly_version,
)

RANGES = {"arabic": "U+0600-06FF", "latin-ext": "U+0100-02BA", "latin": "U+0000-00FF"}
BANNER = "/**\n* plotly.js (finance - minified) v4.1.1\n* Copyright 2012-2026, Plotly, Inc.\n*/\n"


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A node_modules with the files that are copied, each a few letters long."""
    folder = tmp_path / "node_modules"
    texts = {PLOTLY: BANNER + "draw()\n", f"{FONT}/unicode.json": json.dumps(RANGES)}
    texts |= dict.fromkeys(STYLES, "a{b:c}\n/*# sourceMappingURL=x.css.map */")
    texts |= dict.fromkeys(LICENCES.values(), "licence")
    texts |= {f"{FONT}/files/cairo-{subset}-{weight}-normal.woff2": "wOF2" for subset in SUBSETS for weight in WEIGHTS}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_installed_plotly_is_the_version_we_serve() -> None:
    """package.json pins what plotly.py draws for: 7.1 draws for plotly.js 4.1.1."""
    package = json.loads((Path(__file__).parents[2] / "package.json").read_text("utf-8"))
    pinned = package["dependencies"]["plotly.js"]
    import plotly

    own = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    assert plotly_version(own) == pinned


def test_everything_a_page_loads_is_copied(modules: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    copy_front_end(modules, vendor)
    names = {file.relative_to(vendor).as_posix() for file in vendor.rglob("*") if file.is_file()}
    assert {"plotly-finance.min.js", "bootstrap.min.css", "bootstrap.rtl.min.css", "cairo.css"} <= names
    assert {"fonts/cairo-arabic-400.woff2", "fonts/cairo-latin-700.woff2", "licences/cairo.txt"} <= names


def test_pointers_to_source_maps_are_left_out(modules: Path, tmp_path: Path) -> None:
    copy_front_end(modules, tmp_path / "vendor")
    assert (tmp_path / "vendor" / "bootstrap.rtl.min.css").read_text("utf-8") == "a{b:c}\n"


def test_the_font_sheet_names_files_that_are_there_and_swaps(modules: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    copy_front_end(modules, vendor)
    sheet = (vendor / "cairo.css").read_text("utf-8")
    named = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(named) == sheet.count("@font-face") == sheet.count("font-display: swap") == 9
    assert all((vendor / name).is_file() for name in named)
    arabic = next(rule for rule in sheet.split("@font-face") if "cairo-arabic-600" in rule)
    assert "font-weight: 600" in arabic and "unicode-range: U+0600-06FF" in arabic


def test_files_of_an_earlier_version_do_not_stay(modules: Path, tmp_path: Path) -> None:
    old = tmp_path / "vendor" / "old.js"
    old.parent.mkdir()
    old.write_text("", "utf-8")
    copy_front_end(modules, tmp_path / "vendor")
    assert not old.exists()


def test_another_version_of_plotly_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "plotly-finance.min.js"
    script.write_text(BANNER.replace("4.1.1", "3.0.0"), "utf-8")
    with pytest.raises(click.ClickException, match=r"package\.json has 3\.0\.0"):
        check_plotly(script)


def test_a_bundle_without_a_version_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "plotly-finance.min.js"
    script.write_text("draw()", "utf-8")
    with pytest.raises(click.ClickException, match="does not say which version"):
        check_plotly(script)


def test_a_missing_package_is_named(modules: Path, tmp_path: Path) -> None:
    (modules / STYLES[1]).unlink()
    with pytest.raises(click.ClickException, match=r"bootstrap\.rtl\.min\.css is missing"):
        copy_front_end(modules, tmp_path / "vendor")


def test_paper_gets_one_file_a_weight_with_every_letter_and_the_joined_forms(tmp_path: Path) -> None:
    shutil.copytree(VENDOR / "fonts", tmp_path / "fonts")
    files = merge_fonts(tmp_path)
    assert [file.name for file in files] == [f"cairo-{weight}.ttf" for weight in PAPER_WEIGHTS]
    again = [file.read_bytes() for file in files]
    assert [file.read_bytes() for file in merge_fonts(tmp_path)] == again  # equal letters make equal files
    font: Any = TTFont(files[0])
    assert {ord(letter) for letter in "شغل0٪%éÉ–ŒşA"} <= set(font.getBestCmap())
    assert {"init", "medi", "fina"} <= {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
