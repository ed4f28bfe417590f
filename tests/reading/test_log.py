"""Findings keep their address; a whole bad column does not drown the list."""

from raw_rosters import counts, place, roster, sheet, women

from dashboard.reading.log import LISTED
from dashboard.roster import Finding


def test_beyond_a_thousand_cells_the_others_are_counted() -> None:
    read = women(start_date=["31/02/2025"] * (LISTED + 5))
    found = [finding for finding in read.findings if finding.code == "date_impossible"]
    assert len(found) == LISTED + 1
    assert (place(found[0]), place(found[-2]), place(found[-1])) == ("B2", f"B{LISTED + 1}", "B")
    assert dict(found[-1].params) == {"count": 5}
    assert counts(read, "start_date") == (LISTED + 5, 0, LISTED + 5)


def test_an_unknown_cohort_is_said_once_with_its_number_of_cells() -> None:
    read = women(cohort=["Promo 9", "فوج 1", "Promo 9", "Promo 8"])
    found = [(place(finding), dict(finding.params)["count"]) for finding in read.findings]
    assert sorted(found) == [("B2", 2), ("B5", 1)]


def test_addresses_are_those_of_the_sheet() -> None:
    finding: Finding = roster(sheet("it's", first_row=27, key=["W1"], start_date=["31/02/2025"])).findings[-1]
    assert (finding.cell, finding.gid, finding.field) == ("'it''s'!B27", 7, "start_date")
