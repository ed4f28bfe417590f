"""Columns of each woman, and that the classes named for each indicator are those which the indicators count."""

from datetime import timedelta

import pytest
from women import AS_OF, PROGRAMME, A, frame, tallied
from women_at_random import many_women

from dashboard.indicators import indicators
from dashboard.individuals import COUNTED, SHARES, individuals, matching, places_of
from dashboard.schema import UNSPECIFIED
from dashboard.tally import Filters

GROUPS: list[dict[str, str]] = [
    {"cohort": "c1", "track": "t1", "vulnerability": "divorced|widow"},
    {"cohort": "c2", "track": "t1", "vulnerability": "widow"},
    {"cohort": "c1"},
    {"vulnerability": "divorced"},
    {},
]
TALLY = tallied(*GROUPS)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_shares_are_those_of_the_indicators(seed: int) -> None:
    women = many_women(800, seed)
    table = individuals(frame(*women), PROGRAMME, A, COUNTED)
    for name, indicator in indicators(tallied(*women)).items():
        if name == "time_to_insertion":
            assert name not in SHARES
            continue
        share = SHARES[name]
        assert int(table[list(share.numerator)].to_numpy().sum()) == indicator.numerator, name
        below = int(table[list(share.denominator)].to_numpy().sum())
        assert below == (indicator.denominator or 0), name
        # Classes of one side exclude each other: nobody counts twice.
        assert table[list(share.numerator)].sum(axis=1).max() <= 1


def test_each_row_is_that_of_its_woman() -> None:
    women = frame(
        {"contact_date": 5}, {"contact_date": -5, "completion_date": -3}, {"contact_date": 2}, {"completion_date": -8}
    )
    table = individuals(women.iloc[::-1], PROGRAMME, A, ("completed_by",))
    assert list(table.index) == [0, 2]
    assert list(table["completed_by"]) == [A - 8, A - 3]


def test_nobody() -> None:
    assert len(individuals(frame(), PROGRAMME, A, ("place",))) == 0
    assert places_of(frame(), PROGRAMME, A, ["P-000"]) == {}


def test_places_of_some() -> None:
    women = frame({"status": "placed", "completion_date": -9}, {"contact_date": 3}, {"status": "lost"}, {})
    assert places_of(women, PROGRAMME, A, ["P-000", "P-001", "P-002", "nobody"]) == {"P-000": "placed", "P-002": "lost"}
    assert places_of(women, PROGRAMME, A + 3, ["P-001"]) == {"P-001": "contact"}
    assert places_of(women, PROGRAMME, A, []) == {}


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"cohort": ()},
        {"cohort": ("c1",)},
        {"cohort": ("c1", "c2"), "track": ("t1",)},
        {"vulnerability": ("widow",)},
        {"vulnerability": ("widow", "divorced"), "cohort": ("unspecified",)},
        {"prefecture": ("nowhere",)},
    ],
)
def test_matching_picks_as_the_tally_does(filters: Filters) -> None:
    chosen = matching(frame(*GROUPS), filters)
    assert chosen.sum() == TALLY.where(filters).women
    for woman, hit in zip(GROUPS, chosen, strict=True):
        texts = {name: str(woman.get(name, UNSPECIFIED)).split("|") for name in filters}
        assert hit == all(not ids or set(ids) & set(texts[name]) for name, ids in filters.items())


def test_as_of_another_day() -> None:
    women = [{"start_date": -10, "planned_end": -3}]
    assert list(individuals(frame(*women), PROGRAMME, A - 5, ("due",))["due"]) == [False]
    assert list(individuals(frame(*women), PROGRAMME, A, ("due",))["due"]) == [True]
    assert tallied(*women, as_of=AS_OF - timedelta(5)).count("due") == 0
