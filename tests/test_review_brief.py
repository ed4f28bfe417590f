"""The review on one page of A4: its numbers, by hand from tests/two_reviews.py, and that it stays one page."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from page_results import LANGS
from paper_files import SCALE, copied, pictures, reader, words
from PIL import Image, ImageChops
from review_papers import BASIS, document, first, found, full, page, sheet
from test_paper_brief import fonts
from two_reviews import NOW
from women import AS_OF, PROGRAMME

from dashboard.decisions import Concerned
from dashboard.model import Lang
from dashboard.review_figures import review_figures
from dashboard.signed_review import from_document, to_document, without
from dashboard.text import Text
from layouts.paper.fall_chart import _scale
from layouts.paper.review_brief import STEPS, bounded, fall_rows, review_pdf, reviewed
from layouts.paper.review_lists import WORDS
from layouts.paper.sheet import SIDE
from layouts.paper.typed import clipped, typed

GOLDEN = Path(__file__).parent / "data" / "paper-review-ar.png"

# Of 8 windows closed 3 were inserted; then 6 of 11. Points by hand: 6/11 - 3/8 = 17.0; restated 4/7 - 3/8 = 19.6.
SAID = (
    "54.5% inserted within 90 days (6 of 11), +17.0 points since 16 November, when it was 37.5% (3 of 8)",
    "+19.6 points because the past is known differently, −2.6 points",
    "between 28% and 79%",
    "On 16 November 3 8 37.5%",
    "earlier dates (2 women) +1 +2 +2.9 pt",
    "Window closed: inserted (2 women) +2 +2 +9.5 pt",
    "Window closed: outcome unknown (1 woman) 0 +1 −5.5 pt",
    "Now, 23 November 6 11 54.5%",
    "contact 0 +1 — 1",
    "training 3 — −3 0",
    "placed 5 +4 −2 7",
    "The whole roster 16 +3 −3 16",
    "13 women are elsewhere than at the last review. Progress: 5, Restated: 8",
    "1 woman needs us this week. 1 outcome unknown",
    "3 open decisions. 1 late. 1 new. 1 closed since the last review.",
    "3 days late 20 November",
    "Two <b>employers</b>",
    "Insertion rate: 37.5% (3 of 8) when it was decided, 54.5% (6 of 11) now",
    "due in 4 days · new 27 November",
    "Data version 12 (ab12cd34)",
    "Definitions, version t1",
    "compared with 16 November 2026",
    "Weekly review 2 · signed",
    "Page 1 of 1",
)


def test_the_page_says_the_numbers_of_the_review() -> None:
    text = words(page())
    assert [said for said in SAID if said not in text] == []


def test_stock_and_flow_add_up_on_paper() -> None:
    """start + in − out = end on every line of the page."""
    lines = re.findall(r"(\w+) (\d+) (\+\d+|—) (−\d+|—) (\d+)", words(page()))
    assert len(lines) == 8
    for _, start, came, went, end in lines:
        moved = [int(n.replace("−", "-")) if n != "—" else 0 for n in (came, went)]
        assert int(start) + sum(moved) == int(end)


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_one_page_in_each_language_with_its_letters_in_it(lang: Lang) -> None:
    file = page(lang)
    pictures(file, f"review-{lang}")
    assert len(reader(file).pages) == 1
    assert reader(file).trailer["/Root"]["/Lang"] == {"ar": "ar-MA", "fr": "fr-MA", "en": "en-GB"}[lang]
    assert all(font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"] for font in fonts(file))


@pytest.mark.parametrize("lang", LANGS)
def test_the_fullest_review_is_still_one_page_and_says_what_is_left_out(lang: Lang) -> None:
    file = page(lang, full())
    picture = pictures(file, f"review-full-{lang}")[0].convert("L")
    assert len(reader(file).pages) == 1
    darkest: Any = picture.crop((0, int(799.5 * SCALE), picture.width, int(802.5 * SCALE))).getextrema()[0]
    assert darkest > 250  # between the blocks and the foot
    said = words(file)
    assert "…" in said
    if lang == "en":
        shown = len(re.findall(r"due in \d+ days?|due today|\d+ days? late", said))
        assert f"{40 - shown} more." in said


def test_arabic_looks_as_it_did_when_a_person_looked_at_it() -> None:
    """The headline with its signs and the waterfall, letters joined, from right to left. Made once by `golden`."""
    now, then = golden(), Image.open(GOLDEN).convert("L")
    assert now.size == then.size
    histogram = ImageChops.difference(now, then).histogram()
    assert sum(histogram[64:]) / (now.width * now.height) < 0.004


def test_the_picture_would_tell_mirrored_letters_or_a_sign_on_the_wrong_side() -> None:
    then = Image.open(GOLDEN).convert("L")
    mirrored = then.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert sum(ImageChops.difference(mirrored, then).histogram()[64:]) / (then.width * then.height) > 0.03
    left_to_right = golden("fr")
    assert sum(ImageChops.difference(left_to_right, then).histogram()[64:]) / (then.width * then.height) > 0.03


def golden(lang: Lang = "ar") -> Image.Image:
    """From under the head to the third step of the waterfall, of the paper's width."""
    paper = pictures(page(lang), f"review-golden-{lang}")[0].convert("L")
    return paper.crop((int(SIDE * SCALE), 150, paper.width - int(SIDE * SCALE), 560))


def test_nobody_is_on_paper() -> None:
    """No code and no row, not even of the women whom decisions name."""
    named = replace(document().decisions[0], women=(Concerned("Q7X9K2", "followup"),))
    said = copied(page(of=replace(document(), decisions=(named,))))
    assert not [code for code in ("Q7X9K2", *(f"W{number}" for number in NOW)) if code in said]


def test_a_draft_says_so_at_the_head_and_at_the_foot_and_has_no_check() -> None:
    draft, signed = words(page(signed=False)), words(page())
    assert draft.count("DRAFT, not signed") == 2
    assert "DRAFT" not in signed
    check = document().fingerprint[:12]
    assert check in signed
    assert check not in draft


@pytest.mark.parametrize("lang", LANGS)
def test_a_signed_review_is_the_same_file_whenever_it_is_made(lang: Lang) -> None:
    """From its stored text alone, under another programme, and after a woman was taken out of it."""
    kept = from_document(json.loads(json.dumps(to_document(document()))))
    other = PROGRAMME.model_copy(update={"name": dict.fromkeys(("ar", "fr", "en"), "Other"), "stages": ()})
    again = review_pdf(reviewed(without(kept, "W4"), other, Text(lang), signed=True))
    assert again == page(lang)


def test_a_first_review_has_nothing_to_compare_with() -> None:
    said = words(page(of=first()))
    assert "54.5% inserted within 90 days (6 of 11)" in said
    assert "First review: there is nothing to compare with yet." in said
    assert "Stock and flow" not in said
    assert "1 outcome unknown" in said


def test_a_selection_is_named_from_the_document() -> None:
    numbers = document().numbers
    names = numbers["names"] | {"choices": {"track": {"avs": {"ar": "مساعدة", "fr": "Auxiliaire", "en": "Carer"}}}}
    some = replace(document(), basis=replace(BASIS, filters={"track": ("avs",)}), numbers=numbers | {"names": names})
    said = words(page(of=some))
    assert said.count("Carer") == 2  # at the head and at the foot
    assert "(6 of 11) now" not in said  # decisions are held against everyone, whom this document does not count


def test_documents_older_than_names_are_named_by_the_programme() -> None:
    numbers = {name: value for name, value in document().numbers.items() if name != "names"}
    figures = review_figures(replace(document(), numbers=numbers), PROGRAMME)
    assert (figures.names.place("training", "fr"), figures.names.window_days) == ("training", 90)


def test_a_long_waterfall_is_added_up() -> None:
    head, text = found().figures.headline, Text("en")
    assert head is not None
    rows = fall_rows(head, document().basis.since or AS_OF, AS_OF, text)
    assert bounded(rows, text) == rows
    many = (*rows[:2], *rows[1:2] * 20, *rows[2:])
    short = bounded(many, text)
    assert len(short) == STEPS
    assert (short[-1], short[-2].line.before) == (many[-1], many[STEPS - 2].line.before)
    assert short[-2].line.after == many[-2].line.after


@pytest.mark.parametrize("lang", LANGS)
def test_the_scale_runs_as_reading_does_and_holds_what_is_drawn(lang: Lang) -> None:
    view = found(lang)
    head = view.figures.headline
    assert head is not None
    with sheet(view) as paper:
        scale = _scale([row.line for row in fall_rows(head, AS_OF, AS_OF, view.text)], 200, paper)
        left, right = scale.at(0.2, paper), scale.at(0.6, paper)
    assert (scale.low, scale.high) == (0.1, 0.8)  # from the lower bound of 3 of 8, 13.7 %, to the upper of 6 of 11
    assert (left > right) == (lang == "ar")


def test_what_was_typed_is_kept_but_for_signs_that_turn_what_stands_beside_them() -> None:
    text = Text("ar")
    assert typed("a\u202eb\n\n c\u0007\u2066d", text) == text.isolate("ab cd")
    assert typed("می\u200cخواهد", text) == text.isolate("می\u200cخواهد")


def test_clipped_words_keep_to_their_lines_and_width() -> None:
    view = found()
    with sheet(view) as paper:
        lines = clipped(typed("seven words of a sentence go here " * 20, view.text), 200, WORDS, 3, paper)
        widths = [sum(paper.measure(span.words, span.style) for span in line) for line in lines]
        assert clipped("short", 200, WORDS, 3, paper) == paper.lines("short", 200, WORDS)
    assert len(lines) == 3
    assert max(widths) <= 201
    assert lines[-1][-1].words.endswith("…")


def test_a_word_without_letters_in_the_font_does_not_stop_the_page() -> None:
    odd = replace(document(), notes=("😀 漢字 \U0001f469\u200d\U0001f33e", "", "\n"))
    assert len(reader(page(of=odd)).pages) == 1
