"""Whose knowledge a page or a file shows is said wherever its numbers go, and nothing is said that is not so."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from page_results import count, shown
from paper_files import brief, copied
from test_two_times import words

from callbacks.paper import PDF, file_name
from dashboard.history import Held, Version
from dashboard.programme import LANGUAGES, Lang
from dashboard.two_times import Restated
from dashboard.view import View
from layouts.filters import TODAY, filters
from layouts.header import as_of_line
from layouts.messages import banner, notices
from layouts.paper.workbook import workbook_xlsx
from layouts.places import DATA, INDICATORS, OVERVIEW, REPAIR
from layouts.shown import Shown

KNOWN = date(2026, 11, 16)  # a Monday
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
CHANGED = {"enrolled": Restated(count("enrolled", 40), count("enrolled", 44))}


def past(lang: Lang = "en", as_of: date | None = None, **changes: Any) -> Shown:
    view = View(lang, as_of, known=KNOWN)
    version = Version(7, NOON, KNOWN, "", None, 0, 0)
    return shown(lang, view=view, past=version, known_days=(KNOWN,), restated=CHANGED, **changes)


def about(view: Shown) -> dict[Any, Any]:
    """What a workbook says of itself."""
    rows = load_workbook(io.BytesIO(workbook_xlsx(view)))["About"].iter_rows()
    return {row[0].value: row[1].value for row in rows}


def test_every_page_of_paper_and_the_workbook_say_whose_knowledge_they_hold() -> None:
    assert copied(brief(past())).count("as known on 16 November 2026") == 2  # in the head and at the foot
    assert about(past())["As known on"] == datetime(2026, 11, 16)
    assert "known-2026-11-16" in file_name(past(), "brief", PDF)


def test_paper_of_what_is_known_now_says_nothing_of_it() -> None:
    assert "as known" not in copied(brief(shown("en")))
    assert "As known on" not in about(shown("en"))
    assert "known" not in file_name(shown("en"), "brief", PDF)


def days(view: Shown) -> tuple[str, dict[str, Any]]:
    """What the list of as-of dates has chosen, and its options by value."""
    panel: Any = filters(view)[1]
    chosen: Any = panel.children[0].children[1]
    return chosen.value, {option["value"]: option for option in chosen.options}


def test_no_day_is_chosen_or_offered_that_the_knowledge_does_not_reach() -> None:
    on_offer = (date(2026, 11, 23), KNOWN, date(2026, 11, 9))
    value, options = days(past(days=on_offer))
    assert (value, options[TODAY]["label"]) == (TODAY, "Monday, 16 November 2026")
    assert [option for option in options if options[option].get("disabled")] == ["2026-11-16"]
    assert days(past(as_of=date(2026, 11, 9), days=on_offer))[0] == "2026-11-09"
    assert days(past(as_of=date(2026, 11, 20), days=on_offer))[0] == TODAY  # counted as of the day of the knowledge
    assert days(shown("en", days=on_offer))[1][TODAY]["label"].startswith("today, ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_to_be_mended_is_told_of_today_whatever_the_address_says(lang: Lang) -> None:
    view = past(lang, page=REPAIR)
    assert notices(view) == []
    assert as_of_line(view) == as_of_line(shown(lang, page=REPAIR))


def test_marks_are_promised_on_the_pages_that_have_them() -> None:
    said = {page: words(notices(past(page=page))) for page in (OVERVIEW, INDICATORS, DATA)}
    assert all("↻" in said[page] for page in (OVERVIEW, INDICATORS))
    assert "↻" not in said[DATA]
    assert all("version 7" in words for words in said.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_held_reading_that_cannot_be_accepted_says_that_the_numbers_stay(lang: Lang) -> None:
    held = Held("header_clash", {"first": "A", "second": "B"}, NOON, "h", acceptable=False)
    view = shown(lang, feed=replace(shown(lang).feed, held=held))
    assert view.text("banner.held_stay") in words(banner(view))
