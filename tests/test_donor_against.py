"""A release against reference and targets: only from what is published, and nothing about what is hidden or banded."""

from datetime import date

import pytest
from hand_made_release import CELLS, PROGRAMME, hand_made, view

from callbacks.donor import MAKERS
from dashboard.achievement import Light
from dashboard.logframe import DatedTarget, Tracked
from dashboard.release import Cell, Rate, Release
from dashboard.text import Text
from layouts.donor.against import Reached, reached, reference_verdict
from layouts.donor.headline import lead_lines
from layouts.donor.page import donor_page
from layouts.markup import to_html

INSERTION, ENROLLED = (
    next(one for one in PROGRAMME.tracking if one.indicator == name) for name in ("insertion_90", "enrolled")
)


def with_cells(**changed: Cell) -> Release:
    """The hand-made release with other cells: "period:1/started" is written period_1__started."""
    named = {name.replace("__", "/").replace("period_1", "period:1"): cell for name, cell in changed.items()}
    cells = tuple(named.get(cell.id, cell).model_copy(update={"id": cell.id}) for cell in CELLS)
    return hand_made().model_copy(update={"cells": cells})


@pytest.mark.parametrize(
    ("rate", "unknown", "reference", "said"),
    [
        # Wilson: 60 of 100 is 50.2 to 69.1 %, 62 of 100 is 52.2 to 70.9 % (field reference 1.3, by hand).
        (Rate(hits=60, base=100), 0, 0.70, "below"),
        (Rate(hits=60, base=100), 2, 0.70, "cannot_tell"),  # two unknown outcomes may have been insertions
        (Rate(hits=60, base=100), None, 0.70, "cannot_tell"),  # how many there are is not published: it may be all
        (Rate(hits=60, base=100), 0, 0.50, "above"),
        (Rate(hits=60, base=100), None, 0.50, "above"),  # each unknown outcome counts as a miss already
        (Rate(hits=60, base=100), 0, 0.60, "cannot_tell"),
        (Rate(base=29, at_least=0.85), 0, 0.80, "above"),
        (Rate(base=29, at_least=0.85), 0, 0.97, "cannot_tell"),
        (Rate(base=45, at_most=0.10), 0, 0.97, "cannot_tell"),
        (Rate(reason="too_few"), 0, 0.97, "cannot_tell"),
    ],
)
def test_a_verdict_needs_an_interval_that_no_unknown_outcome_could_move(
    rate: Rate, unknown: int | None, reference: float, said: str
) -> None:
    assert reference_verdict(rate, unknown, reference) == said


def test_a_published_rate_has_a_share_and_a_light() -> None:
    """65 of 71 is 91.5 %; against 80 % that is 114 %, and its interval of 83 to 96 % lies above."""
    found = reached(INSERTION, hand_made())
    assert INSERTION.final.value == 0.80
    assert found.share == pytest.approx(65 / 71 / 0.80)
    assert found.words(Text("en")) == ("\u2068114%\u2069", "on track")


@pytest.mark.parametrize(
    "hits",
    [
        Cell(id="x", reason="too_few"),
        Cell(id="x", low=67, high=71, of=71),  # "90 % or more": a light of the true rate would narrow the band
    ],
)
def test_what_is_hidden_or_banded_has_neither(hits: Cell) -> None:
    found = reached(INSERTION, with_cells(period_1__inserted=hits))
    assert (found, found.words(Text("en"))) == (Reached(None, None), ("—", "—"))
    assert reached(ENROLLED, hand_made()) == Reached(None, None)


def test_a_count_is_judged_by_what_has_fallen_due_and_shared_of_the_final_target() -> None:
    entry = ENROLLED.model_copy(
        update={"targets": tuple(DatedTarget(by=date(year, 11, 1), value=v) for year, v in ((2026, 90), (2027, 135)))}
    )
    assert isinstance(entry, Tracked) and entry.type == "cumulative"
    found = reached(entry, with_cells(period_1__started=Cell(id="x", value=81)))
    assert found.share == pytest.approx(81 / 135)
    assert found.light == Light("green")  # 81 of 90 is nine tenths
    coming = entry.model_copy(update={"targets": entry.targets[1:]})
    assert reached(coming, with_cells(period_1__started=Cell(id="x", value=81))).light == Light("grey", "too_early")


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_page_and_files_say_rate_verdict_and_share(lang: str) -> None:
    one, text = view(lang), Text(lang)  # type: ignore[arg-type]
    lines = lead_lines(one.release, one)
    assert text.percent(65 / 71) in lines[0]
    goal = text("donor.goal.proposed", target=text.percent(0.8))
    assert lines[1] == text("donor.goal.judged", goal=goal, verdict=text("light.green"))
    assert text("donor.verdict.not_known") in lines  # the number of unknown outcomes is not published
    page = to_html(donor_page(one))
    for words in (
        text("donor.verdict.not_known"),
        text("tracking.proposed_note"),
        text.percent(65 / 71 / 0.8),
        text("light.green"),
    ):
        assert words in page
    assert 'href="#files"' in page and 'id="files"' in page
    assert 'href="#hidden-title"' in page and 'id="hidden-title"' in page
    assert MAKERS["xlsx"](one).startswith(b"PK") and MAKERS["pdf"](one).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("unknown", "said"),
    [
        (Cell(id="all/unknown", value=0), "below"),  # 65 of 71: the interval of 83 to 96 % lies below 97 %
        (Cell(id="all/unknown", value=0, since=1), "not_known"),  # of an earlier day than the rate
        (Cell(id="all/unknown", value=6), "not_known"),
        (Cell(id="all/unknown", reason="too_few"), "not_known"),
    ],
)
def test_unknown_outcomes_are_taken_from_the_release_of_the_rate(unknown: Cell, said: str) -> None:
    made = hand_made().model_copy(update={"cells": (*CELLS, unknown)})
    assert Text("en")(f"donor.verdict.{said}") in lead_lines(made, view("en", made))


@pytest.mark.parametrize("hits", [Cell(id="x", value=64, of=71), Cell(id="x", reason="too_few")])
def test_a_verdict_beside_the_headline_is_of_the_same_number(hits: Cell) -> None:
    made, text = with_cells(period_1__inserted=hits), Text("en")
    goal = text("donor.goal.proposed", target=text.percent(0.8))
    assert lead_lines(made, view("en", made))[1] == text("donor.goal.only", goal=goal)
