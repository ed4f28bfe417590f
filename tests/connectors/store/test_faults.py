"""Killed, full, read-only, damaged: every version that was told to be recorded is there afterwards, and none is torn.

FAULTS=500 in the environment kills as many times as that on each engine and writes down what came of it.
"""

import multiprocessing
import os
import resource
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import numpy as np
import psutil  # type: ignore[import-untyped]
import pytest
from sqlalchemy import event

from connectors.store import Store, StoreError, open_store
from store.histories import assert_same, record, roster, row
from store.living import live, story
from store.postgres_server import running_server

KILLS = int(os.environ.get("FAULTS", "8"))
NOBODY = 65534
context = multiprocessing.get_context("forkserver")


@pytest.fixture(scope="module", autouse=True)
def quick_births() -> None:
    """Processes are forked from one that has imported everything: it finds the modules by its environment alone."""
    context.set_forkserver_preload(["store.living"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.ensure_running()


@dataclass
class Life:
    """A writing process, and what it has said so far."""

    process: Any
    ear: Connection
    begun: int = 0
    done: int = 0

    def listen(self, until: float = 0.0) -> None:
        """Hear what there is to hear, for so many seconds at least."""
        end = time.monotonic() + until
        with suppress(EOFError, OSError):
            while self.ear.poll(max(0.0, end - time.monotonic())):
                word, number = self.ear.recv()
                assert word in ("begin", "done"), (word, number)
                setattr(self, "begun" if word == "begin" else "done", number)


def born(url: str) -> Life:
    ear, mouth = context.Pipe(duplex=False)
    process = context.Process(target=live, args=(url, mouth), daemon=True)
    process.start()
    mouth.close()
    return Life(process, ear)


def killed(url: str, seconds: float) -> Life:
    """A life that was ended with SIGKILL some time after its first version."""
    life = born(url)
    end = time.monotonic() + 60
    while not life.done and time.monotonic() < end:
        life.listen(0.01)
    life.listen(seconds)
    life.process.kill()
    life.process.join(30)
    life.listen()
    assert life.process.exitcode == -signal.SIGKILL
    return life


def verify(store: Store, life: Life, since: int) -> int:
    """The newest version, after all since another one were compared with what they should say."""
    feed = store.feed("eclat", "kill")
    numbers = [version.number for version in feed.versions()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert life.done <= len(numbers) <= life.begun
    assert len([pull for pull in feed.pulls(99_999) if pull.outcome == "recorded"]) == len(numbers)
    for number in numbers[max(0, since - 1) :]:
        assert_same(feed.roster(number), story(number))
    return len(numbers)


def test_no_kill_tears_or_loses_a_version(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    dice = np.random.default_rng(KILLS)
    newest, amid, unsaid = 0, 0, 0
    for _ in range(KILLS):
        life = killed(url, float(dice.uniform(0, 0.1)))
        store = open_store(url)
        before, newest = newest, verify(store, life, newest)
        amid += life.begun > life.done
        unsaid += newest > life.done
        if KILLS <= 10 or newest // 500 > before // 500:
            assert store.check().faults == ()
        store.close()
    if "FAULTS" in os.environ:
        with capsys.disabled():
            told = f"{KILLS} kills, {amid} amid a write, {unsaid} of those after its commit, {newest} versions, 0 lost"
            sys.stdout.write(f"\n{url.partition(':')[0]}: {told}\n")


@pytest.fixture
def own_server() -> Iterator[Any]:
    with running_server() as server:
        yield server


def test_postgresql_killed_amid_writes_keeps_every_version(own_server: Any) -> None:
    url, newest = own_server.get_uri(), 0
    for seconds in (0.02, 0.07):
        life = born(url)
        while not life.done:
            life.listen(0.01)
        life.listen(seconds)
        kill_server(own_server.get_pid())
        with pytest.raises(AssertionError, match="failed"):  # the writer says that the store went away
            life.listen(20)
        assert life.begun == life.done + 1
        life.process.join(20)
        restart(own_server)
        store = open_store(url)
        newest = verify(store, life, newest)
        assert store.check().faults == ()
        store.close()


def kill_server(pid: int) -> None:
    """End a server and all its processes at once, as a machine does that loses its power."""
    postmaster = psutil.Process(pid)
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, 20)


def restart(server: Any) -> None:
    for _ in range(20):
        with suppress(SubprocessError):
            server.ensure_postgres_running()
            return
        time.sleep(0.2)
    raise AssertionError("the server does not start again")


def test_a_store_goes_on_after_the_server_was_away(own_server: Any) -> None:
    store = open_store(own_server.get_uri())
    feed = store.feed("eclat", "kill")
    record(feed, story(1))
    kill_server(own_server.get_pid())
    with pytest.raises(StoreError) as caught:
        store.ping()
    assert caught.value.code == "store_unreachable"
    assert "postgres:" not in str(caught.value.params)
    restart(own_server)
    store.ping()
    assert record(feed, story(2)).number == 2
    assert_same(feed.roster(1), story(1))
    store.close()


def limit_pages(store: Store, more: int) -> None:
    """Let the file grow by a few pages only, as on a full disk."""

    @event.listens_for(store.database.engine, "connect")
    def limit(connection: Any, _: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + more}")

    store.database.engine.dispose()


def test_a_full_disk_loses_nothing_and_recording_goes_on_when_there_is_room(new_url: Callable[[str], str]) -> None:
    url = new_url("sqlite")
    store = open_store(url)
    feed = store.feed("eclat", "kill")
    record(feed, story(1))
    limit_pages(store, 1)
    many = roster([row(f"w{number}", number + 2, wage=float(number)) for number in range(3000)])
    with pytest.raises(StoreError) as caught:
        record(feed, many, 2)
    assert (caught.value.code, caught.value.params["place"]) == ("store_full", url.removeprefix("sqlite:///"))
    assert_same(feed.roster(1), story(1))
    store.close()
    store = open_store(url)
    feed = store.feed("eclat", "kill")
    assert [version.number for version in feed.versions()] == [1]
    assert record(feed, many, 3).number == 2
    assert store.check().faults == ()
    store.close()


def _write_within(url: str, size: int, told: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    live(url, told)


def test_a_write_that_the_system_cuts_off_is_undone(new_url: Callable[[str], str]) -> None:
    url = new_url("sqlite")
    open_store(url).close()
    ear, mouth = context.Pipe(duplex=False)
    process = context.Process(target=_write_within, args=(url, 300_000, mouth), daemon=True)
    process.start()
    mouth.close()
    said = []
    with suppress(EOFError):
        while ear.poll(60):
            said.append(ear.recv())
    process.join(20)
    assert said[-1][0] == "failed"
    assert said[-1][1] in ("store_disk_failed", "store_full")
    done = [number for word, number in said if word == "done"]
    assert len(done) >= 1
    store = open_store(url)
    feed = store.feed("eclat", "kill")
    assert [version.number for version in feed.versions()] == done
    for number in done:
        assert_same(feed.roster(number), story(number))
    assert store.check().faults == ()
    store.close()


def _write_as_nobody(url: str, told: Connection) -> None:
    if os.geteuid() == 0:  # root may write whatever the rights say
        os.setuid(NOBODY)
    live(url, told)


def test_a_read_only_disk_is_told_and_changes_nothing(new_url: Callable[[str], str], folder: Path) -> None:
    url = new_url("sqlite")
    store = open_store(url)
    record(store.feed("eclat", "kill"), story(1))
    store.close()
    file = Path(url.removeprefix("sqlite:///"))
    content = file.read_bytes()
    folder.chmod(0o755)
    file.chmod(0o444)
    file.parent.chmod(0o555)
    ear, mouth = context.Pipe(duplex=False)
    process = context.Process(target=_write_as_nobody, args=(url, mouth), daemon=True)
    process.start()
    mouth.close()
    assert ear.poll(60)
    word, code = ear.recv()
    process.join(20)
    file.parent.chmod(0o700)
    assert (word, code) in {("failed", "store_read_only"), ("failed", "store_not_opened")}
    assert file.read_bytes() == content


@pytest.mark.parametrize("damage", ["overwritten", "empty", "cut", "missing beside its log"])
def test_a_damaged_file_is_named_and_never_made_anew(new_url: Callable[[str], str], damage: str) -> None:
    url = new_url("sqlite")
    store = open_store(url)
    record(store.feed("eclat", "kill"), story(1))
    store.close()
    file = Path(url.removeprefix("sqlite:///"))
    content = file.read_bytes()
    if damage == "overwritten":
        file.write_bytes(b"P" * len(content))
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "cut":
        file.write_bytes(content[: len(content) // 2])
    else:
        file.rename(file.with_name(f"{file.name}-wal"))
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    with pytest.raises(StoreError) as caught:
        store = open_store(url)
        store.feed("eclat", "kill").roster(1)
    assert (caught.value.code, caught.value.params["place"]) == ("store_corrupt", str(file))
    store.close()
    kept = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    assert {name: kept.get(name) for name in before} == before


def test_one_page_of_nonsense_is_found_by_the_check(new_url: Callable[[str], str]) -> None:
    url = new_url("sqlite")
    store = open_store(url)
    for number in (1, 2, 3):
        record(store.feed("eclat", "kill"), story(number), number)
    store.close()
    file = Path(url.removeprefix("sqlite:///"))
    content = bytearray(file.read_bytes())
    content[-8192:-4096] = b"\x55" * 4096
    file.write_bytes(content)
    store = open_store(url)
    try:
        assert store.check().faults
    except StoreError as error:
        assert error.code == "store_corrupt"
    store.close()


def test_the_file_is_for_its_owner_only(new_url: Callable[[str], str]) -> None:
    url = new_url("sqlite")
    store = open_store(url)
    record(store.feed("eclat", "kill"), story(1))
    file = Path(url.removeprefix("sqlite:///"))
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert file.name in modes
    store.close()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("bad", ["", "sqlite://", "mysql://u@h/d", "nonsense", "sqlite:///"])
def test_an_address_of_no_store_is_refused(bad: str) -> None:
    with pytest.raises(StoreError, match="store_url_invalid"):
        open_store(bad)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://eclat:hidden@127.0.0.1:1/history")
    assert caught.value.code == "store_unreachable"
    assert caught.value.params["place"] == "127.0.0.1/history"
    assert "hidden" not in repr(caught.value)


def test_a_store_of_a_newer_dashboard_is_left_alone(url: str) -> None:
    store = open_store(url)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'r9999'")
    store.close()
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert (caught.value.code, caught.value.params["revision"]) == ("store_newer", "r9999")


def test_two_processes_may_open_an_empty_store_at_once(url: str) -> None:
    lives = [born(url) for _ in range(3)]
    heard = []
    for life in lives:
        assert life.ear.poll(60)
        heard.append(life.ear.recv())
    for life in lives:
        life.process.kill()
        life.process.join(20)
    assert ("begin", 1) in heard
    assert {word for word, _ in heard} == {"begin"}
