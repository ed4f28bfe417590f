"""Twenty-four hours in seconds: staff edit, things fail, a leader dies. In the end history is what the script did."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from connectors.base import SourceError
from connectors.feed import Feed, FeedKey, OpenFeed
from connectors.refresher import Refresher
from connectors.store import StoreError
from connectors.store.opening import SharedStore
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import RawColumn, RawSheet, RawTable, Roster, SourceInfo

BEGIN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
STEP = timedelta(minutes=4)
KEY = FeedKey("eclat", "google_sheets:day")
FIRST_DAY = (date(2026, 6, 1) - date(1899, 12, 30)).days
Women = dict[str, int | None]  # code -> serial day of hiring


@dataclass
class Sheet:
    """The spreadsheet, as staff see it; `version` is what Drive says of it."""

    women: Women
    now: datetime = BEGIN
    version: int = 1
    error: SourceError | None = None
    pulls: int = 0

    def change_token(self) -> str:
        if self.error is not None:
            raise self.error
        return str(self.version)

    def rest(self, *, asked: bool) -> float:
        return 0.0

    def fetch(self) -> RawTable:
        self.pulls += 1
        if self.error is not None:
            raise self.error
        columns = (
            RawColumn("key", "Code", "A", list(self.women)),
            RawColumn("start_date", "Entrée", "B", [46_000] * len(self.women)),
            RawColumn("first_work_date", "Emploi", "C", list(self.women.values())),
        )
        return RawTable(SourceInfo("google_sheets", "day", self.now), (RawSheet("S", 1, 2, columns),))


class Away:
    """A feed's history that cannot be reached while it is `away`."""

    def __init__(self, kept: Any, life: "Life") -> None:
        self._kept, self._life = kept, life

    def __getattr__(self, name: str) -> Any:
        if self._life.store_is_away:
            raise StoreError("store_unreachable", place="here", kind="test")
        return getattr(self._kept, name)


class Life:
    """Two processes, the sheet, and what history has to be in the end."""

    def __init__(self, url: str, programme: Programme) -> None:
        self.url, self.programme = url, programme
        self.random = random.Random(20_261_123)
        self.sheet = Sheet({f"P-{number:03d}": None for number in range(40)})
        self.store_is_away = False
        self.expected = [dict(self.sheet.women)]
        self.noted: list[tuple[datetime, int]] = []  # moments, and how many states had been recorded by then
        self.caught_up = BEGIN  # before that a moment happens twice
        self.stores: list[SharedStore] = []
        self.processes = [self.process(), self.process()]

    def process(self) -> Refresher:
        store = SharedStore(self.url)
        self.stores.append(store)

        def opened(key: FeedKey) -> OpenFeed:
            found = store.feed(key)
            return replace(found, kept=Away(found.kept, self))

        feed = Feed(self.sheet, self.read, KEY)
        return Refresher(feed, opened, STEP.total_seconds(), lambda: self.sheet.now, by_hand=True)

    def read(self, raw: RawTable) -> Roster:
        return read(raw, self.programme, self.sheet.now.date())

    # What staff do

    def edit(self, *, recorded: bool = True) -> None:
        """A woman is hired, is not after all, or joins; `recorded`: history has to show it as a state of its own."""
        code = self.random.choice(list(self.sheet.women))
        if self.random.random() < 0.2:
            code = f"P-{100 + self.sheet.version:03d}"
        before = self.sheet.women.get(code)
        self.sheet.women[code] = None if before else FIRST_DAY + self.sheet.version
        self.changed(recorded)

    def delete(self, share: float, *, recorded: bool = False) -> None:
        kept = list(self.sheet.women)[: round(len(self.sheet.women) * (1 - share))]
        self.sheet.women = {code: self.sheet.women[code] for code in kept}
        self.changed(recorded)

    def changed(self, recorded: bool) -> None:
        self.sheet.version += 1
        if recorded:
            self.expected.append(dict(self.sheet.women))

    # Time

    def pass_time(self, hours: float, happens: Callable[[int], None] = lambda _: None, every: int = 0) -> None:
        """Let time pass; something happens at every so many steps, from the middle of the first."""
        for step in range(round(timedelta(hours=hours) / STEP)):
            if every and step % every == every // 2:
                happens(step)
            self.sheet.now += STEP
            for process in self.processes:
                process.turn()
            if step % 8 == 7 and self.sheet.now > self.caught_up:
                self.noted.append((self.sheet.now, len(self.expected)))

    def kill_the_leader(self) -> None:
        """Nothing is said to anyone: its locks and connections end with it, as the system sees to."""
        leading = [process.current().leader for process in self.processes].index("here")
        del self.processes[leading]
        self.stores.pop(leading).close()
        self.processes.append(self.process())

    def close(self) -> None:
        for store in self.stores:
            store.close()


@pytest.fixture
def life(url: str, programme: Programme) -> Iterator[Life]:
    life = Life(url, programme)
    yield life
    life.close()


def hirings(roster: Roster) -> Women:
    """Code -> serial day of hiring; codes come without a pseudonym here, for nothing makes one."""
    days = roster.frame["first_work_date"]
    serial = [None if missing else int(day) + 25_569 for day, missing in zip(days, days.isna(), strict=True)]
    return dict(zip(roster.frame["woman"], serial, strict=True))


def test_after_a_day_history_is_what_the_script_did(life: Life) -> None:
    life.pass_time(3, lambda _: life.edit(), every=8)
    the_network_fails(life)
    the_store_is_away(life)
    rows_vanish_and_are_let_pass(life)
    the_clock_is_set_back(life)
    rows_vanish_and_come_back(life)
    life.kill_the_leader()
    life.pass_time(3, lambda _: life.edit(), every=8)
    life.pass_time(24 - 17.5)  # over midnight nobody edits
    check(life)


def the_network_fails(life: Life) -> None:
    """What was typed meanwhile arrives as one state: Google does not give the past back."""
    life.sheet.error = SourceError("no_network")
    life.pass_time(0.5, lambda _: life.edit(recorded=False), every=5)
    assert {process.current().error.code for process in life.processes} == {"no_network"}  # type: ignore[union-attr]
    life.sheet.error = None
    life.changed(recorded=True)
    life.pass_time(0.5)


def the_store_is_away(life: Life) -> None:
    """Every state is recorded when it is back."""
    number = life.processes[0].current().version
    life.store_is_away = True
    life.pass_time(1, lambda _: life.edit(), every=7)
    assert [process.current().version for process in life.processes] == [number] * 2
    life.store_is_away = False
    life.pass_time(1)


def rows_vanish_and_are_let_pass(life: Life) -> None:
    number = life.processes[0].current().version
    life.delete(0.6)
    life.pass_time(1, lambda _: life.edit(recorded=False), every=29)
    asking = next(process for process in life.processes if process.current().leader == "elsewhere")
    held = asking.current().held
    assert held is not None and asking.current().version == number
    asking.accept(held.content_hash, by="manager")
    life.expected.append(dict(life.sheet.women))
    life.pass_time(1, lambda _: life.edit(), every=10)


def the_clock_is_set_back(life: Life) -> None:
    """What is recorded until the clock has caught up counts as recorded at the last moment before."""
    life.caught_up = life.sheet.now
    life.sheet.now -= timedelta(hours=2)
    life.noted = [(moment, number) for moment, number in life.noted if moment < life.sheet.now]
    life.pass_time(3, lambda _: life.edit(), every=9)


def rows_vanish_and_come_back(life: Life) -> None:
    before = dict(life.sheet.women)
    life.delete(0.5)
    life.pass_time(0.5)
    assert all(process.current().held for process in life.processes)
    life.sheet.women = before
    life.changed(recorded=False)
    life.pass_time(0.5)
    assert not any(process.current().held for process in life.processes)


def check(life: Life) -> None:
    """The past, rebuilt by a process that has seen nothing of it."""
    kept = life.stores[-1].open().feed(KEY.programme, KEY.source)
    versions = kept.versions()
    assert [version.number for version in versions] == list(range(1, len(life.expected) + 1))
    assert [hirings(kept.roster(version.number)) for version in versions] == life.expected
    moments = [version.recorded_at for version in versions]
    assert moments == sorted(moments)
    assert len(life.noted) > 15
    known = [version and version.number for version in (kept.known_on(moment) for moment, _ in life.noted)]
    assert known == [number for _, number in life.noted]
    shown = {(process.current().version, process.current().error) for process in life.processes}
    assert shown == {(len(life.expected), None)}
