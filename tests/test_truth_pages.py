"""The folded sections, the tracking table, the definitions compared and the account of the rows, as components."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from figure_results import PROGRAMME
from page_results import FEED, LANGS, shown
from test_tiles import bare, said
from truth_results import (
    ACCOUNT,
    GAPS,
    INSERTION_ROW,
    MEASURES,
    NOTE,
    RATE_TARGET,
    RETENTION,
    TRACKING,
    deeper,
)

from dashboard.accounting import Step
from dashboard.achievement import Light
from dashboard.programme import Lang
from dashboard.roster import Finding, Severity
from dashboard.text import NONE, Text
from dashboard.view import View
from layouts import ids
from layouts.amounts import amount, distance, spread
from layouts.data_page import class_name, data_page, told
from layouts.definitions import DEFINED, definitions, passport
from layouts.definitions_page import definitions_page
from layouts.lights import legend, light_mark
from layouts.markup import to_html
from layouts.navigation import navigation
from layouts.places import DATA, DEFINED_BY, INDICATORS, OVERVIEW, PAGES, definition_address, page_of
from layouts.spark import sparkline, whisker
from layouts.target_line import target_line, target_more, target_sentence
from layouts.themes import THEMES, themes, themes_waiting
from layouts.tracking_page import tracking_page

REFERENCE = {"rate": 0.97}


def english(node: Any) -> str:
    return bare(said(node))


# --- the target ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reach": "met"}, "97% is secured for those who have completed so far"),
        ({"reach": "out_of_reach"}, "97% is out of reach for the 57 women who have completed so far: 96% at best"),
        ({"reach": "only_unknown"}, "only if women whose outcome is not known (3) prove to be in work"),
        ({"reach": "only_unknown", "unknown": 1}, "only if the woman whose outcome is not known proves"),
        ({"reach": "open", "so_far": replace(RATE_TARGET.so_far, left=0)}, "No miss is left: one more woman"),
        ({"reach": "open", "so_far": replace(RATE_TARGET.so_far, left=1)}, "1 more miss is allowed before 97%"),
        ({"reach": "open", "so_far": replace(RATE_TARGET.so_far, left=2)}, "2 more misses are allowed before 97%"),
    ],
)
def test_the_line_says_what_can_still_become_of_the_rate(changed: dict[str, Any], sentence: str) -> None:
    assert sentence in bare(target_sentence(replace(RATE_TARGET, **changed), Text("en")))


def test_the_arithmetic_is_behind_the_line() -> None:
    words = english(target_more(shown("en")))
    assert "79–96%" in words or "79% to 96%" in words  # 45 / 57 and 55 / 57
    assert "Misses left among those who completed" in words
    assert "allowed: 1; missed so far: 2, outcome not known: 3" in words
    assert "17 January 2027" in words
    assert "2.6 a month" in words
    assert "44 of 45" in words


def test_there_is_no_line_before_anybody_completed() -> None:
    nobody = deeper(rate_target=replace(RATE_TARGET, completers=0))
    assert target_line(shown("en", depth=nobody)) == []


# --- the folded sections ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_every_section_has_a_title_a_finding_and_a_definition(lang: Lang) -> None:
    sections = themes(shown(lang))
    assert len(sections) == 1 + len(THEMES)
    drawn = str(sections)
    for name in THEMES:
        assert f"id='theme-{name}'" in drawn
        assert f"/definitions?lang={lang}#def-{DEFINED_BY.get(name, name)}" in drawn
    assert len(themes_waiting(shown(lang))) == len(sections)


def test_a_rate_is_never_without_its_n_nor_the_unknown_without_their_bounds() -> None:
    words = english(themes(shown("en")))
    assert "3 months after hiring: 26 of 30 at work (87%)" in words
    assert "2 not known: 87% to 93%" in words or "2 not known: 87–93%" in words
    assert "8 of 104 enrolled (8%)" in words
    assert "24 of 30 at or above the minimum (80%); wage known for 30 of 45 placed" in words
    assert "112% (middle half: 101" in words
    assert "+12.3 points on average, for 50 women with both scores" in words
    assert "30 of 40 satisfied (75%); response rate 70%" in words
    assert "The longest: Time to insertion" not in words


def test_a_horizon_that_nobody_reached_is_no_zero() -> None:
    twelve = english(themes(shown("en"))).split("At 12 months")[1][:60]
    assert "0%" not in twelve
    assert NONE in twelve


def test_groups_keep_the_programmes_order_and_are_told_apart_only_in_words() -> None:
    words = english(themes(shown("en"))).split("Gaps between groups")[1]
    places = [words.index(track.name.en) for track in PROGRAMME.tracks[:3]]
    assert places == sorted(places)
    assert "1 group can be told apart from the others (2 compared)" in words
    assert "above the others+22 points (+4 to +42)" in words
    assert "cannot be told apart" in words
    assert "too small to compare" in words
    assert "add up to more than the women" in words


def test_no_gap_is_said_as_such() -> None:
    small = tuple(
        replace(table, groups=tuple(replace(gap, state="cannot_tell") for gap in table.groups)) for table in GAPS
    )
    view = shown("en", depth=deeper(measures=replace(MEASURES, gaps=small)))
    assert "No group can be told apart from the others (4 compared)" in english(themes(view))


def test_the_earnings_say_how_many_net_wages_they_leave_out() -> None:
    net = Finding("wage_net", Severity.WARNING, "S", "J", None, "wage", params=(("count", 20),))
    view = shown("en", feed=replace(FEED, findings=(net, replace(net, sheet="T", params=(("count", 3),)))))
    for known in (12, 0):
        earnings = replace(MEASURES, earnings=replace(MEASURES.earnings, known=known))
        drawn = english(themes(replace(view, depth=deeper(measures=earnings))))
        assert "Net wages in the sheet, not comparable with the minimum, which is gross: 23." in drawn
    assert "Net wages" not in english(themes(shown("en", depth=deeper(measures=MEASURES))))


def test_nothing_yet_is_a_sentence_in_every_section() -> None:
    nobody = replace(RETENTION.any_employer, numerator=0, denominator=0, value=None, low=None, high=None)
    empty = replace(
        MEASURES,
        retention=(replace(RETENTION, any_employer=nobody, same_employer=nobody),),
        dropout=replace(MEASURES.dropout, rate=nobody),
        earnings=replace(MEASURES.earnings, known=0),
        soft_skills=replace(MEASURES.soft_skills, pairs=0, mean_gain=None),
        satisfaction=replace(MEASURES.satisfaction, satisfied=nobody),
        steps=(),
        gaps=(),
    )
    for lang in LANGS:
        drawn = themes(shown(lang, depth=deeper(measures=empty)))
        assert not re.search(r"\d%", said(drawn))


# --- the tracking table ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_groups_by_level_and_every_light_is_icon_and_word(lang: Lang) -> None:
    drawn, text = str(tracking_page(shown(lang))), Text(lang)
    assert drawn.index(text("level.outcome")) < drawn.index(text("level.output"))
    assert text("level.impact") not in drawn  # no row of that level
    assert drawn.count("state-icon") == drawn.count("className='state state-")
    assert text("light.interval_spans_target") in drawn
    assert text("light.amber") in drawn


def test_a_row_says_n_interval_distance_and_the_target_that_is_judged() -> None:
    words = english(tracking_page(shown("en")))
    assert "89%40 of 45" in words
    assert "+8.9 pt" in words
    assert "111%" in words  # not capped
    assert "against the 90 due" in words
    assert "by 19 November 2027" in words
    assert "proposed target" in words


def test_the_teams_note_is_seen_without_a_click() -> None:
    for lang in LANGS:
        drawn = str(tracking_page(shown(lang)))
        note = drawn.index(NOTE[lang])
        assert note < drawn.index(f"id='behind-{INSERTION_ROW.entry.code}'")


def test_periods_are_links_that_keep_the_view_and_the_current_one_is_marked() -> None:
    view = View("fr", date(2026, 11, 16), {"cohort": ("c1",)}, "quarter")
    table = replace(TRACKING, kind="quarter")
    drawn = str(tracking_page(shown("fr", view=view, depth=deeper(tracking=table))))
    assert "href='/indicators?lang=fr&cohort=c1&as_of=2026-11-16&period=month'" in drawn
    assert drawn.count("aria-current='true'") == 1


def test_the_legend_names_the_programmes_thresholds() -> None:
    lights = PROGRAMME.lights.model_copy(update={"green": 0.95, "amber": 0.85, "min_n": 8})
    words = english(legend(lights, Text("en")))
    assert "95% or more" in words
    assert "from 85% to below 95%" in words
    assert "fewer than 8 women" in words


@pytest.mark.parametrize("lang", LANGS)
def test_every_grey_light_has_its_reason_in_words(lang: Lang) -> None:
    reasons = ("too_early", "small_n", "interval_spans_target", "no_target", "undefined")
    words = {said(light_mark(Light("grey", reason), Text(lang))) for reason in reasons}  # type: ignore[arg-type]
    assert len(words) == len(reasons)


def test_amounts_in_their_units() -> None:
    text = Text("en")
    assert [bare(amount(0.5, "rate", text)), amount(41.0, "days", text), amount(None, "count", text)] == [
        "50%",
        "41 days",
        NONE,
    ]
    assert bare(distance(-0.057, "rate", text)) == "−5.7 pt"
    assert bare(distance(-31, "count", text)) == "−31"
    assert spread(41.0, None, "days", text) == "41 days or more"
    assert spread(None, None, "days", text) == NONE


def test_a_trend_runs_left_to_right_and_leaves_gaps() -> None:
    assert sparkline([None, None], 1.0, "") is None
    picture = sparkline([0.0, None, 0.5, 1.0], None, "words")
    assert picture is not None
    source = picture.src
    assert picture.alt == "words"
    assert source.count("circle") == 3
    assert source.count("path") == 1  # from the third to the fourth; the second has no value
    places = [float(x) for x in re.findall(r"cx%3D%27([\d.]+)", source)]
    assert places == sorted(places)


def test_a_whisker_without_interval_is_a_dot() -> None:
    assert "bar-low" not in str(whisker(None, 0.5, None))
    drawn = str(whisker(0.4, 0.5, 0.6, 0.97))
    assert all(f"bar-{part}" in drawn for part in ("low", "at", "mark"))


# --- definitions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_definitions_alternatives_and_passport_are_on_one_page(lang: Lang) -> None:
    drawn = str(definitions_page(shown(lang)))
    assert all(f"id='{ids.definition(indicator)}'" in drawn for indicator in (*DEFINED, "reference"))
    text = Text(lang)
    assert drawn.index(text("compare.ours")) < drawn.index(text("compare.misleading"))
    assert text("alternative.reason.no_inactive_status") in drawn


def test_an_estimated_share_has_no_numerator_and_none_is_no_zero() -> None:
    words = english(definitions_page(shown("en")))
    assert "57 women93%" in words
    ministry = words.split(Text("en")("alternative.ministry.name"))[1][:40]
    assert "0%" not in ministry


def test_definitions_stand_without_a_roster() -> None:
    assert "def-insertion_90" in str(definitions_page(shown("ar", overview=None)))


def test_the_passport_says_what_is_not_known() -> None:
    words = english(passport(PROGRAMME, Text("en")))
    assert words.count("not known") >= 3
    assert "Institution Tahar Sebti" in words
    known = PROGRAMME.reference.model_copy(update={"n": 120})
    assert "120" in english(passport(PROGRAMME.model_copy(update={"reference": known}), Text("en")))


def test_every_tracked_indicator_has_a_definition() -> None:
    drawn = str(definitions(PROGRAMME, Text("en")))
    for entry in PROGRAMME.tracking:
        anchor = definition_address(entry.indicator, View("en")).partition("#")[2]
        assert f"id='{anchor}'" in drawn


# --- the account of the rows -----------------------------------------------------------------------------------------


def test_the_line_shows_each_step_and_who_leaves_between() -> None:
    words = english(data_page(shown("en")))
    steps = (
        "141rows read",
        "130women in the sheet",
        "104started training",
        "57completed",
        "45window closed",
        "40in work within the window",
    )
    places = [words.index(step) for step in steps]
    assert places == sorted(places)
    assert "−11duplicates merged · rows set aside · blank, section or total rows" in words
    assert "in this selection" not in words  # nobody left out: no step of its own
    assert "came no further than: " in words


def test_a_step_nobody_leaves_takes_those_of_the_next() -> None:
    line = told(ACCOUNT.line)
    assert [step.id for step in line][:3] == ["rows_read", "used", "started"]
    assert sum(line[1].leaving.values()) == 26
    filtered = (*ACCOUNT.line[:2], replace(ACCOUNT.line[2], leaving={"not_selected": 90}), Step("selected", 40, {}))
    assert [step.id for step in told(filtered)] == ["rows_read", "used", "selected"]
    assert told(filtered)[1].leaving == {"not_selected": 90}


@pytest.mark.parametrize("lang", LANGS)
def test_every_class_and_step_has_words(lang: Lang) -> None:
    view = shown(lang)
    classes = {name for step in ACCOUNT.line for name in step.leaving}
    assert all(class_name(name, view) for name in classes)
    assert all(Text(lang)(f"account.step.{step.id}") for step in ACCOUNT.line)


def test_evidence_counts_every_stage() -> None:
    words = english(data_page(shown("en"))).rsplit("What each stage rests on", 1)[1]
    assert "1301181110" in words.replace(" ", "")  # 130 reached: 118 dated, 11 inferred, 1 undated, 0 contradicted


# --- from page to page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_navigation_keeps_the_view_and_marks_the_page(lang: Lang) -> None:
    view = View(lang, date(2026, 11, 16), {"cohort": ("c1",)}, "month")
    drawn = str(navigation(INDICATORS, view, Text(lang)))
    for page in PAGES:
        assert f"href='{page}?lang={lang}&cohort=c1&as_of=2026-11-16&period=month'" in drawn
    assert drawn.count("aria-current='page'") == 1


@pytest.mark.parametrize(
    ("path", "page"), [("/", OVERVIEW), ("/data", DATA), ("/data/", DATA), ("/Data", None), ("/data/x", None)]
)
def test_a_path_names_a_page_or_none(path: str, page: str | None) -> None:
    assert page_of(path) == page


@pytest.mark.parametrize("lang", LANGS)
def test_everything_that_is_sent_as_html_can_be_written(lang: Lang) -> None:
    view = shown(lang)
    for part in (themes(view), target_more(view), tracking_page(view), definitions_page(view), data_page(view)):
        written = to_html(part)
        assert "<script" not in written
        assert '="None"' not in written
