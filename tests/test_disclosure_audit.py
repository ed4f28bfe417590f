"""The solver's ranges against every state of small programmes, written out one by one."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

import pytest

from dashboard.disclosure_audit import bent, spans
from dashboard.disclosure_components import Knowledge
from dashboard.disclosure_ranges import Need
from dashboard.disclosure_solver import Contradiction
from dashboard.disclosure_witnesses import Witnesses
from dashboard.release_cells import Relation, Terms

INNER = ("a1", "a2", "b1", "b2")  # track a or b by year 1 or 2 (field reference 4.3)
SUMS = {"a": ("a1", "a2"), "b": ("b1", "b2"), "1": ("a1", "b1"), "2": ("a2", "b2"), "all": INNER}
MARGINS = [Relation(((whole, 1), *((part, -1) for part in parts)), 0, 0) for whole, parts in SUMS.items()]


def equal(whole: str, *parts: str) -> Relation:
    return Relation(((whole, 1), *((part, -1) for part in parts)), 0, 0)


def ranged(known: Knowledge, terms: Terms, seen: Witnesses | None = None) -> tuple[float, float]:
    span = spans(known, {terms: Need(999)}, None, seen)[terms]
    return span.low, span.high


def states(known: Knowledge, top: int) -> Iterator[Mapping[str, int]]:
    """Every table with inner cells from 0 to `top` that fits what is known."""
    for inner in product(range(top + 1), repeat=len(INNER)):
        table = dict(zip(INNER, inner, strict=True))
        table |= {whole: sum(table[part] for part in parts) for whole, parts in SUMS.items()}
        exact = all(table[name] == n for name, n in known.exact.items())
        inside = all(low <= table[name] <= high for name, (low, high) in known.bounds.items())
        if exact and inside and all(r.low <= sum(f * table[n] for n, f in r.terms) <= r.high for r in known.relations):
            yield table


OF_OTHER_TABLES = Witnesses()


@pytest.mark.parametrize("seen", [None, OF_OTHER_TABLES])
@pytest.mark.parametrize("seed", range(30))
def test_ranges_are_those_of_all_tables_that_fit(seed: int, seen: Witnesses | None) -> None:
    """Whatever was found possible of another table."""
    dice = Random(seed)
    table = {name: dice.randint(0, 3) for name in INNER}
    table |= {whole: sum(table[part] for part in parts) for whole, parts in SUMS.items()}
    shown = {name: n for name, n in table.items() if dice.random() < (0.25 if name in INNER else 0.7)} | {
        "all": table["all"]
    }
    odd = 2 * table["a1"] + table["b2"]  # not the relation of a table: takes whole numbers to solve
    known = Knowledge(shown, {"a2": (0, table["a2"] + 1)}, [*MARGINS, Relation((("a1", 2), ("b2", 1)), odd, odd)])
    possible = list(states(known, table["all"]))
    for terms in ((("a1", 1),), (("b2", 1),), (("a", 1), ("1", -1)), (("a1", 1), ("b1", 1), ("2", -1))):
        sums = [sum(factor * one[name] for name, factor in terms) for one in possible]
        assert ranged(known, terms, seen) == (min(sums), max(sums))


def test_one_hidden_cell_of_a_line_is_no_secret() -> None:
    """45 = 12 + 30 + ?"""
    known = Knowledge({"all": 45, "b": 12, "c": 30}, {}, [equal("all", "a", "b", "c")])
    assert ranged(known, (("a", 1),)) == (3, 3)


def test_two_hidden_cells_share_what_is_left() -> None:
    known = Knowledge({"all": 45, "c": 30}, {}, [equal("all", "a", "b", "c")])
    assert ranged(known, (("a", 1),)) == (0, 15)


def test_half_a_woman_is_not_a_state() -> None:
    """2a = 2c + 3d, a at most 5, c at least 3: d could be 4/3 if women were divisible."""
    rows = [Relation((("a", 2), ("c", -2), ("d", -3)), 0, 0)]
    known = Knowledge({}, {"a": (0, 5), "c": (3, 9)}, rows)
    assert ranged(known, (("d", 1),)) == (0, 0)


def test_what_was_seen_to_be_wide_is_not_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cells more, and the states of before still tell."""
    line = [equal("all", "a", "b", "c", "d"), Relation((("a", 1), ("b", -1)))]
    asked: dict[Terms, Need] = {((name, 1),): Need(5) for name in "ab"}
    seen = Witnesses()
    found = spans(Knowledge({"all": 45}, {}, line), asked, None, seen)
    assert all(span.values >= 5 for span in found.values())
    grown = [*line, equal("all", "x", "y"), Relation((("x", 1), ("a", -1)))]
    monkeypatch.setattr("dashboard.disclosure_audit.Problem", None)
    assert spans(Knowledge({"all": 45}, {}, grown), asked, None, seen) == {}


def test_what_gives_a_number_away_is_named() -> None:
    known = Knowledge({"all": 45, "b": 12, "c": 30, "z": 9}, {}, [equal("all", "a", "b", "c"), equal("y", "z", "x")])
    (span,) = spans(known, {(("a", 1),): Need(5)}).values()
    assert {"all", "b", "c"} <= span.blame
    assert "z" not in span.blame


def test_independent_parts_of_a_sum_add_their_ranges() -> None:
    known = Knowledge({}, {"a": (0, 2), "b": (1, 4)}, [])
    assert ranged(known, (("a", 1), ("b", -1))) == (-4, 1)


def test_an_assumption_that_was_broken_is_dropped_alone() -> None:
    grows = Relation((("after", 1), ("before", -1)), assumed=True)
    other = Relation((("x", 1), ("after", -1)), 0, 2, assumed=True)
    known = Knowledge({"before": 30, "sum": 20}, {}, [grows, other, equal("sum", "after", "rest")])
    assert ranged(known, (("after", 1),)) == (0, 20)
    assert ranged(known, (("x", 1), ("after", -1))) == (0, 2)


def test_what_cannot_be_is_a_contradiction() -> None:
    known = Knowledge({"all": 4, "b": 5}, {}, [equal("all", "a", "b")])
    with pytest.raises(Contradiction):
        spans(known, {(("a", 1),): Need(5)})


def test_the_cheapest_cells_are_bent() -> None:
    told = {"all": (97, 9), "a": (45, 1), "b": (45, 2)}
    assert bent([equal("all", "a", "b")], told) == ["a"]


def test_the_solver_prints_nothing() -> None:
    """In a process of its own, as its banner comes once in each."""
    script = """
from dashboard.disclosure_audit import spans
from dashboard.disclosure_components import Knowledge
from dashboard.disclosure_ranges import Need
from dashboard.release_cells import Relation
(span,) = spans(Knowledge({}, {}, [Relation((("a", 1), ("b", 1)), 1, 2)]), {(("a", 1),): Need(5)}).values()
print(span.high)
"""
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert (found.stdout, found.stderr) == ("2.0\n", "")


def test_what_hung_together_by_a_wrong_assumption_only_is_wide_and_not_forgotten() -> None:
    known = Knowledge(
        exact={"all": 20},
        bounds={"later": (50, 90)},
        relations=[
            Relation((("all", 1), ("a", -1), ("b", -1)), 0, 0),
            Relation((("a", 1), ("later", -1)), assumed=True),  # a is 20 at most: something was corrected
        ],
    )
    asked = {(("a", 1),): Need(5), (("later", 1),): Need(5), (("later", 1), ("a", -1)): Need(5)}
    assert not [terms for terms, span in spans(known, asked).items() if asked[terms].told_by(span)]
