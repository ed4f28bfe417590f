"""A table kept in view: looked at when its token changes, shown once it is counted, kept on show when it fails."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from deeper_women import DEEPER

from connectors.warehouse import following
from connectors.warehouse.following import WarehouseFollower
from connectors.warehouse.held import held_roster
from dashboard.history import HistoryError
from dashboard.roster import Roster
from warehouse.tables import AT, in_duckdb, odd_roster, roster_of


class Clock:
    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def odd() -> Roster:
    return odd_roster()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often a table was opened to be looked at; what is counted of it is tested elsewhere."""
    made: list[int] = []
    look = held_roster

    def counted(*given: object) -> Roster:
        made.append(1)
        return look(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(following, "held_roster", counted)
    monkeypatch.setattr(following, "counted", lambda *_: None)
    return made


def follower(address: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> WarehouseFollower:
    """One that is turned by hand."""
    monkeypatch.setattr(WarehouseFollower, "start", lambda _: None)
    return WarehouseFollower(address, DEEPER, 15, clock)


def test_a_table_is_looked_at_when_it_changes(
    odd: Roster, tmp_path: Path, clock: Clock, looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = in_duckdb(odd, tmp_path)
    one = follower(address, clock, monkeypatch)
    assert one.current(0).roster is None
    one.turn()
    first = one.current(0)
    assert (first.version, first.roster and first.roster.rows, first.progress) == (1, 400, "done")
    clock.now += timedelta(hours=3)
    one.turn()
    assert len(looks) == 1
    assert one.current(0).fetched_at == clock.now
    in_duckdb(roster_of(odd.frame[:300]), tmp_path, "next.duckdb")
    (tmp_path / "next.duckdb").replace(tmp_path / "women.duckdb")
    one.turn()
    second = one.current(0)
    assert (second.version, second.roster and second.roster.rows) == (2, 300)
    assert second.edition != first.edition
    assert len(looks) == 2


def test_the_edition_is_the_same_in_every_process(
    odd: Roster, tmp_path: Path, clock: Clock, looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = in_duckdb(odd, tmp_path)
    both = [follower(address, clock, monkeypatch) for _ in range(2)]
    for one in both:
        one.turn()
    assert both[0].current(0).edition == both[1].current(0).edition != ""


def test_the_last_good_state_stays(
    odd: Roster,
    tmp_path: Path,
    clock: Clock,
    looks: list[int],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    one = follower(in_duckdb(odd, tmp_path), clock, monkeypatch)
    one.turn()
    before = one.current(0)
    (tmp_path / "women.duckdb").rename(tmp_path / "away.duckdb")
    clock.now += timedelta(minutes=5)
    with caplog.at_level(logging.WARNING):
        one.turn()
    now = one.current(0)
    assert now.error is not None
    assert now.error.code == "warehouse_no_file"
    assert (now.roster, now.fetched_at) == (before.roster, before.fetched_at)
    (tmp_path / "away.duckdb").rename(tmp_path / "women.duckdb")
    one.turn()
    assert one.current(0).error is None


def test_asking_looks_again_whatever_the_token_says(
    odd: Roster, tmp_path: Path, clock: Clock, looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = follower(in_duckdb(odd, tmp_path), clock, monkeypatch)
    one.turn()
    assert one.refresh_now(0).progress == "reading"
    one.turn()
    assert one.current(0).progress == "done"
    assert len(looks) == 2
    one.use(DEEPER.model_copy(update={"id": "other"}))
    one.turn()
    assert len(looks) == 3
    assert one.key.programme == "other"


def test_it_has_no_history(odd: Roster, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    one = follower(in_duckdb(odd, tmp_path), clock, monkeypatch)
    with pytest.raises(HistoryError):
        _ = one.history


def test_it_follows_in_a_thread_and_stops(odd: Roster, tmp_path: Path, clock: Clock, looks: list[int]) -> None:
    one = WarehouseFollower(in_duckdb(odd, tmp_path), DEEPER, 15, clock)
    try:
        assert one.current(60).version == 1
        assert one.refresh_now(60).progress == "done"
        assert len(looks) == 2
    finally:
        one.stop(60)
