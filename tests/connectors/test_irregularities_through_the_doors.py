"""The irregularities of field reference 5.2 in a real sheet, through a CSV, an XLSX and the Sheets server.

The same grid must give the same women whichever way it comes. What a format cannot carry is said with the case: a CSV
has neither merged cells nor real dates, so there the numbers and dates are text, which is put in order and counted.
No. 25 and 33 (colours, hidden rows), 35 (edited while read) and 37 (notes) are in test_google_look and
test_google_sheets, No. 36 in test_holding; no connector takes part in No. 31: phones are never read.
"""

from pathlib import Path

import pandas as pd
import pytest
from doors import DOORS, SECRET, TITLE, Door, fetched, through
from irregular_case import HEADER, NAME, START, Case, table, woman
from irregular_grids import CASES
from raw_rosters import said, values
from sheets_grid import Value

from connectors.base import SourceError
from connectors.pseudonyms import Pseudonyms
from dashboard.programme import Programme
from dashboard.roster import Roster, Severity


def seen(roster: Roster) -> list[tuple[str, str]]:
    """What staff have to look at: findings that are not merely put in order."""
    normalised = {finding.code for finding in roster.findings if finding.severity is Severity.NORMALISED}
    return sorted(one for one in said(roster) if one[0] not in normalised)


def name(case: Case) -> str:
    return f"no_{case.number:02d}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_same_grid_gives_the_same_women_through_every_door(
    case: Case, programme: Programme, tmp_path: Path
) -> None:
    rosters = {door: through(door, {TITLE: case.rows}, tmp_path, programme, case.merges) for door in case.doors}
    for door, roster in rosters.items():
        assert seen(roster) == sorted([*case.found, *(case.only_csv if door == "csv" else case.not_csv)]), door
        for column, expected in (case.values or {}).items():
            assert values(roster, column) == expected, (door, column)
        pd.testing.assert_frame_equal(roster.frame, rosters["sheets"].frame)
        assert roster.reconciliation == rosters["sheets"].reconciliation
        assert roster.unread == rosters["sheets"].unread
        assert "C-N" not in repr(roster.findings) + roster.frame.to_csv()
    assert _normalised(rosters["xlsx"]) == _normalised(rosters["sheets"])


def _normalised(roster: Roster) -> list[tuple[str, str, str]]:
    """Every finding with its address and counts."""
    return sorted((finding.code, finding.cell, str(finding.params)) for finding in roster.findings)


@pytest.mark.parametrize("door", DOORS)
def test_no_30_id_cards_in_any_spelling_are_one_woman(door: Door, programme: Programme, tmp_path: Path) -> None:
    sheet = programme.sheet.model_copy(update={"key": ("cin",)})
    by_card = programme.model_copy(update={"sheet": sheet})
    rows: list[list[Value]] = [["CIN", "الاسم الكامل", *HEADER[2:]]]
    rows += [[card, NAME, "فوج 1", None, START] for card in ("XX 000123", "xx-000123", "XX000124", None)]
    roster = through(door, {TITLE: rows}, tmp_path, by_card)
    assert values(roster, "woman") == [Pseudonyms(SECRET, by_card).of(card) for card in ("XX000123", "XX000124")]
    assert (roster.reconciliation.duplicates_merged, roster.reconciliation.quarantined) == (1, 1)
    assert "000123" not in repr(roster.findings) + roster.frame.to_csv()


@pytest.mark.parametrize("door", DOORS)
def test_no_33_two_columns_for_one_field_are_refused_with_both_addresses(
    door: Door, programme: Programme, tmp_path: Path
) -> None:
    rows = [[*HEADER, "Salaire"], [*woman(1, wage=3000), 2500]]
    with pytest.raises(SourceError) as caught:
        fetched(door, {TITLE: rows}, tmp_path, programme)
    assert caught.value.code == "header_clash"
    assert caught.value.params == {"field": "wage", "first": f"'{TITLE}'!J1", "second": f"'{TITLE}'!K1"}


@pytest.mark.parametrize("door", DOORS)
def test_no_34_a_required_column_that_is_gone_is_refused(door: Door, programme: Programme, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        fetched(door, {TITLE: [HEADER[:6] + HEADER[7:], woman(1)]}, tmp_path, programme)
    assert (caught.value.code, caught.value.params["fields"]) == ("required_missing", "first_work_date")


@pytest.mark.parametrize("door", DOORS)
def test_the_name_column_is_listed_as_unread(door: Door, programme: Programme, tmp_path: Path) -> None:
    assert through(door, {TITLE: table(woman(1))}, tmp_path, programme).unread == ("الاسم الكامل",)
