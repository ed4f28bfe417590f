"""The trend of the rate: its points counted anew, its marks in their days, and who must never be shown them."""

import ast
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from figure_results import trend_figure
from meeting_results import BOOK, meeting
from page_results import shown
from test_architecture import imports
from two_reviews import this_week
from women import AS_OF, PROGRAMME

from dashboard.decisions import Annotation, annotations
from dashboard.figures.trend import levels, trend_table
from dashboard.indicators import indicators
from dashboard.programme import LANGUAGES, Lang
from dashboard.tally import tallies, tally
from dashboard.text import Text
from dashboard.tracking import Period
from dashboard.trend import MOST, STEP, Trend, TrendPoint, trend, trend_days, trend_points
from dashboard.view import View
from layouts.markup import to_html
from layouts.places import REVIEW
from layouts.review_trend import marks_list, trend_chart
from layouts.spark import sparkline
from layouts.tracking_marks import marks_between, marks_section, marks_title, place_of

ROOT = Path(__file__).resolve().parent.parent
NOTE = Annotation(AS_OF - timedelta(days=30), "Forum <b>emploi</b>", "sheet")
CODE = Annotation(AS_OF - timedelta(days=29), "P-014 rappelée", "sheet")


@cache
def points() -> tuple[TrendPoint, ...]:
    return trend_points(lambda days: tallies(this_week(), PROGRAMME, days), AS_OF)


def found(*marks: Annotation) -> Trend:
    return trend(points(), marks)


def view(lang: Lang = "en", **changed: Any) -> Any:
    return shown(lang, page=REVIEW, programme=PROGRAMME, **changed)


def test_points_are_the_rate_of_each_day_from_today_s_roster() -> None:
    days = trend_days(AS_OF)
    assert (days[-1], days[-1] - days[-2], len(days)) == (AS_OF, timedelta(days=STEP), 14)
    for point in found().points[::4]:
        alone = indicators(tally(this_week(), PROGRAMME, point.on))["insertion_90"]
        assert (point.rate.numerator, point.rate.denominator) == (alone.numerator, alone.denominator)
    assert (found().points[-1].rate.numerator, found().points[-1].rate.denominator) == (6, 11)


def test_days_before_the_calendar_are_one_day() -> None:
    assert trend_days(date(1, 1, 3)) == (date(1, 1, 1), date(1, 1, 3))


def test_decisions_and_notes_are_marked_in_the_order_of_days() -> None:
    marks = annotations(BOOK.decisions, [(NOTE.on, NOTE.text)])
    assert [mark.source for mark in found(*marks).marks] == ["sheet", "decision", "decision", "decision"]
    early = replace(NOTE, on=AS_OF - timedelta(days=400))
    assert found(early, NOTE).marks == (NOTE,)
    many = [replace(NOTE, on=AS_OF - timedelta(days=day)) for day in range(MOST + 3, 0, -1)]
    assert (found(*many).marks, found(*many).left_out) == (tuple(many[3:]), 3)


def test_marks_close_to_each_other_stand_in_different_rows() -> None:
    close = [replace(NOTE, on=AS_OF - timedelta(days=day)) for day in (40, 38, 36, 10)]
    assert levels(found(*close)) == [0, 1, 2, 0]


def test_what_was_decided_on_one_day_is_one_mark() -> None:
    """Four decisions of a meeting, of which one names someone, after a note of the day before."""
    today = [Annotation(AS_OF, words, "decision") for words in ("eins", "zwei", "P-014", "vier")]
    some = found(Annotation(AS_OF - timedelta(days=1), "forum", "sheet"), *today)
    assert levels(some) == [0, 1, 1, 1, 1]
    figure = trend_figure(some, Text("ar"))
    note, mark = [note for note in figure.layout.annotations if note.hovertext]
    assert [re.findall(r"\d+", one.text) for one in (note, mark)] == [["1"], ["2", "5"]]
    assert [word in mark.hovertext for word in ("eins", "zwei", "P-014", "vier")] == [True, True, False, True]
    assert len(figure.layout.shapes) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figure_has_a_dashed_line_a_number_and_words_for_each(lang: Lang) -> None:
    text = Text(lang)
    figure = trend_figure(found(NOTE, CODE), text)
    assert [(shape.x0, shape.line.dash, shape.line.width) for shape in figure.layout.shapes] == [
        (mark.on.toordinal(), "dash", 1) for mark in (NOTE, CODE)
    ]
    numbers = [note for note in figure.layout.annotations if note.hovertext]
    assert [re.sub(r"[^\d]", "", note.text) for note in numbers] == ["1", "2"]
    assert "Forum &lt;b&gt;" in numbers[0].hovertext  # what was typed is no mark-up
    assert "P-014" not in figure.to_json()
    low, high = figure.layout.xaxis.range
    assert low < high  # time runs left to right
    assert (figure.layout.yaxis.side == "right") == (lang == "ar")


def test_the_table_says_the_same() -> None:
    rows = trend_table(found(NOTE), Text("en")).rows
    assert len(rows) == 14
    assert rows[-1][1:3] == ("\u206854.5%\u2069", "6 of 11")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_below_says_what_the_numbers_stand_for(lang: Lang) -> None:
    html = to_html(marks_list(meeting(trend=found(NOTE, CODE)), view(lang)))
    assert "Forum &lt;b&gt;emploi&lt;/b&gt;" in html
    assert '<bdi data-code="true">P-014' in html  # the key takes it out at once
    assert html.count("<li>") == 2
    guests = to_html(
        marks_list(meeting(trend=found(NOTE, CODE), guests=True), view(lang, view=View(lang, guests=True)))
    )
    assert "P-014" not in guests
    assert "Forum" in guests
    assert marks_list(meeting(trend=found()), view(lang)) == []


def test_without_a_rate_there_is_no_chart() -> None:
    nothing = found()
    empty = tuple(replace(point, rate=replace(point.rate, value=None)) for point in nothing.points)
    assert trend_chart(meeting(trend=replace(nothing, points=empty)), view()) is None
    assert trend_chart(meeting(trend=None), view()) is None
    chart = trend_chart(meeting(trend=nothing), view())
    assert chart is not None
    assert "54.5%" in chart.caption.title


def reachable(start: str) -> set[str]:
    """Our own modules that a module imports, and those that these import."""
    found, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        path = next((place for place in places(name) if place.is_file()), None)
        if path is not None and name not in found:
            found.add(name)
            said = list(imports(ast.parse(path.read_text("utf-8"))))
            waiting += [*said, *(one.rpartition(".")[0] for one in said)]
    return found


def places(name: str) -> tuple[Path, Path]:
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py"), path / "__init__.py"


def test_donors_are_never_sent_notes() -> None:
    """Nothing that fetches notes, joins them with decisions or shows them is in the donors' process."""
    mine = {"layouts.review_trend", "layouts.review_page", "connectors.note_columns"}
    mine |= {f"callbacks.{name}" for name in ("meetings", "secretary", "service", "review_page", "review_paper")}
    assert mine <= reachable("app")
    assert mine & reachable("donor_app") == set()


def periods(*ends: date) -> list[Period]:
    firsts = [ends[0] - timedelta(days=29), *(end + timedelta(days=1) for end in ends)]
    return [Period(number, first, end) for number, (first, end) in enumerate(zip(firsts, ends, strict=False), 1)]


def test_small_trends_have_marks_where_their_line_is() -> None:
    """Ends of three periods are at 0, 1 and 2: the 15th of a month of 30 days is in the middle between two."""
    three = periods(date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31))
    marks = [Annotation(day, str(day), "sheet") for day in (date(2026, 8, 31), date(2026, 9, 15), date(2026, 10, 31))]
    made = view(depth=replace(view().depth, annotations=lambda: (*marks, replace(NOTE, on=date(2026, 11, 1)))))
    assert marks_between(three, made) == tuple(marks[1:])
    assert [place_of(mark, three, AS_OF) for mark in marks[1:]] == [0.5, 2.0]
    assert place_of(marks[1], three, date(2026, 9, 20)) == 0.75  # of a period that is under way
    assert marks_between(three[:1], made) == ()


def test_a_small_trend_draws_and_says_its_marks() -> None:
    drawn = sparkline([0.2, 0.4, 0.6], None, "alt", marks=(0.5,), title=marks_title([NOTE, CODE], Text("en")))
    assert drawn is not None
    assert "M29.5 0V34" in unquote(drawn.src)  # a quarter of 98 px from the first point, 5 px from the edge
    assert drawn.title.splitlines() == [
        "24 October 2026 · Forum <b>emploi</b>",
        "25 October 2026 · note from the sheet",
    ]
    html = to_html(marks_section([NOTE, CODE], view()))
    assert "Forum &lt;b&gt;" in html
    assert '<bdi data-code="true">P-014' in html
