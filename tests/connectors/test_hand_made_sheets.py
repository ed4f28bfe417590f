"""Ten sheets kept by ten different people: rows, values and findings as they were written down by hand."""

from pathlib import Path

import pytest
from doors import TITLE, Door, fetched, through
from hand_made_grids import MANY
from hand_made_sheets import SHEETS, HandMade
from raw_rosters import place, values

from connectors.base import SourceError
from dashboard.programme import Programme
from dashboard.roster import Roster, Severity


def seen(roster: Roster, several: bool) -> list[tuple[str, str]]:
    """What staff have to look at, with the worksheet where there are several."""
    looked_at = (finding for finding in roster.findings if finding.severity is not Severity.NORMALISED)
    return sorted((finding.code, finding.cell if several else place(finding)) for finding in looked_at)


WAYS = [pytest.param(made, door, id=f"{made.name}-{door}") for made in SHEETS for door in made.doors]


@pytest.mark.parametrize(("made", "door"), WAYS)
def test_a_sheet_reads_as_written_down(made: HandMade, door: Door, programme: Programme, tmp_path: Path) -> None:
    roster = through(door, made.sheets, tmp_path, programme, made.merges)
    account = roster.reconciliation
    told = account.rows_read, account.used, account.duplicates_merged, account.quarantined, account.skipped
    assert told == made.account
    for column, expected in made.values.items():
        assert values(roster, column) == list(expected), column
    assert roster.unread == made.unread
    if made.counts:
        codes = [finding.code for finding in roster.findings]
        assert {code: codes.count(code) for code in made.counts} == made.counts
    else:
        expected_findings = made.found if door != "csv" or made.only_csv is None else made.only_csv
        assert seen(roster, len(made.sheets) > 1) == sorted(expected_findings)


@pytest.mark.parametrize("door", ["csv", "xlsx", "sheets"])
def test_a_sheet_without_a_single_cell_is_refused_in_words(door: Door, programme: Programme, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        fetched(door, {TITLE: [[]]}, tmp_path, programme)
    assert caught.value.code == "empty_sheet"


def test_every_row_of_a_long_sheet_is_accounted_for(programme: Programme, tmp_path: Path) -> None:
    made = next(sheet for sheet in SHEETS if sheet.name == "twelve_thousand_rows")
    roster = through("xlsx", made.sheets, tmp_path, programme)
    assert roster.frame["row"].max() == MANY  # the last one has no code
    filled = roster.fields["completion_date"]
    assert (filled.filled, filled.parsed, filled.rejected) == (120, 0, 120)
