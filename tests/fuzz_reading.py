"""`make fuzz`: random cells of every kind of field through the reading side; nothing may raise, nothing may be lost.

Not collected by pytest: it takes minutes. tests/reading/test_fuzz.py runs a small share of it each time.
"""

import argparse
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from messy import COMMON, DATES, WORDS, messy_table
from raw_rosters import PROGRAMME, TODAY

from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.reading.cells import Reading, is_blank
from dashboard.reading.columns import readers
from dashboard.reading.rows import RowLabels, tell_keys
from dashboard.roster import Cell, RawColumn, RawSheet, RawTable, Roster, Severity, SourceInfo
from dashboard.schema import BOUNDED_DATES, FIELDS, Kind

CELLS = 100_000  # of each kind of field
_SIGNS = (
    "0123456789" * 3 + "٠١٢٣٤٥٦٧٨٩۰۱۲۳" + "//--..,:; \t\n\u00a0\u202f\u200f\u200e\u2066\u2069\ufeff\u0640"
    "abcdefghijklmnopqrstuvwxyzéèêàçœ’'\"()[]{}%+=#@!?*&|\\^~<>_"
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئءﻧﻌﻢپچڤگ" + "\u064b\u064e\u0650\u0651\U0001f600\u0000\ud7ff½²Ⅷ٪"
)
_PIECES = (
    *("fin ", "mi-", "début ", "du ", " au ", "et", " و", "فين ", "نهاية ", "mars", "janv.", "نونبر", "غشت", "/2025"),
    *("2025", "31", "30/02", "12/13/2025", "1e400", "-0", "0x10", "NaN", "inf", "١٢٫٥", "Promo ", "فوج ", "الفوج "),
    *("oui", "non", "نعم", "لا", "en cours", "CDI", "مدمجة", "DH", "درهم", "%", "#REF!", "=1+1", "Total", "المجموع"),
)
_NUMBERS: tuple[Cell, ...] = (
    *(0, -1, 1, 1.5, 45616, 45616.5, 99999999, -45616, 2958465, 2958466, 1e15, 1e16, 1e308, -1e308, 5e-324, 10**40),
    *(math.nan, math.inf, -math.inf, True, False, 60, 59, 0.1, 1899, 1900, 2100, 2101),
)


@dataclass
class Figures:
    """What has been tried."""

    cells: Counter[Kind] = field(default_factory=Counter)
    distinct: dict[Kind, set[str]] = field(default_factory=dict)
    ends: Counter[str] = field(default_factory=Counter)  # what became of a cell
    sheets: int = 0
    rows: int = 0


def random_cell(kind: Kind, rng: random.Random) -> Cell:
    """A cell: a usual one, a number, signs at random, pieces of usual ones, or a usual one with a slip of the hand."""
    usual = COMMON + (DATES if kind is Kind.DATE else WORDS.get(kind, ()))
    match rng.randrange(6):
        case 0:
            return rng.choice(usual)
        case 1:
            return rng.choice(_NUMBERS) if rng.random() < 0.3 else rng.uniform(-1e5, 1e5)
        case 2:
            return "".join(rng.choices(_SIGNS, k=rng.randrange(1, 25)))
        case 3:
            return "".join(rng.choices(_PIECES, k=rng.randrange(1, 6)))
        case 4:
            return (
                f"{rng.randrange(40)}{rng.choice('/-. ')}{rng.randrange(15)}{rng.choice('/-. ')}{rng.randrange(2100)}"
            )
        case _:
            return _slip(str(rng.choice(usual)), rng)


def _slip(text: str, rng: random.Random) -> str:
    """One sign left out, doubled or replaced."""
    place = rng.randrange(len(text) + 1)
    kept = rng.choice((text[place:], text[place + 1 :], text[max(0, place - 1) :]))
    return text[:place] + rng.choice(("", rng.choice(_SIGNS))) + kept


def try_cells(kind: Kind, count: int, rng: random.Random, figures: Figures) -> None:
    """Random cells through the readers of a kind. Raises AssertionError where a value is lost without a word."""
    found = readers(PROGRAMME, TODAY)
    chosen = [found[one.id] for one in FIELDS if one.kind is kind and one.id in found]
    seen = figures.distinct.setdefault(kind, set())
    for number in range(count):
        cell = random_cell(kind, rng)
        reading = chosen[number % len(chosen)](cell)
        figures.ends[_end(kind, cell, reading)] += 1
        seen.add(repr(cell))
    figures.cells[kind] += count


def try_keys(count: int, rng: random.Random, figures: Figures) -> None:
    """Random cells of a key column: each is a key, a label, a failed formula, or blank; never two of these."""
    cells = [random_cell(Kind.COHORT, rng) for _ in range(count)]
    keys = tell_keys(cells, count, RowLabels(PROGRAMME))
    for number, cell in enumerate(cells):
        told = {
            "read": keys.pseudonyms[number] is not None,
            "said": keys.labels[number] is not None,
            "refused": bool(keys.broken[number]),
        }
        assert sum(told.values()) == (not is_blank(cell)), repr(cell)
        figures.ends[next((end for end, holds in told.items() if holds), "blank")] += 1
    figures.cells[Kind.KEY] += count
    figures.distinct[Kind.KEY] = set(map(repr, cells))


def _end(kind: Kind, cell: Cell, reading: Reading) -> str:
    """What became of a cell: blank, read, vague, refused, or read as nothing with a word said about it."""
    if not reading.filled:
        assert is_blank(cell), repr(cell)
        assert reading.value is None
        return "blank"
    if reading.rejected:
        assert reading.value is None, repr(cell)
        assert reading.low is None, repr(cell)
        return "refused"
    if reading.value is not None:
        assert isinstance(reading.value, str) or math.isfinite(reading.value), repr(cell)
        return "read"
    if reading.low is not None and reading.high is not None:
        assert reading.low <= reading.high, repr(cell)
        return "vague"
    assert reading.codes or kind is Kind.CRITERIA, repr(cell)  # "none of them" is an answer there
    return "said"


def try_sheet(raw: RawTable, programme: Programme, figures: Figures) -> None:
    """A whole roster. Raises AssertionError where a row or a cell is not accounted for."""
    roster = read(raw, programme, TODAY)
    rows = sum(max((len(column.values) for column in sheet.columns), default=0) for sheet in raw.sheets)
    account = roster.reconciliation
    assert account.rows_read == rows
    assert rows == account.used + account.duplicates_merged + account.quarantined + account.skipped
    assert account.used == len(roster.frame) == roster.frame["woman"].nunique()
    _check_cells(raw, roster)
    for name in BOUNDED_DATES:
        assert (roster.frame[f"{name}_earliest"] <= roster.frame[f"{name}_latest"]).fillna(True).all()
    figures.sheets += 1
    figures.rows += rows


def _check_cells(raw: RawTable, roster: Roster) -> None:
    """filled = parsed + rejected, every rejected cell has a finding, and nothing is filled that was blank."""
    refused: Counter[str | None] = Counter()
    for finding in roster.findings:
        if finding.severity is Severity.REJECTED:
            refused[finding.field] += 1 if finding.row else int(dict(finding.params)["count"])
    typed: Counter[str] = Counter()
    for sheet in raw.sheets:
        for column in sheet.columns:
            typed[column.field] += sum(not is_blank(cell) for cell in column.values)
    for one in FIELDS:
        count = roster.fields[one.id]
        assert count.filled == count.parsed + count.rejected <= typed[one.id], one.id
        assert count.rejected == refused[one.id], one.id


def random_table(rng: random.Random) -> RawTable:
    """A worksheet of every field with random cells below each."""
    size = rng.randrange(1, 40)
    keys: Sequence[Cell] = [rng.choice([None, "#N/A", f"W{rng.randrange(size)}", "Total"]) for _ in range(size)]
    columns = tuple(
        RawColumn(
            one.id,
            one.id,
            f"C{place}",
            list(keys) if one.kind is Kind.KEY else [random_cell(one.kind, rng) for _ in range(size)],
        )
        for place, one in enumerate(FIELDS)
    )
    merges = tuple((f"C{rng.randrange(len(FIELDS))}", row, row + 2) for row in range(2, size, 9))
    info = SourceInfo(
        "file", "fuzz.xlsx", datetime(2026, 11, 23, tzinfo=UTC), locale=rng.choice([None, "en_US", "fr_FR"])
    )
    return RawTable(info, (RawSheet("fuzz", 1, 2, columns, 1, merges),))


def fuzz(cells: int, sheets: int, seed: int, say: Callable[[str], object] = lambda _: None) -> Figures:
    """Cells of each kind, then whole sheets; the same seed tries the same. Raises AssertionError at the first loss."""
    figures, rng = Figures(), random.Random(seed)
    for kind in Kind:
        if kind is Kind.KEY:
            try_keys(cells, rng, figures)
        else:
            try_cells(kind, cells, rng, figures)
        say(f"{kind:12} {figures.cells[kind]:>9,} cells, {len(figures.distinct[kind]):>9,} of them distinct")
    for number in range(sheets):
        try_sheet(random_table(rng) if number % 2 else messy_table(rng), PROGRAMME, figures)
    return figures


def main(arguments: Sequence[str] | None = None) -> None:
    """Try, and write down what was tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=CELLS, help="of each kind of field")
    parser.add_argument("--sheets", type=int, default=300)
    parser.add_argument("--seed", type=int, default=date.today().toordinal(), help="today's by default")
    chosen = parser.parse_args(arguments)
    start = time.perf_counter()
    sys.stdout.write(f"seed {chosen.seed}\n")
    figures = fuzz(chosen.cells, chosen.sheets, chosen.seed, lambda line: sys.stdout.write(line + "\n"))
    ends = ", ".join(f"{end} {count:,}" for end, count in figures.ends.most_common())
    sys.stdout.write(
        f"{sum(figures.cells.values()):,} cells: {ends}\n"
        f"{figures.sheets:,} sheets of {figures.rows:,} rows: every row and every filled cell accounted for\n"
        f"nothing raised, nothing lost, {time.perf_counter() - start:.0f} s\n"
    )


if __name__ == "__main__":
    main()
