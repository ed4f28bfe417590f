"""The same women counted on pandas and on every engine: the same counts, to the last entry."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from deeper_women import DEEPER
from store.postgres_server import running_server
from told_alike import told, told_detail
from women import AS_OF

from connectors.warehouse.address import parse_address
from connectors.warehouse.engines import open_door
from dashboard.roster import Roster
from dashboard.tally import Tally, tally
from warehouse.tables import in_duckdb, in_parquet, in_postgres, odd_roster, opened, roster_of

FILTERS = ({"cohort": ("c1",)}, {"vulnerability": ("widow",), "cohort": ("c2", "unspecified")}, {"track": ("none",)})


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running_server() as server:
        yield server.get_uri()


@pytest.fixture(scope="module")
def odd() -> Roster:
    return odd_roster()


@pytest.fixture
def address(request: pytest.FixtureRequest, odd: Roster, tmp_path: Path) -> str:
    made: dict[str, Callable[[], str]] = {
        "duckdb": lambda: in_duckdb(odd, tmp_path),
        "parquet": lambda: in_parquet(odd, tmp_path),
        "postgresql": lambda: in_postgres(odd, request.getfixturevalue("postgres"), "public.odd_women"),
    }
    return made[request.param]()


@pytest.mark.parametrize("address", ["duckdb", "parquet", "postgresql"], indirect=True)
def test_every_entry_is_that_of_pandas(address: str, odd: Roster) -> None:
    held, sheet = tally(opened(address, DEEPER), DEEPER, AS_OF), tally(odd, DEEPER, AS_OF)
    assert told(held.cube) == told(sheet.cube)
    assert held.women > 350
    if address.startswith("parquet"):  # the same engine as DuckDB's own files
        return
    assert told_detail(held.more()) == told_detail(sheet.more())
    for filters in FILTERS:
        one, other = held.where(filters), sheet.where(filters)
        assert _told(one) == _told(other)
    assert held.where(FILTERS[0]).women > 50


def _told(found: Tally) -> object:
    counts = {name: found.count(name) for name in found.cube.columns}
    facts = {name: found.fact(name) for name in found.more().columns}
    spells = sorted(zip(found.times.day.tolist(), found.times.event.tolist(), found.times.n.tolist(), strict=True))
    return found.women, counts, facts, spells, found.waiting


def test_nobody_is_counted_as_nobody(tmp_path: Path, odd: Roster) -> None:
    empty = roster_of(odd.frame[:0])
    held = opened(in_duckdb(empty, tmp_path), DEEPER)
    assert held.rows == 0
    assert held.engine is not None
    assert held.engine.first_start is None
    assert tally(held, DEEPER, AS_OF).women == 0


def test_a_table_on_a_server_tells_its_changes(postgres: str, odd: Roster) -> None:
    door = open_door(parse_address(in_postgres(odd, postgres, "public.changing")))
    before = door.token()
    assert before is not None
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute("UPDATE public.changing SET wage = 1 WHERE woman = 'P-003'")
        server.execute("SELECT pg_stat_force_next_flush()")
        server.execute("SELECT 1")
    assert door.token() != before
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute("CREATE TABLE public.changing_version (version text)")
        server.execute("INSERT INTO public.changing_version VALUES ('night of the 3rd')")
    assert door.token() == "night of the 3rd"
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute("UPDATE public.changing SET wage = 2 WHERE woman = 'P-003'")
    assert door.token() == "night of the 3rd", "whoever fills it says when it is done"


def test_no_connection_stays_open(postgres: str, odd: Roster) -> None:
    held = opened(in_postgres(odd, postgres, "public.leaving"), DEEPER)
    held.counted(lambda native, programme, day: native.count().to_pyarrow(), DEEPER, AS_OF)
    with psycopg.connect(postgres, autocommit=True) as server:
        found = server.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'").fetchone()
    assert found == (1,)


def test_what_was_counted_is_not_counted_again(tmp_path: Path, odd: Roster) -> None:
    held, made = opened(in_duckdb(odd, tmp_path), DEEPER), []

    def how(native: object, *_: object) -> int:
        made.append(native)
        return len(made)

    assert [held.counted(how, DEEPER, AS_OF) for _ in range(3)] == [1, 1, 1]
    assert held.counted(how, DEEPER, AS_OF.replace(day=1)) == 2


def test_pages_are_bounded(tmp_path: Path, odd: Roster) -> None:
    held = opened(in_duckdb(odd, tmp_path), DEEPER).engine
    assert held is not None
    frame = odd.frame[odd.frame["vulnerability"].fillna("").str.contains("widow")]
    expected = frame.sort_values(["start_date", "woman"], na_position="last")["woman"].tolist()
    found = [held.page({"vulnerability": ("widow",)}, "start_date", 60, offset) for offset in (0, 60, 120)]
    assert [place.woman for page in found for place in page] == expected[:180]
    assert found[0][0].sheet == "S"
    assert held.page({"cohort": ("nobody's",)}, "woman", 5, 0) == []
    for wrong in (("woman", 501, 0), ("woman", 0, 0), ("woman", 5, 10_001), ("phone", 5, 0)):
        with pytest.raises(ValueError, match="no such page"):
            held.page({}, *wrong)
