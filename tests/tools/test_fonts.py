"""The pages' fonts: one file a script, all weights in it, and one word for those who read no Arabic."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from tools.fonts import ARABIC, PAPER_WEIGHTS, SUBSETS, WEIGHTS, font_face, merge_fonts
from tools.front_end import VENDOR

SHEET = (VENDOR / "cairo.css").read_text("utf-8")


def test_the_font_sheet_names_files_that_are_there_and_swaps() -> None:
    named = re.findall(r'url\("([^"]+)"\)', SHEET)
    assert all((VENDOR / name).is_file() for name in named)
    assert len(named) == SHEET.count("@font-face") == SHEET.count("font-display: swap") == 3 * 3 + 1
    assert len(set(named)) == 3 + 1


def test_a_rule_says_which_letters_it_is_for() -> None:
    rule = font_face("Cairo", "cairo-arabic", 600, "U+0600-06FF")
    assert "font-weight: 600" in rule
    assert 'url("fonts/cairo-arabic.woff2")' in rule
    assert "unicode-range: U+0600-06FF" in rule


@pytest.mark.parametrize("subset", SUBSETS)
def test_one_file_has_every_weight_that_is_used_and_no_other(subset: str) -> None:
    font: Any = TTFont(VENDOR / "fonts" / f"cairo-{subset}.woff2")
    axes = [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes]
    assert axes == [("wght", min(WEIGHTS), max(WEIGHTS))]


def test_the_name_of_arabic_is_written_with_joined_letters_in_few_bytes() -> None:
    file = VENDOR / "fonts" / "cairo-name.woff2"
    font: Any = TTFont(file)
    assert {ord(letter) for letter in ARABIC} <= set(font.getBestCmap())
    assert {"init", "medi", "fina"} <= {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert file.stat().st_size < 6_000


def test_paper_gets_one_file_a_weight_with_every_letter_and_the_joined_forms(tmp_path: Path) -> None:
    shutil.copytree(VENDOR / "fonts", tmp_path / "fonts")
    files = merge_fonts(tmp_path)
    assert [file.name for file in files] == [f"cairo-{weight}.ttf" for weight in PAPER_WEIGHTS]
    again = [file.read_bytes() for file in files]
    assert [file.read_bytes() for file in merge_fonts(tmp_path)] == again  # equal letters make equal files
    font: Any = TTFont(files[0])
    assert {ord(letter) for letter in "شغل0٪%éÉ–ŒşA"} <= set(font.getBestCmap())
    assert {"init", "medi", "fina"} <= {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
