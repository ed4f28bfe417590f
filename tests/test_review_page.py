"""The weekly review as a page: what it says in three languages, where codes stand, and what it must never hold."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest
from figure_results import waterfall_figure
from meeting_results import BOOK, meeting
from page_results import shown
from two_reviews import SINCE
from women import AS_OF, PROGRAMME

from dashboard.alerts import REASONS
from dashboard.decisions import Fault
from dashboard.figures.waterfall import waterfall_lines, waterfall_table
from dashboard.follow_up import NOT_MAPPED, OPEN, UNKNOWN, Case, FollowUp, Reason
from dashboard.model import Lang
from dashboard.programme import LANGUAGES
from dashboard.readings import CAUSES
from dashboard.restatement import KINDS, Part
from dashboard.review import Caution
from dashboard.schema import FIELD
from dashboard.text import Text
from dashboard.view import View
from dashboard.waterfall import StepCode
from layouts import ids
from layouts.header import footer
from layouts.markup import to_html
from layouts.meeting import Acted, Meeting
from layouts.page import drawn
from layouts.places import PAGES, REVIEW
from layouts.review_attention import attention_step
from layouts.review_decisions import decisions_step
from layouts.review_headline import change_words, fall, split_words, then_and_now
from layouts.review_movement import movement_step
from layouts.review_sign import acted_words, sign_step
from layouts.shown import Reader

CODED = re.compile(r'<span class="woman" data-code="true">.*?</span>|<optgroup[^>]*data-code="true">.*?</optgroup>')


def view(lang: Lang = "en", **changed: Any) -> Any:
    return shown(lang, page=REVIEW, programme=PROGRAMME, **changed)


def page(lang: Lang = "en", found: Meeting | None = None) -> str:
    one = found or meeting()
    made = view(lang)
    return drawn_of(made, one)


def drawn_of(made: Any, found: Meeting) -> str:
    depth = replace(made.depth, meeting=lambda: found)
    return "".join(drawn(replace(made, depth=depth)).values())


def bare(html: str) -> str:
    """Words without tags and without the marks that keep their direction."""
    return re.sub(r"<[^>]+>", "", html).translate(dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_whole_page_is_said_in_every_language(lang: Lang) -> None:
    words = bare(page(lang))
    assert "{" not in words
    for step in ("headline", "movement", "attention", "decisions", "sign"):
        assert Text(lang)(f"review.step_title.{step}") in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_its_sentence(lang: Lang) -> None:
    text = Text(lang)
    keys = [f"review.kind.{kind}" for kind in KINDS]
    keys += [f"review.cause.{cause}" for cause in CAUSES] + [f"review.cause_of.{cause}" for cause in CAUSES]
    keys += [f"review.step.{code}" for code in get_args(StepCode)] + [f"review.caution.{c}" for c in get_args(Caution)]
    keys += [f"review.reason.{reason}" for reason in REASONS] + [f"review.reason_name.{reason}" for reason in REASONS]
    keys += [f"review.not_mapped.{name}" for name in NOT_MAPPED] + [f"review.can_change.{n}" for n in range(4)]
    keys += [f"review.fault.{fault}" for fault in get_args(Fault)]
    keys += [f"review.done.{act}" for act in ids.ACTS]
    keys += [f"field.{name}" for name in FIELD]
    assert [key for key in keys if not text.has(key)] == []
    mine = ("too_long", "about_unknown", "due_unreadable", "not_now", "note_missing")
    assert all(text(f"review.fault.{fault}") for fault in mine)


def test_the_headline_of_the_hand_written_week() -> None:
    found = meeting().changed
    assert found is not None
    words = bare(to_html(change_words(found, view())))
    assert words.startswith("54.5% inserted within 90 days (6 of 11), +17.0 points since 16 November")
    assert words.endswith("when it was 37.5% (3 of 8)")
    assert "+19.6 points because the past is known differently" in bare(
        " ".join(split_words(found.headline, Text("en")))
    )


def test_the_parts_of_the_headline_add_up() -> None:
    found = meeting().changed
    assert found is not None
    told = [
        re.sub("[^0-9+.\u2212]", "", bare(words).split(" ")[0]) for words in split_words(found.headline, Text("en"))
    ]
    points = [float(words.replace("\u2212", "-")) for words in told]
    assert sum(points) == pytest.approx(100 * (6 / 11 - 3 / 8), abs=0.11)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_waterfall_leads_from_one_end_to_the_other(lang: Lang) -> None:
    found, text = meeting().changed, Text(lang)
    assert found is not None
    rows = waterfall_lines(found.headline, "a", "b", text)
    assert (rows[0].after, rows[-1].after) == (3 / 8, 6 / 11)
    assert [row.before for row in rows[1:-1]] == [row.after for row in rows[:-2]]
    assert rows[-2].after == pytest.approx(rows[-1].after)
    figure = waterfall_figure(rows, text)
    assert sum(figure.data[1].x) == pytest.approx(6 / 11 - 3 / 8)
    low, high = figure.layout.xaxis.range
    assert (low > high) == (lang == "ar")
    assert len(waterfall_table(rows, text).rows) == len(rows)
    assert not re.search(r"W\d", "".join(str(trace.hovertext) for trace in figure.data))


def test_a_week_without_a_rate_has_no_waterfall() -> None:
    found = meeting().changed
    assert found is not None
    nobody = replace(found.headline, now=replace(found.headline.now, value=None, numerator=0, denominator=0))
    assert waterfall_lines(nobody, "a", "b", Text("fr")) == ()
    assert "No rate" in bare(str(waterfall_figure((), Text("en")).layout.annotations[0].text)).replace("<br>", " ")
    assert fall(meeting(changed=None), view()) is None


def test_flows_balance_on_the_page() -> None:
    html = to_html(movement_step(meeting(), view()))
    rows = re.findall(r"<tr[^>]*data-place=\"(\w+)\">(.*?)</tr>", html)
    assert len(rows) > 5
    for place, cells in rows:
        start, came, went, end = (_number(cell) for cell in re.findall(r"<td>(.*?)</td>", cells)[:4])
        assert start + came + went == end, place


def _number(cell: str) -> int:
    words = bare(cell).replace("\u2212", "-").replace("—", "0")
    return int(words)


def test_progress_and_restatement_are_told_apart_by_word_and_icon() -> None:
    html = to_html(movement_step(meeting(), view()))
    for mark, words in (("▲", "Progress"), ("◷", "Time passed"), ("↻", "Restated")):
        assert f'<span class="state-icon" aria-hidden="true">{mark}</span>{words}' in html
    assert "an earlier date entered late" in bare(html)


def test_codes_are_short_linked_and_can_be_taken_out() -> None:
    html = page()
    assert 'href="https://sheets.example/d/1/edit#gid=7&amp;range=A4"' in html
    rest = CODED.sub("", html)
    assert "https://sheets.example" not in rest
    assert not re.findall(r">W\d+<", rest)
    assert "woman:W" not in rest


def test_every_indicator_stands_then_and_now() -> None:
    html = to_html(then_and_now(meeting(), view()))
    row = re.findall(r'data-indicator="insertion_90">(.*?)</tr>', html)[0]
    words = bare(row.replace("<", " <"))
    for part in ("3 of 8", "4 of 7", "6 of 11", "+17.0"):
        assert part in words
    assert "↻" in row


def test_who_needs_us_is_listed_with_reason_days_and_stake() -> None:
    html = to_html(attention_step(meeting(), view()))
    words = bare(html.replace("<", " <"))
    assert "A call may settle it" in words
    assert "days over" in words
    assert re.search(r"rate \d+\.\d% or \d+\.\d% \(\d+\.\d points\)", words)
    assert "no attendance column" in words


def test_a_marked_day_is_not_the_end_of_a_window() -> None:
    """Day 60 in two days: a window of 90 days is open for 32 more. A date that is missing is asked for."""
    mark = Case(
        "a", "Base", 4, "c1", "school_aide", "followup", (Reason("mark", AS_OF + timedelta(days=2), 2, mark=60),),
        OPEN, 32, None, None,
    )  # fmt: skip
    late = (Reason("outcome_unknown", AS_OF - timedelta(days=3), -3),)
    undated = replace(mark, woman="b", place="placed", reasons=late, can_change=UNKNOWN, window_left=None, undated=True)
    listed = FollowUp(AS_OF, (mark, undated), 2, {"mark": 1, "outcome_unknown": 1}, 0)
    words = " ".join(bare(to_html(attention_step(meeting(listed=listed), view())).replace("<", " <")).split())
    assert "in 2 days day 60 since completion, no work yet, her window is open for 32 more days" in words
    assert "days left" not in words
    assert "3 days over in work, but since when is not known" in words
    assert "several reasons" not in words
    twice = replace(listed, by_reason={"mark": 2, "outcome_unknown": 1})
    assert "several reasons" in bare(to_html(attention_step(meeting(listed=twice), view())))


def test_ways_are_in_the_order_of_the_path_in_every_language() -> None:
    orders = [
        re.findall(r'class="woman-code"[^>]*>([^<]+)', to_html(movement_step(meeting(), view(lang))))
        for lang in LANGUAGES
    ]
    assert len(orders[0]) > 5
    assert orders[0] == orders[1] == orders[2]


def test_no_decision_is_said_as_none() -> None:
    assert "No open decisions." in bare(to_html(decisions_step(meeting(replayed=()), view())))


def test_decisions_are_replayed_and_escaped() -> None:
    html = to_html(decisions_step(meeting(), view()))
    words = bare(html.replace("<", " <"))
    assert "2 open decisions. 1 late." in words
    assert "3 days late" in words
    assert "due in 4 days" in words
    assert "Two &lt;b&gt;employers&lt;/b&gt;" in html
    assert "Insertion rate: 37.5% (3 of 8) when it was decided, 54.5% (6 of 11) now (+17.0 pt)." in re.sub(
        r"\s+", " ", words
    ).replace("points", "pt")
    assert "closed after its day" in words
    assert "Done at last" in words
    assert html.count('data-act="close"') == 2


def test_the_form_has_limits_labels_and_a_reminder() -> None:
    html = to_html(decisions_step(meeting(), view()))
    form = html[html.index('id="decide"') :]
    assert 'maxlength="500"' in form
    assert 'maxlength="80"' in form
    assert f'min="{view().today.isoformat()}"' in form
    for name in ("text", "owner", "due", "about"):
        assert f'for="decide-{name}"' in form
        assert f'id="decide-{name}"' in form
    assert "no woman’s name" in bare(form)


def test_a_past_day_has_no_forms() -> None:
    html = page(found=meeting(writable=False))
    assert "<form" not in html
    assert "belong to today’s review" in bare(html)


def test_signing_says_what_it_freezes() -> None:
    html = to_html(sign_step(meeting(signed_today=None), view()))
    words = bare(html.replace("<", " <"))
    assert "Sign review 2" in words
    assert "تأخر الشهادات" in words
    assert "Review 1 · Monday" in words
    assert "check ab12ab12ab12" in words
    assert 'data-sure="' in html


def test_the_signed_review_of_today_is_said() -> None:
    found = replace(BOOK.signed[0], number=2, as_of=AS_OF)
    html = to_html(sign_step(meeting(signed_today=found), view("en")))
    assert "Review 2 was signed today" in bare(html)
    signed, draft = html.index("/review.pdf?lang=en&amp;review=2"), html.index("a draft, not signed")
    assert signed < draft  # whoever wants what was just signed meets it first


def test_with_nothing_to_compare_the_page_says_so() -> None:
    words = bare(page(found=meeting(changed=None, since=None, days=())))
    assert "Nothing to compare with yet" in words
    assert "A new decision" in words


def test_a_day_that_cannot_be_compared_with_is_named() -> None:
    assert "9 November 2026 cannot be compared with" in bare(page(found=meeting(refused=SINCE.replace(day=9))))


def test_what_came_of_an_act_is_said() -> None:
    text = Text("en")
    assert acted_words(Acted("sign", number=3), text) == "Review 3 is signed. The next one starts from it."
    assert (
        acted_words(Acted("decide", ("text_missing", "owner_missing")), text)
        == "Write the decision. Say who is responsible."
    )
    error = type("E", (), {"code": "store_reviews_full", "params": {"most": 200}})()
    assert "200" in acted_words(Acted("note", error=error), text)


def test_the_review_comes_second_in_the_navigation() -> None:
    assert list(PAGES)[1] == REVIEW


def test_with_guests_no_code_is_made_at_all() -> None:
    html = drawn_of(view(view=View("en", guests=True)), meeting(guests=True, link=lambda sheet, row: None))
    assert not re.findall(r"W\d|woman:|data-code|row-address", html)
    assert "Two &lt;b&gt;employers&lt;/b&gt;" in html
    assert "Came into the roster" in bare(html)


def test_a_text_that_may_name_someone_can_be_taken_out_and_is_not_sent_to_guests() -> None:
    named = replace(BOOK.notes[0], text="P-014 est partie")
    found = meeting(book=replace(BOOK, notes=(named,)))
    assert '<bdi data-code="true">P-014 est partie</bdi>' in page(found=found)
    guests = drawn_of(view(view=View("en", guests=True)), replace(found, guests=True))
    assert "P-014" not in guests
    assert "hidden while guests are in the room" in bare(guests)


def test_who_may_only_read_finds_no_button_and_why() -> None:
    reader = view(reader=Reader("p-014@example.org", may_manage=False))
    html = drawn_of(reader, meeting())
    assert "<form" not in html
    assert bare(html).count("Only managers record decisions and notes and sign the review.") == 2
    assert "تأخر الشهادات" in html
    manager = drawn_of(view(reader=Reader("p-015@example.org", may_manage=True)), meeting())
    assert "<form" in manager
    assert "Only managers" not in bare(manager)


def test_the_way_to_releases_is_shown_to_who_may_go_it() -> None:
    for reader, there in ((None, True), (Reader("a", may_manage=True), True), (Reader("b", may_manage=False), False)):
        html = to_html(footer(view(reader=reader)))
        assert ('href="/releases' in html) is there


def test_rates_of_the_table_are_those_of_the_headline() -> None:
    html = to_html(then_and_now(meeting(), view()))
    row = re.findall(r'data-indicator="insertion_90">(.*?)</tr>', html)[0]
    assert [bare(value) for value in re.findall(r'<bdi class="then-now">(.*?)</bdi>', row)] == [
        "37.5%",
        "57.1%",
        "54.5%",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rate_that_did_not_move_is_said_to_be_unchanged(lang: Lang) -> None:
    found = meeting().changed
    assert found is not None
    same = replace(found.headline.waterfall, start=Part(12, 22))
    words = bare(to_html(change_words(replace(found, headline=replace(found.headline, waterfall=same)), view(lang))))
    assert {"en": "unchanged", "fr": "sans changement", "ar": "دون تغيير"}[lang] in words
    assert "0.0" not in words.replace(",", ".")
