"""Nothing is lost: every row ends in one class, every filled cell as parsed or rejected, whatever the cells hold."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from messy import messy_table
from raw_rosters import PROGRAMME, TODAY, table

from dashboard.reading import FRAME_COLUMNS, FRAME_TYPES, read
from dashboard.reading.cells import is_blank
from dashboard.reading.columns import readers
from dashboard.roster import Cell, RawColumn, RawSheet, RawTable, Roster, Severity
from dashboard.schema import DIMENSIONS, FIELDS

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.from_regex(r"\A[\d/. :-]{1,14}\Z")
)


def assert_conserved(raw: RawTable, roster: Roster) -> None:
    rows = sum(max((len(column.values) for column in sheet.columns), default=0) for sheet in raw.sheets)
    account = roster.reconciliation
    assert account.rows_read == rows
    assert rows == account.used + account.duplicates_merged + account.quarantined + account.skipped
    assert account.used == len(roster.frame) == roster.frame["woman"].nunique()
    rejected: dict[str | None, int] = {}
    for finding in roster.findings:
        if finding.severity is Severity.REJECTED:
            rejected[finding.field] = rejected.get(finding.field, 0) + (
                1 if finding.row else int(dict(finding.params)["count"])
            )
    for field in FIELDS:
        count = roster.fields[field.id]
        assert count.filled == count.parsed + count.rejected
        assert count.rejected == rejected.get(field.id, 0), field.id
        typed = [
            cell
            for sheet in raw.sheets
            for column in sheet.columns
            if column.field == field.id
            for cell in column.values
        ]
        assert count.filled <= sum(not is_blank(cell) for cell in typed)


def assert_promised(roster: Roster) -> None:
    assert tuple(roster.frame.columns) == FRAME_COLUMNS
    assert {name: str(kind) for name, kind in roster.frame.dtypes.items()} == dict(FRAME_TYPES)
    assert not roster.frame[["woman", "sheet", "row", *DIMENSIONS]].isna().any().any()
    for date in ("completion_date", "first_work_date"):
        exact, low, high = (roster.frame[name] for name in (date, f"{date}_earliest", f"{date}_latest"))
        assert (low.isna() == high.isna()).all()
        assert (low <= high).fillna(True).all()
        assert ((exact == low) & (exact == high)).fillna(True).all()
        assert not (exact.notna() & low.isna()).any()


@pytest.mark.parametrize("seed", range(100))
def test_messy_sheets_are_conserved(seed: int) -> None:
    raw = messy_table(random.Random(seed))
    roster = read(raw, PROGRAMME, TODAY)
    assert_conserved(raw, roster)
    assert_promised(roster)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from([field.id for field in FIELDS]), st.lists(CELLS, max_size=8), max_size=8))
def test_arbitrary_cells_are_conserved(columns: dict[str, list[Cell]]) -> None:
    raw_columns = tuple(RawColumn(field, field, f"C{n}", cells) for n, (field, cells) in enumerate(columns.items()))
    raw = table(RawSheet("s", 1, 2, raw_columns))
    roster = read(raw, PROGRAMME, TODAY)
    assert_conserved(raw, roster)
    assert_promised(roster)


@settings(max_examples=300)
@given(st.sampled_from(sorted(readers(PROGRAMME, TODAY))), CELLS)
def test_a_reader_never_raises_and_says_why_there_is_no_value(field: str, cell: Cell) -> None:
    reading = readers(PROGRAMME, TODAY)[field](cell)
    if reading.filled and reading.value is None and reading.low is None:
        assert reading.codes or field == "vulnerability"  # "no" is an answer there
    if not reading.filled:
        assert reading.codes == ()


def _with_canaries(column: RawColumn) -> RawColumn:
    canaries: list[Cell] = [f"Zqx{number}" for number in range(5)]
    return replace(column, values=canaries + column.values)


def test_findings_carry_no_value_of_a_cell() -> None:
    for seed in range(60):
        raw = messy_table(random.Random(seed))
        sheets = tuple(replace(sheet, columns=tuple(map(_with_canaries, sheet.columns))) for sheet in raw.sheets)
        for finding in read(replace(raw, sheets=sheets), PROGRAMME, TODAY).findings:
            assert "Zqx" not in repr(finding)


def test_bools_and_ones_are_told_apart_by_kind_not_by_order() -> None:
    for cells in ([True, 1, 1.0], [1, True, 1.0]):
        raw = table(
            RawSheet(
                "s", 1, 2, (RawColumn("key", "k", "A", ["a", "b", "c"]), RawColumn("pre_score", "p", "B", list(cells)))
            )
        )
        assert read(raw, PROGRAMME, TODAY).fields["pre_score"].rejected == 1
