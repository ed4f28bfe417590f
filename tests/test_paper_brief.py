"""The brief as PDF: its numbers, by hand from tests/page_results.py, its letters, and that it stays on one page."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from figure_results import CLOSED, CURVE, HALF_OPEN, NO_CURVE, PROGRAMME
from page_results import LANGS, NO_OVERVIEW, OUTCOMES, TODAY, indicators, overview, shown
from paper_files import SCALE, brief, copied, pictures, reader, words
from PIL import Image, ImageChops
from truth_results import deeper

from dashboard.programme import Lang
from dashboard.text import Text
from dashboard.view import View
from layouts.paper.meta import PaperError
from layouts.paper.sheet import SIDE, Sheet

GOLDEN = Path(__file__).parent / "data" / "paper-headline-ar.png"
FEED = replace(shown().feed, fingerprint="0A1B2C3D")

# Of 104 enrolled 57 completed, 45 windows closed, 40 inserted; Wilson of 40/45 as field reference 1.4 has it.
SAID = (
    "40 of 45 women were in work within 90 days",
    "between 77% and 95%",
    "3 outcomes are unknown: 89% at worst, 96% at best",
    "12 more are still in their 90 days (already in work: 5)",
    "104 women of the 135 planned have started training",
    "40 of 45 whose 90 days have passed",
    "confidence interval: 77% – 95%",
    "50 of 57 who completed",
    "6 certificates pending",
    "75 days over 12 women who completed",
    "9% 4 of 45 whose",
    "7.7% 8 of 104 who started",
    "89% · 40 of 45",
    "80% · 8 of 10",
    "12 women still in",
    "median: 75 days",
    "declared reference 97%",
    "As of 23 November 2026",
    "Data version 0A1B2C3D",
    "Definitions, version 2026.11",
    "Page 1 of 1",
    "All women",
)


def test_the_brief_says_the_numbers_of_the_page() -> None:
    text = words(brief(shown(feed=FEED)))
    assert [said for said in SAID if said not in text] == []


def test_every_stage_has_its_count_shares_and_stock() -> None:
    """Field names aside, a line of the path reads: reached, of the first, of the previous, there now."""
    text = words(brief(shown()))
    for line in ("60 100% — 5", "45 75% 75% 4", "30 50% 67% 9", "21 35% 70% 21"):
        assert line in text


def test_the_curve_shows_who_is_still_followed_while_they_are_enough() -> None:
    """Five or more are at risk until day 75: of the days labelled that is 0, 30 and 60."""
    text = words(brief(shown()))
    assert "Still followed, not yet in work 12 11 7" in text
    assert "Still followed, not yet in work 12 11 7 3" not in text


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_one_page_of_a4_with_language_and_title(lang: Lang) -> None:
    file = brief(shown(lang))
    pictures(file, f"hand-made-{lang}")
    found = reader(file)
    assert len(found.pages) == 1
    assert [round(float(side)) for side in found.pages[0].mediabox[2:]] == [595, 842]
    assert found.trailer["/Root"]["/Lang"] == {"ar": "ar-MA", "fr": "fr-MA", "en": "en-GB"}[lang]
    assert found.metadata is not None
    assert PROGRAMME.name[lang] in str(found.metadata.title) and Text(lang).date(TODAY) in str(found.metadata.title)


def fonts(file: bytes) -> list[Any]:
    found: Mapping[str, Any] = reader(file).pages[0]["/Resources"]["/Font"]
    return [font.get_object() for font in found.values()]


def test_its_letters_are_in_it_and_only_those_it_needs() -> None:
    for font in fonts(brief(shown("ar"))):
        descendant = font["/DescendantFonts"][0].get_object()
        name, program = str(descendant["/BaseFont"]), descendant["/FontDescriptor"]["/FontFile2"]
        assert "Cairo" in name and name[7] == "+"  # six letters and a plus: a subset
        assert "/ToUnicode" in font
        assert 5_000 < len(program.get_data()) < 40_000  # of about 91 000


def test_equal_views_make_equal_bytes_and_it_is_dated_by_its_day() -> None:
    file = brief(shown("ar"))
    assert file == brief(shown("ar"))
    assert str(reader(file).metadata["/CreationDate"]).startswith("D:20261123000000")


def test_arabic_is_copied_in_the_order_of_reading() -> None:
    """Words without a lam-alef, which viewers turn round; numbers stand where they are read."""
    said = copied(brief(shown("ar")))
    assert "40 من أصل 45 مستفيدة ولجن سوق الشغل في غضون 90 يوما" in said
    assert "جميع المستفيدات" in said
    assert "مجال الثقة: 77% – 95%" in said


def test_arabic_looks_as_it_did_when_a_person_looked_at_it() -> None:
    """The head and the headline, letters joined, from right to left. Made once by `golden` below and looked at."""
    now, then = golden(), Image.open(GOLDEN).convert("L")
    assert now.size == then.size
    histogram = ImageChops.difference(now, then).histogram()
    assert sum(histogram[64:]) / (now.width * now.height) < 0.004


def test_the_picture_would_tell_mirrored_or_unjoined_letters() -> None:
    then = Image.open(GOLDEN).convert("L")
    mirrored = then.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert sum(ImageChops.difference(mirrored, then).histogram()[64:]) / (then.width * then.height) > 0.03


def golden() -> Image.Image:
    page = pictures(brief(shown("ar")), "golden-ar")[0].convert("L")
    return page.crop((int(SIDE * SCALE), 50, page.width - int(SIDE * SCALE), 330))


def test_a_selection_is_named() -> None:
    text = words(brief(shown(view=View("en", None, {"cohort": ("c1",), "track": ("avs",)}))))
    assert text.count("Selection: Cohort: Cohort 1; Track:") == 2  # at the head, and at the foot of every page


def test_with_tables_each_page_says_which_it_is() -> None:
    file = brief(shown(feed=FEED), tables=True)
    pictures(file, "hand-made-tables")
    pages = [" ".join(page.extract_text().split()) for page in reader(file).pages]
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Data version 0A1B2C3D" in page and "As of 23 November 2026" in page
    rest = " ".join(pages[1:])
    assert "Cohort 2 8 2 0 0 10 4 10 80% 49% to 94% 80% to 80%" in rest
    assert "How these numbers are counted" in rest


def test_the_fullest_page_is_still_one_page() -> None:
    """The longest language, every stage there is, eight cohorts, long names: more than the programme has."""
    stages = tuple(
        replace(overview().whole.funnel[1], stage=stage.id, inferred=2, undated=1) for stage in PROGRAMME.stages
    )
    many = {f"{n}{'x' * 22}": replace(overview().cohorts["c1"]) for n in range(8)}
    full = overview()
    full = replace(full, whole=replace(full.whole, funnel=stages), cohorts=many)
    for lang in LANGS:
        file = brief(shown(lang, full))
        picture = pictures(file, f"fullest-{lang}")[0].convert("L")
        assert len(reader(file).pages) == 1
        between = (0, int(799.5 * SCALE), picture.width, int(802.5 * SCALE))  # the blocks and the foot
        darkest: Any = picture.crop(between).getextrema()[0]
        assert darkest > 250, lang
    assert "Earlier cohorts, in the tables: 3" in words(brief(shown("en", full)))


def test_nothing_counted_yet_is_said_and_drawn_as_nothing() -> None:
    text = words(brief(shown("en", NO_OVERVIEW, depth=deeper())))
    assert "it is too early for an insertion rate" in text
    assert "Fewer than 5 women are followed" in text
    assert "nobody has completed" in text


def test_no_rate_is_drawn_where_no_window_has_closed() -> None:
    open_only = overview(indicators(), curve=NO_CURVE, outcomes=OUTCOMES)
    text = words(brief(shown("en", replace(open_only, cohorts={"c3": overview().cohorts["c3"]}))))
    assert "12 women still in" in text
    assert "97% · 0 of 0" not in text


def test_without_fonts_the_error_says_so(tmp_path: Path) -> None:
    from layouts.paper.meta import meta_of

    with pytest.raises(PaperError) as error:
        Sheet(Text("ar"), meta_of(shown("ar")), tmp_path)
    assert error.value.code == "fonts_missing"
    assert "make setup" in Text("ar")("error.fonts_missing")


def test_the_hand_made_results_are_those_assumed_here() -> None:
    assert (CLOSED[1].numerator, CLOSED[1].denominator) == (40, 45)
    assert (HALF_OPEN[1].low, HALF_OPEN[1].high) == (0.49, 0.943)
    assert CURVE.drawn_until == 75
