"""The vendored files are the right versions, ask no other host, and carry their licences."""

import ast
import json
import re
import shutil
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import pytest
from fontTools.ttLib import TTFont

from tools.front_end import (
    BUNDLE,
    COMPONENTS,
    FONT,
    LICENCES,
    PAPER_WEIGHTS,
    PLOTLY,
    STYLES,
    SUBSETS,
    TRACES,
    TWINS,
    VENDOR,
    WEIGHTS,
    bundle,
    check_components,
    check_plotly,
    copy_front_end,
    merge_fonts,
    plotly_version,
)

RANGES = {"arabic": "U+0600-06FF", "latin-ext": "U+0100-02BA", "latin": "U+0000-00FF"}
BANNER = "/* plotly.js (bar, scatter) v4.1.1, MIT: licences/ */\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A node_modules with the files that are copied, each a few letters long."""
    folder = tmp_path / "node_modules"
    texts = {f"{FONT}/unicode.json": json.dumps(RANGES)}
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
    assert {"bootstrap.min.css", "bootstrap.rtl.min.css", "cairo.css"} <= names
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
    script = tmp_path / PLOTLY
    script.write_text(BANNER.replace("4.1.1", "3.0.0"), "utf-8")
    with pytest.raises(click.ClickException, match=r"package\.json has 3\.0\.0"):
        check_plotly(script)


def test_a_bundle_without_a_version_is_refused(tmp_path: Path) -> None:
    script = tmp_path / PLOTLY
    script.write_text("draw()", "utf-8")
    with pytest.raises(click.ClickException, match="does not say which version"):
        check_plotly(script)


def called(folder: str, of: str) -> set[str]:
    """The names of a module that a folder's files call: `go.Bar(...)` -> Bar."""
    trees = [ast.parse(file.read_text("utf-8")) for file in (ROOT / folder).rglob("*.py")]
    calls = [node.func for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id == of
    }


def test_plotly_is_built_with_the_traces_that_are_drawn_and_no_other() -> None:
    drawn = {name.lower() for name in called("dashboard", "go") | called("layouts", "go")} - {"figure"}
    assert {name for name in drawn if "." not in name} == set(TRACES)
    built = (VENDOR / PLOTLY).read_text("utf-8")
    assert {name for name in (*TRACES, "funnel", "pie") if f'moduleType:"trace",name:"{name}"' in built} == set(TRACES)


@pytest.mark.parametrize("folder", ["dashboard", "layouts"])
def test_no_figure_asks_for_a_part_that_plotly_is_built_without(folder: str) -> None:
    listed = re.search(r"LEFT_OUT = \[([^]]+)\]", BUNDLE.read_text("utf-8"))
    assert listed is not None
    parts = set(re.findall(r'"(\w+)"', listed[1])) - {"annotations3d"} | {"add_layout_image", "coloraxis"}
    for file in (ROOT / folder).rglob("*.py"):
        words = set(re.findall(r"\w+", file.read_text("utf-8")))
        assert not words & (parts - {"images"}), file.name


def test_every_component_of_a_page_is_in_the_bundle_of_components() -> None:
    used = called("layouts", "dcc") | called("layouts", "dbc") | called("callbacks", "dcc") | called("callbacks", "dbc")
    built = BUNDLE.read_text("utf-8")
    given = re.findall(r"window\.dash_\w+_components = \{ ([^}]+) \}", built)
    assert used == set(", ".join(given).split(", "))
    assert (VENDOR / COMPONENTS).stat().st_size < 90_000  # with all of them: 700,000


def test_components_are_of_the_version_that_dash_describes(tmp_path: Path) -> None:
    for name, package in TWINS.items():
        pinned = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"][name]
        assert pinned == metadata.version(package)
        (tmp_path / name).mkdir()
        (tmp_path / name / "package.json").write_text('{"version": "1.0.0"}', "utf-8")
    with pytest.raises(click.ClickException, match=r"dash-core-components 1\.0\.0"):
        check_components(tmp_path)


def test_a_bundle_carries_the_licence_of_every_package_in_it() -> None:
    texts = {file.stem: file.read_text("utf-8") for file in (VENDOR / "licences").iterdir()}
    assert {"plotly.js", "@plotly-d3", "culori", "ramda", "dash-core-components", "react-bootstrap"} <= set(texts)
    assert all(len(text) > 10 for text in texts.values())


def test_a_machine_without_node_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(click.ClickException, match=r"Node\.js is missing"):
        bundle(vendor=tmp_path)


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
