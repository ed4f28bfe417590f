"""A small share of `make fuzz` at every run, and proof that it would notice."""

import random
from dataclasses import replace

import fuzz_reading
import pytest
from fuzz_reading import Figures, fuzz, random_table, try_cells, try_sheet
from raw_rosters import PROGRAMME

from dashboard.reading import columns, read
from dashboard.reading.cells import Reading
from dashboard.reading.numbers import number_reader
from dashboard.reading.words import Reader
from dashboard.roster import Cell, RawTable, Roster
from dashboard.schema import Kind


def test_a_share_of_the_fuzz_raises_nothing_and_loses_nothing() -> None:
    figures = fuzz(cells=600, sheets=12, seed=20261123)
    assert dict(figures.cells) == dict.fromkeys(Kind, 600)
    assert all(len(distinct) > 300 for distinct in figures.distinct.values())
    assert set(figures.ends) == {"blank", "read", "refused", "said", "vague"}
    assert sum(figures.ends.values()) == 600 * len(Kind)


def test_the_same_seed_tries_the_same() -> None:
    assert repr(random_table(random.Random(7))) == repr(random_table(random.Random(7)))


def test_a_reader_that_loses_a_cell_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(field: object) -> Reader:
        read_number = number_reader(field)  # type: ignore[arg-type]

        def reader(cell: Cell) -> Reading:
            reading = read_number(cell)
            return replace(reading, codes=()) if reading.rejected else reading

        return reader

    monkeypatch.setattr(columns, "number_reader", careless)
    with pytest.raises(AssertionError):
        try_cells(Kind.NUMBER, 300, random.Random(1), Figures())


def test_a_row_that_is_lost_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(raw: RawTable, *others: object) -> Roster:
        roster = read(raw, *others)  # type: ignore[arg-type]
        return replace(roster, frame=roster.frame.iloc[1:])

    monkeypatch.setattr(fuzz_reading, "read", careless)
    with pytest.raises(AssertionError):
        for seed in range(5):
            try_sheet(random_table(random.Random(seed)), PROGRAMME, Figures())
