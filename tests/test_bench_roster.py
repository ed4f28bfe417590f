"""The bench's roster: the dashboard reads every one of its cells, and so does the page it is measured beside."""

from datetime import date
from pathlib import Path

from benchmarks.plain_dash import read as read_plainly
from benchmarks.roster_file import COLUMNS, COMPLETED, write_roster
from connectors.settings import ROOT
from connectors.table_file import TableFile
from dashboard.programme import load_programme
from dashboard.reading import read
from dashboard.roster import Severity

TODAY = date(2026, 11, 25)
WOMEN = 300


def test_both_read_the_same_women(tmp_path: Path) -> None:
    path = write_roster(tmp_path / "roster.csv", WOMEN)
    programme = load_programme(ROOT / "programme.toml")
    roster = read(TableFile(path, programme, b"k" * 32).fetch(), programme, TODAY)
    plain = read_plainly(str(path))
    assert roster.reconciliation.used == len(plain) == WOMEN
    assert [finding for finding in roster.findings if finding.severity is Severity.REJECTED] == []
    assert sum(count.filled > 0 for count in roster.fields.values()) == len(COLUMNS) == 25
    assert roster.frame["completion_date"].notna().sum() == plain[COMPLETED].notna().sum() > WOMEN / 3


def test_equal_seeds_make_equal_files(tmp_path: Path) -> None:
    one, same, other = (write_roster(tmp_path / f"{seed}{n}.csv", 20, seed) for n, seed in enumerate((1, 1, 2)))
    assert one.read_bytes() == same.read_bytes() != other.read_bytes()
