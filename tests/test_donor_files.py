"""The files of a release: as-of date, versions, code, and for each hidden number words; equal releases, equal bytes."""

import csv
import io
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hand_made_release import CELLS, LANGS, MASKED, hand_made, view
from openpyxl import load_workbook
from paper_files import copied, pictures

from callbacks.donor import MAKERS, file_name
from dashboard.model import Lang
from dashboard.release import Cell
from dashboard.text import Text
from layouts.donor.csv_file import release_csv
from layouts.donor.paper import release_pdf
from layouts.donor.workbook import release_xlsx
from layouts.paper.ink import Ink
from layouts.paper.lines import Run
from layouts.paper.sheet import FONTS

CODE = view().published.code  # type: ignore[union-attr]


def plain(words: str) -> str:
    return "".join(sign for sign in words if sign not in "\u2066\u2067\u2068\u2069")


def sheets(lang: Lang) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(release_xlsx(view(lang))))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


@pytest.mark.parametrize("lang", LANGS)
def test_the_pdf_says_where_it_comes_from_and_what_it_hides(lang: Lang) -> None:
    file = release_pdf(view(lang))
    assert file == release_pdf(view(lang))
    pages = pictures(file, f"release-{lang}")
    said = copied(file)
    # Letters and digits of a code are copied out in the order of the eye where all around reads from the right.
    assert lang == "ar" or said.count(CODE) == len(pages)
    assert said.count("48151-62342") == len(pages)
    assert "23" in said and "2026.11" in said
    if lang != "ar":  # letters are joined there, and come out in the order of the eye
        text = Text(lang)
        assert MASKED[lang] in said and plain(text("donor.left_out.curve_reveals")).split(":")[0] in said
        assert text("donor.reason.not_recorded") in said


@pytest.mark.parametrize("lang", LANGS)
def test_the_paper_has_every_letter_that_is_said(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign that the font lacks is left out without a word: "≥ 85 %" was printed as "85 %"."""
    written: list[str] = []
    write = Ink.write_run

    def listen(self: Ink, run: Run, x: float, y: float) -> None:
        written.append(run.words)
        write(self, run, x, y)

    monkeypatch.setattr(Ink, "write_run", listen)
    release_pdf(view(lang, hand_made(note=dict.fromkeys(LANGS, "≥ 90 % → ≤ 5"))))
    letters: set[int] = set(TTFont(FONTS / "cairo-400.ttf").getBestCmap() or ())
    assert {sign for words in written for sign in words if ord(sign) not in letters} == set()
    assert ">=" in "".join(written)


def test_the_workbook_has_numbers_where_they_are_shown_and_words_where_they_are_not() -> None:
    found = sheets("en")
    path = {row[0]: row[1] for row in found["The path"]}
    assert (path["First contact"], path["Selected, eligible"]) == (210, MASKED["en"])
    assert path["Completed"] == "83 (figure of release 1)"
    cohorts = {row[0]: row[1:6] for row in found["Insertion by cohort"]}
    assert cohorts["Cohort 1"] == (MASKED["en"], None, None, None, None)
    assert cohorts["Cohort 2"] == ("at least 85%", None, 29, None, None)
    assert cohorts["All cohorts"][:3] == (65 / 71, 65, 71)
    about = {row[0]: row[1] for row in found["About"] if row[0]}
    assert (about["Release"], about["Check code"], about["Data version"]) == (2, CODE, "48151-62342")
    assert any(row[1] and "masked for privacy" in str(row[1]) for row in found["About"])


@pytest.mark.parametrize("lang", LANGS)
def test_every_line_of_the_csv_says_where_it_comes_from(lang: Lang) -> None:
    lines = list(csv.reader(io.StringIO(release_csv(view(lang)).decode("utf-8-sig"))))
    assert len(lines) == len(CELLS) + 1 and all(len(line) == len(lines[0]) for line in lines)
    for line, cell in zip(lines[1:], CELLS, strict=True):
        assert line[:5] == ["2", CODE, "2026-11-23", "48151-62342", "2026.11"]
        numbers = ["" if n is None else str(n) for n in (cell.value, cell.low, cell.high, cell.of)]
        assert line[7:12] == [cell.id, *numbers]
        assert line[12]  # in words, whatever it is
        if cell.hidden:
            assert numbers == [""] * 4
            assert line[12] == plain(Text(lang)(f"donor.reason.{cell.reason}"))


def test_no_file_runs_what_management_writes() -> None:
    found = sheets("en")["Indicators"]
    assert ("=A note of the quarter.") in [row[0] for row in found]
    book = load_workbook(io.BytesIO(release_xlsx(view("en"))))
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_another_hidden_number_makes_the_same_bytes_but_a_shown_one_does_not(kind: str) -> None:
    """What is hidden is not in a release at all; what is shown is in every file."""
    assert file_name(view("fr"), kind) == f"eclat-release-2-2026-11-23-fr.{kind}"
    other = tuple(Cell(id=c.id, value=211) if c.id == "all/applicants" else c for c in CELLS)
    changed = hand_made().model_copy(update={"cells": other})
    assert MAKERS[kind](view()) != MAKERS[kind](view(release=changed))
