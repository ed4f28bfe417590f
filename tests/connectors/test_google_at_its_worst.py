"""Google at its worst, fault by fault, over real HTTP: each ends in time, keeps the last good roster, and is put in
words that say what happened and what to do; when it is over, the roster is fresh again without anyone's help.

The list is that of the issue. Faults in themselves, with their retries, are in test_google_faults; a sheet that is
edited while it is read is in test_google_edited.
"""

import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from desks import DEADLINE, MENDED, Desk
from rosters import CANARIES, HEADER, TITLE, WOMEN, woman
from sheets_server import EMAIL, Request

from connectors.following_head import Snapshot
from dashboard.programme import LANGUAGES, Programme
from dashboard.text import Text


@dataclass(frozen=True)
class Worst:
    """A fault of the list, the code it is told by, and what ends it."""

    name: str
    strike: Callable[[Desk], object]
    code: str
    says: str  # a part of the French sentence that names the place or the next step
    mend: Callable[[Desk], object] = lambda desk: desk.server.mend()


def failing(fault: str, on: str = "values", status: int = 500, **more: str) -> Callable[[Desk], object]:
    return lambda desk: desk.server.fail_next(fault, on=on, times=99, status=status, **more)  # type: ignore[arg-type]


def signing_in(fault: str) -> Callable[[Desk], object]:
    def strike(desk: Desk) -> None:
        desk.forget_connections()
        desk.server.fail_next(fault, on="token", times=99)  # type: ignore[arg-type]

    return strike


def unshare(desk: Desk) -> None:
    desk.server.shared = False


def share(desk: Desk) -> None:
    desk.server.shared = True


def delete(desk: Desk) -> None:
    desk.server.put("ملاحظات", [["x"]])
    desk.server.delete(TITLE)


def rename(desk: Desk) -> None:
    """Beside a worksheet that could be taken for it; alone it would be known by its id."""
    desk.server.put("فوج 9", [HEADER, woman("P-900")])
    desk.server.rename(TITLE, "قديم")


def put_back(desk: Desk) -> None:
    desk.server.rename("قديم", TITLE)


def insert_for_ever(desk: Desk) -> None:
    def insert(request: Request) -> None:
        if len(request.ranges) == 3:
            desk.server.insert_column("A", [None, None, None, "البريد"])

    desk.server.before = insert


def stop_inserting(desk: Desk) -> None:
    desk.server.before = lambda _request: None
    desk.server.put(TITLE, [HEADER, *WOMEN])


def _unknown(*_: object, **__: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


NO_NAMES = patch.object(socket, "getaddrinfo", _unknown)


def unplug(desk: Desk) -> None:
    desk.forget_connections()
    NO_NAMES.start()


def plug_in(_: Desk) -> None:
    NO_NAMES.stop()


LIST = [
    Worst("401", failing("status", status=401), "credentials_revoked", "clé"),
    Worst("403", unshare, "not_shared", EMAIL, share),
    Worst("404", failing("status", status=404), "not_found", "docs.google.com"),
    Worst("429 without Retry-After", failing("status", status=429), "quota", "rien à faire"),
    Worst("429 with Retry-After", failing("status", status=429, retry_after="9"), "quota", "rien à faire"),
    Worst("500", failing("status", status=500), "google_down", "rien à faire"),
    Worst("503", failing("status", status=503), "google_down", "rien à faire"),
    Worst("HTML body", failing("html"), "not_google", "navigateur"),
    Worst("HTML body with 403", failing("html_status", status=403), "not_google", "navigateur"),
    Worst("truncated body", failing("truncated"), "connection_lost", "réseau"),
    Worst("half a JSON", failing("cut_json"), "connection_lost", "réseau"),
    Worst("slow body", failing("drip"), "timeout", "tentative"),
    Worst("slow headers", failing("drip_headers"), "timeout", "tentative"),
    Worst("reset", failing("reset"), "connection_lost", "réseau"),
    Worst("hang", failing("hang"), "timeout", "tentative"),
    Worst("hang before the pull", failing("hang", on="drive"), "timeout", "tentative"),
    Worst("DNS failure", unplug, "no_network", "connexion", plug_in),
    Worst("expired credentials", signing_in("expired"), "credentials_revoked", "clé"),
    Worst("revoked credentials", signing_in("revoked"), "credentials_revoked", "clé"),
    Worst("clock skew", signing_in("skewed"), "clock_wrong", "horloge"),
    Worst("renamed worksheet", rename, "worksheet_missing", TITLE, put_back),
    Worst("inserted columns without end", insert_for_ever, "headers_moved", "colonnes", stop_inserting),
]


@pytest.mark.parametrize("worst", LIST, ids=lambda worst: worst.name)
def test_a_fault_ends_in_time_keeps_the_roster_and_is_put_in_words(desk: Desk, worst: Worst) -> None:
    good = desk.refresher.current()
    worst.strike(desk)
    desk.server.set_cell(f"'{desk.server.metadata()['sheets'][0]['properties']['title']}'!H7", MENDED)
    began = time.monotonic()
    failed = desk.pull()
    # A question and a pull, each with its deadline, and the machine's own time.
    assert time.monotonic() - began < 2 * DEADLINE + 3
    assert (failed.error and failed.error.code) == worst.code
    assert failed.roster is good.roster
    assert (failed.version, failed.fetched_at) == (good.version, good.fetched_at)
    check_words(failed, worst.says)
    worst.mend(desk)
    mended = desk.pull()
    assert mended.error is None
    assert mended.fetched_at == desk.now


def check_words(failed: Snapshot, says: str) -> None:
    """What happened and what to do, in three languages, without a value of the roster."""
    assert failed.error is not None
    params = {name: str(value) for name, value in failed.error.params.items()}
    sentences = {lang: Text(lang)(f"error.{failed.error.code}", **params) for lang in LANGUAGES}
    assert len(set(sentences.values())) == len(LANGUAGES)
    for sentence in sentences.values():
        assert "{" not in sentence
        assert len(re.findall(r"[.:؛;،,](?:\s|$)", sentence)) >= 2, sentence
        assert not any(canary in sentence for canary in CANARIES)
    assert says.casefold() in sentences["fr"].casefold()


def test_the_list_is_whole() -> None:
    """Every fault that the issue names is above, or has a test of its own below because it is none for the reader."""
    wanted = ["401", "403", "404", "429 with ", "429 without", "500", "503", "HTML", "truncated", "slow", "reset",
              "hang", "DNS", "expired", "revoked", "clock skew", "renamed", "inserted columns"]  # fmt: skip
    assert not [word for word in wanted if not any(word in worst.name for worst in LIST)]


def test_a_deleted_worksheet_is_told_until_the_dashboard_is_restarted(desk: Desk, programme: Programme) -> None:
    good = desk.refresher.current()
    delete(desk)
    failed = desk.pull()
    assert failed.error is not None
    assert (failed.error.code, failed.error.params) == ("worksheet_missing", {"worksheet": TITLE})
    assert failed.roster is good.roster
    check_words(failed, TITLE)
    again = desk.pull()
    assert (again.error and again.error.code) == "worksheet_missing"


def test_an_expired_token_is_renewed_without_anyone_noticing(desk: Desk) -> None:
    desk.server.token = "the next hour's"
    desk.server.set_cell(f"'{TITLE}'!H7", MENDED)
    snapshot = desk.pull()
    assert (snapshot.error, snapshot.version) == (None, 2)
    assert len(desk.server.requests("token")) == 2
