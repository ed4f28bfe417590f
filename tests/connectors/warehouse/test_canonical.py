"""What is checked of a canonical table before anything is counted."""

import re
from pathlib import Path

import duckdb
import pytest
from deeper_women import DEEPER
from women import AS_OF, A

from connectors.base import SourceError
from connectors.warehouse import held, optional
from connectors.warehouse.canonical import PLACE, TYPES
from connectors.warehouse.writing import write_canonical
from dashboard.days import DATES
from dashboard.programme import LANGUAGES, Lang
from dashboard.roster import Roster
from dashboard.text import Text
from warehouse.tables import in_duckdb, odd_roster, opened

PACKAGE = Path(held.__file__).parent
DOCUMENT = Path(__file__).parents[3] / "docs" / "warehouse.md"


@pytest.fixture(scope="module")
def odd() -> Roster:
    return odd_roster()


def spoiled(odd: Roster, folder: Path, statement: str) -> SourceError:
    address = in_duckdb(odd, folder)
    with duckdb.connect(address.removeprefix("duckdb:")) as connection:
        connection.execute(statement)
    with pytest.raises(SourceError) as caught:
        opened(address, DEEPER)
    return caught.value


@pytest.mark.parametrize(
    ("statement", "code", "params"),
    [
        ("ALTER TABLE women DROP wage", "warehouse_missing", {"columns": "wage"}),
        (
            "ALTER TABLE women ALTER start_date TYPE DATE USING DATE '1970-01-01' + start_date",
            "warehouse_type_day",
            {"column": "start_date", "found": "Date"},
        ),
        ("ALTER TABLE women ALTER wage TYPE VARCHAR", "warehouse_type_number", {"column": "wage", "found": "String"}),
        (
            "ALTER TABLE women ALTER cohort TYPE INTEGER USING 7",
            "warehouse_type_text",
            {"column": "cohort", "found": "Int32"},
        ),
        (
            "UPDATE women SET exit_date = 20261123 WHERE woman IN ('P-001', 'P-002')",
            "warehouse_day",
            {"column": "exit_date", "rows": 2},
        ),
        ("UPDATE women SET wage = 'NaN' WHERE woman = 'P-001'", "warehouse_nan", {"column": "wage", "rows": 1}),
        ("ALTER TABLE women RENAME TO others", "warehouse_failed", None),
    ],
)
def test_what_is_amiss_is_named(
    odd: Roster, tmp_path: Path, statement: str, code: str, params: dict[str, str | int] | None
) -> None:
    fault = spoiled(odd, tmp_path, statement)
    assert fault.code == code
    assert params is None or fault.params == params


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    for address in (f"duckdb:{tmp_path / 'none.duckdb'}", f"parquet:{tmp_path}"):
        with pytest.raises(SourceError, match="warehouse_no_file"):
            opened(address, DEEPER)


def test_unknown_cohorts_and_tracks_are_findings(odd: Roster, tmp_path: Path) -> None:
    address = in_duckdb(odd, tmp_path)
    with duckdb.connect(address.removeprefix("duckdb:")) as connection:
        connection.execute("UPDATE women SET track = 'new' WHERE woman < 'P-010'")
    found = {finding.code: dict(finding.params) for finding in opened(address, DEEPER).findings}
    assert found == {
        "warehouse_cohort": {"values": 1, "count": 100},
        "warehouse_track": {"values": 1, "count": 10},
    }


def test_only_the_columns_of_the_table_are_read(odd: Roster, tmp_path: Path) -> None:
    address = in_duckdb(odd, tmp_path)
    with duckdb.connect(address.removeprefix("duckdb:")) as connection:
        connection.execute("ALTER TABLE women ADD phone VARCHAR DEFAULT '0600000000'")
    found = opened(address, DEEPER)
    seen = found.counted(lambda native, *_: tuple(native.columns), DEEPER, AS_OF)
    assert set(seen) == {*TYPES, *PLACE}


def test_what_is_told_of_a_table(odd: Roster, tmp_path: Path) -> None:
    found, frame = opened(in_duckdb(odd, tmp_path), DEEPER), odd.frame
    assert found.engine is not None
    assert found.rows == found.reconciliation.used == 400
    assert found.engine.values["cohort"] == {"c1": 100, "c2": 100, "c9": 100, "unspecified": 100}
    first = found.engine.first_start
    assert first is not None
    assert (first - AS_OF).days == int(frame["start_date"].min()) - A
    for name in DATES:
        assert found.fields[name].parsed == int(frame[name].notna().sum())
    assert len(found.frame) == 0


def test_the_document_names_every_column() -> None:
    rows = [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| `")]
    said: dict[str, str] = {}
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        said |= {name.strip("` "): cells[1] for name in cells[0].split(",")}
    expected = {**TYPES, "sheet": "text", "row": "number"}
    assert {name: kind for name, kind in said.items() if name in expected} == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_has_a_sentence(lang: Lang) -> None:
    source = "".join(path.read_text("utf-8") for path in PACKAGE.glob("*.py"))
    codes = set(re.findall(r'SourceError\("(\w+)"', source))
    codes |= {f"warehouse_type_{kind}" for kind in set(TYPES.values())}
    assert len(codes) >= 10
    params = dict.fromkeys(("scheme", "package", "missing", "file", "path", "columns", "column", "found"), "x")
    params |= {"rows": "2", "place": "x", "kind": "x"}
    said = {Text(lang)(f"error.{code}", **params) for code in codes}
    assert len(said) == len(codes)
    for code in ("warehouse_cohort", "warehouse_track"):
        assert "'women'" in Text(lang)(f"finding.{code}", cell="'women'", values="2", count="3")


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(SourceError) as caught:
        opened(f"duckdb:{tmp_path / 'a.duckdb'}", DEEPER)
    assert caught.value.params == {"package": "duckdb", "missing": "duckdb", "file": optional.NEEDED}


def test_nothing_is_written_over(odd: Roster, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text("kept")
    for name in ("a.parquet", "a.csv", "none/a.duckdb"):
        with pytest.raises(SourceError, match="warehouse_not_written"):
            write_canonical(odd, tmp_path / name)
    assert (tmp_path / "a.parquet").read_text() == "kept"
