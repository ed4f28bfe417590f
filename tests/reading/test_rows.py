"""What rows are: sections, totals, headers again, and the cohort a worksheet's title names."""

import pytest
from raw_rosters import PROGRAMME, counts, lettered, roster, said, serial, sheet, values

from dashboard.reading.rows import RowLabels, title_cohort
from dashboard.roster import Cell, RawSheet

LABELS = RowLabels(PROGRAMME)


@pytest.mark.parametrize(
    ("title", "cohort"),
    [
        ("فوج 2", "c2"),
        ("Promo 1", "c1"),
        ("Promo 1 - bénéficiaires", "c1"),
        ("المستفيدات (فوج 2)", "c2"),
        ("Promo 2031", "promo 2031"),
        ("G7", "g7"),
        ("المستفيدات", None),
        ("Bénéficiaires", None),
        ("Groupes", None),
        ("Promo", None),
        ("Feuille 1", None),
    ],
)
def test_a_title_may_name_a_cohort(title: str, cohort: str | None) -> None:
    assert title_cohort(title, LABELS) == cohort


def test_the_cell_comes_before_the_section_and_the_section_before_the_title() -> None:
    columns: dict[str, list[Cell]] = {
        "key": ["W1", "الفوج الثاني", "W2", "W3"],
        "cohort": [None, None, None, "Promo 1"],
    }
    read = roster(RawSheet("Promo 7", 1, 2, lettered(columns)))
    assert values(read, "cohort") == ["promo 7", "c2", "c1"]


@pytest.mark.parametrize("cell", ["المجموع", "Total", "الفوج الأول", "Promotion 9"])
def test_labels_in_a_key_column(cell: str) -> None:
    assert LABELS.is_label(cell)


@pytest.mark.parametrize("cell", ["1", "2", 1, None, "P-014", "P14", "G7", "Promo", "Totalement", "a" * 20])
def test_keys_are_no_labels(cell: Cell) -> None:
    assert not LABELS.is_label(cell)


def test_a_repeated_header_is_no_woman() -> None:
    columns: dict[str, list[Cell]] = {
        "key": ["W1", "f" * 20, "W2"],
        "certificate": ["oui", "certificate", "oui"],
        "wage": [3000, "wage", None],
        "track": ["AS", "track", "AS"],
    }
    read = roster(sheet(), RawSheet("b", 1, 2, lettered(columns)))
    assert values(read, "woman") == ["W1", "W2"]
    assert said(read) == [("repeated_header", "")]
    assert counts(read, "wage") == (1, 1, 0)


def test_a_row_with_cells_but_no_key_is_set_aside_and_its_cells_are_accounted_for() -> None:
    read = roster(sheet(key=["W1", None, "-"], start_date=[None, serial("2025-01-06"), "31/02/2025"]))
    assert values(read, "woman") == ["W1"]
    assert said(read) == [("no_key", "A3"), ("no_key", "A4"), ("date_impossible", "B4")]
    assert read.reconciliation.quarantined == 2
    assert counts(read, "start_date") == (2, 1, 1)


def test_two_texts_alone_are_a_row_without_a_key_not_a_section() -> None:
    read = roster(sheet(key=[None, "W1"], cohort=["فوج 2", None], status=["placed", None]))
    assert read.reconciliation.quarantined == 1
    assert values(read, "cohort") == ["unspecified"]


def test_no_worksheets_and_empty_worksheets_give_an_empty_roster() -> None:
    for read in (roster(), roster(RawSheet("a", 1, 2, ())), roster(sheet(key=[], status=[]))):
        assert len(read.frame) == 0
        assert read.reconciliation.rows_read == 0
        assert read.findings == ()
