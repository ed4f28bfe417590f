"""The worksheet of dated notes, read by the rules of every other date."""

from dataclasses import replace
from datetime import date

from raw_rosters import PROGRAMME, TODAY, serial, sheet, table

from dashboard.reading import read
from dashboard.reading.notes import LONGEST, MOST
from dashboard.roster import Cell, DatedNote, RawColumn, RawNotes, RawSheet, Roster


def noted(*rows: tuple[Cell, Cell], locale: str | None = "fr_MA") -> Roster:
    """A roster of one woman beside a worksheet with these days and texts from row 2 on."""
    columns = (
        RawColumn("note_date", "Date", "B", [day for day, _ in rows]),
        RawColumn("note_text", "Note", "D", [words for _, words in rows]),
    )
    raw = table(sheet(key=["W1"]), locale=locale)
    return read(replace(raw, notes=RawNotes("Notes", RawSheet("Notes", 1, 2, columns, 9))), PROGRAMME, TODAY)


def found(roster: Roster) -> list[tuple[str, str]]:
    return [(finding.code, finding.cell) for finding in roster.findings if finding.sheet == "Notes"]


def test_days_are_read_as_everywhere_and_put_in_order() -> None:
    roster = noted(
        ("05/03/2026", "cinq mars"),
        (serial("2026-01-20"), "réel"),
        ("٢٠/٢/٢٠٢٦", "عشرون"),
        ("3 avril 2026", " a \n b "),
    )
    assert roster.notes == (
        DatedNote(date(2026, 1, 20), "réel"),
        DatedNote(date(2026, 2, 20), "عشرون"),
        DatedNote(date(2026, 3, 5), "cinq mars"),
        DatedNote(date(2026, 4, 3), "a b"),
    )
    assert not [code for code, cell in found(roster) if "row" in code or cell.endswith("2")]


def test_what_is_no_day_is_a_finding_with_its_cell() -> None:
    roster = noted(("demain", "a"), ("mars 2026", "b"), ("31/02/2026", "c"), (serial("2026-12-01"), "d"), (None, "e"))
    assert roster.notes == ()
    assert set(found(roster)) == {
        ("date_unreadable", "'Notes'!B2"),
        ("date_vague_unused", "'Notes'!B3"),
        ("date_impossible", "'Notes'!B4"),
        ("future_date", "'Notes'!B5"),
        ("note_undated", "'Notes'!B6"),
    }
    assert all(finding.gid == 9 for finding in roster.findings if finding.sheet == "Notes")


def test_a_sheet_that_swaps_day_and_month_is_suspected_here_too() -> None:
    """A real date among texts that are day first, in a sheet whose locale is month first (field reference No. 18)."""
    rows: list[tuple[Cell, Cell]] = [("13/03/2026", "a"), (serial("2026-05-04"), "b")]
    assert {code for code, _ in found(noted(*rows, locale="en_US"))} >= {"day_month_column", "day_month_cell"}
    assert not {code for code, _ in found(noted(*rows))} & {"day_month_column", "day_month_cell"}


def test_a_day_without_a_text_says_nothing_and_formulas_are_no_notes() -> None:
    roster = noted(("05/03/2026", None), ("demain", " "), ("06/03/2026", "#REF!"), ("07/03/2026", "=A1"))
    assert (roster.notes, found(roster)) == ((), [])


def test_there_is_an_end_to_notes_and_to_each() -> None:
    days = [(serial("2020-01-01") + number, "x" * (LONGEST + 50)) for number in range(MOST + 5)]
    roster = noted(*days)
    assert len(roster.notes) == MOST
    assert roster.notes[0].on == date(2020, 1, 6)
    assert {len(note.text) for note in roster.notes} == {LONGEST}


def test_notes_are_no_part_of_the_account() -> None:
    one, other = noted((None, "e")), read(table(sheet(key=["W1"])), PROGRAMME, TODAY)
    assert (one.reconciliation, one.fields) == (other.reconciliation, other.fields)
    assert other.notes == ()
