"""The memory of findings: ages survive moved rows, what disappears counts as mended once."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from raw_rosters import roster, serial, sheet, women

from dashboard.mending import MOST, Memory, remember
from dashboard.roster import Cell, Roster

FIRST, SECOND, THIRD = date(2026, 11, 2), date(2026, 11, 20), date(2026, 11, 23)
BAD = "31/02/2025"


def ages(memory: Memory, found: Roster) -> dict[str, date | None]:
    """Cell -> the day its finding was first seen."""
    return {f"{one.column}{one.row}": memory.first_seen(one) for one in found.findings}


def test_a_finding_keeps_the_day_it_was_first_seen() -> None:
    one, two = women(start_date=[BAD, None]), women(start_date=[BAD, BAD])
    memory = remember(remember(Memory(), one, FIRST), two, SECOND)
    assert ages(memory, two) == {"B2": FIRST, "B3": SECOND}
    assert memory.mended == {}


def test_what_disappears_has_been_mended_that_day() -> None:
    memory = remember(Memory(), women(start_date=[BAD, BAD, BAD]), FIRST)
    memory = remember(memory, women(start_date=[BAD, serial("2025-01-06"), BAD]), SECOND)
    memory = remember(memory, women(start_date=[BAD, serial("2025-01-06"), None]), THIRD)
    assert memory.mended == {SECOND: 1, THIRD: 1}
    assert memory.mended_lately(THIRD) == 2
    assert memory.mended_lately(date(2026, 11, 26)) == 2
    assert memory.mended_lately(date(2026, 11, 27)) == 1


def test_inserted_and_sorted_rows_move_findings_and_mend_nothing() -> None:
    before: list[Cell] = [BAD, None, BAD]
    memory = remember(Memory(), women(start_date=before), FIRST)
    moved = women(start_date=[None, BAD, None, BAD])
    memory = remember(memory, moved, SECOND)
    assert ages(memory, moved) == {"B3": FIRST, "B5": FIRST}
    assert memory.mended == {}


def test_an_inserted_column_changes_no_age() -> None:
    memory = remember(Memory(), women(start_date=[BAD]), FIRST)
    wider = women(wage=[3000], start_date=[BAD])
    memory = remember(memory, wider, SECOND)
    assert ages(memory, wider) == {"C2": FIRST}


def test_another_kind_of_finding_in_the_cell_is_a_new_one() -> None:
    memory = remember(Memory(), women(start_date=[BAD]), FIRST)
    future = women(start_date=["01/01/2027"])
    memory = remember(memory, future, SECOND)
    assert ages(memory, future) == {"B2": SECOND}
    assert memory.mended == {SECOND: 1}


def test_a_worksheet_that_is_gone_has_not_been_mended() -> None:
    both = roster(sheet("a", key=["W1"], start_date=[BAD]), sheet("b", key=["W2"], start_date=[BAD]))
    memory = remember(Memory(), both, FIRST)
    memory = remember(memory, roster(sheet("a", key=["W1"], start_date=[BAD])), SECOND)
    assert memory.mended == {}
    assert sum(map(len, memory.since.values())) == 1


def test_another_source_begins_anew() -> None:
    found = women(start_date=[BAD])
    memory = remember(Memory("another sheet", {("x", "y", "z"): ((1, FIRST),)}, {FIRST: 3}), found, SECOND)
    assert (memory.source, memory.mended) == ("trial.xlsx", {})
    assert ages(memory, found) == {"B2": SECOND}


def test_old_counts_leave_and_the_memory_is_bounded() -> None:
    many = roster(
        *(sheet(f"s{number}", key=[f"W{row}" for row in range(900)], start_date=[BAD] * 900) for number in range(7))
    )
    memory = remember(Memory("trial.xlsx", {}, {date(2026, 1, 5): 4, FIRST: 2}), many, THIRD)
    assert sum(map(len, memory.since.values())) == MOST
    assert memory.mended == {FIRST: 2}


CELLS = st.lists(st.sampled_from([BAD, None, "01/01/2027", "fin mars 2025"]), min_size=1, max_size=12)


@settings(max_examples=30)
@given(CELLS, CELLS)
def test_seen_once_more_nothing_changes_and_counts_add_up(before: list[Cell], after: list[Cell]) -> None:
    first = remember(Memory(), women(start_date=before), FIRST)
    second = remember(first, women(start_date=after), SECOND)
    assert remember(second, women(start_date=after), SECOND) == second
    size = {day: sum(map(len, memory.since.values())) for day, memory in ((FIRST, first), (SECOND, second))}
    new = sum(day == SECOND for rows in second.since.values() for _, day in rows)
    assert size[SECOND] == size[FIRST] - second.mended.get(SECOND, 0) + new
