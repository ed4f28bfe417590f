"""The system that a release is: what is said to hold between cells does hold, of whatever women."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from women import AS_OF, PROGRAMME, roster
from women_at_random import many_women, some_women

from dashboard.disclosure_rules import DisclosureRules
from dashboard.programme import Programme, ProgrammeError, parse_programme
from dashboard.release_cells import amount, relations, split
from dashboard.release_counts import Counts, counts
from dashboard.release_measures import VALUE, closed_pairs, closest_pairs
from dashboard.schema import FIELD
from dashboard.tally import counted

RULES = DisclosureRules()
PERIODS = {"kind": "half_year", "start": AS_OF - timedelta(days=400)}


def with_table(programme: Programme) -> Programme:
    """The programme with reporting periods and every indicator in its tracking table."""
    words = {"ar": "a", "fr": "a", "en": "a"}
    found = programme.model_dump()
    line = {"name": words, "level": "output", "source": words, "frequency": "quarter", "owner": words}
    target = {"targets": [{"by": date(2027, 1, 1), "value": 1.0}]}
    types = {"enrolled": "cumulative", "completed": "cumulative", "insertion_90": "rate", "retention_3": "rate"}
    found["tracking"] = [
        {"code": name, "indicator": name, "type": kind, **line, **target} for name, kind in types.items()
    ]
    return Programme.model_validate(found | {"periods": PERIODS})


TABLED = with_table(PROGRAMME)


def counts_of(women: list[dict[str, object]]) -> Counts:
    return counts(counted(roster(*women), TABLED, {}), TABLED, RULES, AS_OF, FIELD)


def broken(found: Counts) -> list[str]:
    return [
        str(one.terms)
        for one in relations(found.layout)
        if not one.assumed and not one.low <= amount(one.terms, found.values) <= one.high
    ]


@settings(max_examples=3, deadline=None)
@given(some_women)
def test_relations_hold_of_any_women(women: list[dict[str, object]]) -> None:
    assert broken(counts_of(women)) == []


@pytest.mark.parametrize("seed", range(3))
def test_relations_hold_of_many_women(seed: int) -> None:
    assert broken(counts_of(many_women(200, seed))) == []


def test_every_woman_is_counted_once() -> None:
    """The current period ends on the as-of day: two tallies of one day are one."""
    found = counts_of([{"start_date": -90}] * 7)
    assert found.values["all/started"] == 7
    assert {name: n for name, n in found.values.items() if split(name)[1] == "started" and n} == {
        "all/started": 7,
        "cohort:unspecified/started": 7,
        "track:unspecified/started": 7,
        "prefecture:unspecified/started": 7,
        "age_band:unspecified/started": 7,
        "vulnerability:unspecified/started": 7,
        "period:2/started": 7,
        "period:3/started": 7,
    }


def test_what_only_the_sheet_knows_counts_as_unspecified() -> None:
    """A cohort typed as free text could be anything, a name too."""
    found = counts_of([{"start_date": -90, "cohort": "P-014"}, {"start_date": -90, "cohort": "c1"}])
    assert "P-014" not in str(found.layout)
    assert (found.values["cohort:c1/started"], found.values["cohort:unspecified/started"]) == (1, 1)


def test_what_has_no_column_is_missing() -> None:
    fields = [name for name in FIELD if name not in ("certificate", "check_6")]
    found = counts(counted(roster({"start_date": -90}), TABLED, {}), TABLED, RULES, AS_OF, fields)
    assert set(found.missing) == {"certified", "due_6", "kept_6"}
    assert not {"all/certified", "all/due_6"} & set(found.values)


def test_pairs_follow_from_pairs() -> None:
    measures = ("started", "completed", "closed", "inserted")
    assert set(closed_pairs(measures)) == {
        *(("completed", "started"), ("closed", "started"), ("inserted", "started")),
        *(("closed", "completed"), ("inserted", "completed"), ("inserted", "closed")),
    }
    assert set(closest_pairs(measures)) == {("completed", "started"), ("closed", "completed"), ("inserted", "closed")}
    assert len(set(VALUE)) == len(VALUE)


@pytest.mark.parametrize(
    "lines",
    ["min_count = 2", "min_base = 9", "min_sensitive = 4", 'breakdowns = ["track", "track"]', 'breakdowns = ["wage"]'],
)
def test_rules_that_protect_nobody_are_rejected(lines: str) -> None:
    from women import programme_text

    with pytest.raises(ProgrammeError):
        parse_programme(programme_text() + f"\n[disclosure]\n{lines}\n")
