"""What a process still holds, run in a process of its own: `python memory.py <address> <key file> <programme> <parts>`.

Pulls the spreadsheet and prints as JSON what was read and which objects still hold the canary, without waiting for the
garbage collector. The spreadsheet lives in the tests' process, so whatever is found here was kept by the dashboard.
"""

import gc
import io
import json
import logging
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from fake_store import KEY, FakeStore

from connectors.base import SourceError
from connectors.feed import Feed
from connectors.following_head import Snapshot
from connectors.google_sheets import GoogleSheets
from connectors.refresher import Refresher
from dashboard.programme import load_programme
from dashboard.reading import read


def needle() -> str:
    """The canary, spelled so that neither this file nor its constants hold it."""
    return "".join(("C", "-", "NAME"))


def held() -> Iterator[Any]:
    """Everything that the garbage collector can reach, untracked containers, texts and bytes included."""
    seen: set[int] = set()
    waiting = gc.get_objects()
    while waiting:
        thing = waiting.pop()
        if id(thing) not in seen:
            seen.add(id(thing))
            yield thing
            waiting += [inner for inner in gc.get_referents(thing) if id(inner) not in seen]


def holds(thing: object, canary: str) -> bool:
    if isinstance(thing, str):
        return canary in thing and thing is not canary
    if isinstance(thing, io.BytesIO):
        thing = thing.getvalue()
    return isinstance(thing, bytes | bytearray) and canary.encode() in bytes(thing)


def main(address: str, key_file: str, programme_file: str, parts: str) -> None:
    log = io.StringIO()
    logging.basicConfig(level=logging.DEBUG, stream=log)
    programme = load_programme(Path(programme_file))
    sheet = programme.sheet.model_copy(update={"key": tuple(parts.split("+"))})
    programme = programme.model_copy(update={"sheet": sheet})
    source = GoogleSheets(address, programme, b"a secret of the tests only", Path(key_file), sleep=lambda _: None)
    feed = Feed(source, lambda raw: read(raw, programme, date(2026, 11, 23)), KEY)
    refresher = Refresher(feed, FakeStore().open, 15, source._now, by_hand=True)
    refresher.turn()
    snapshot: Snapshot = refresher.current()
    try:
        table: object = source.fetch()
    except SourceError as error:
        table = error
    canary = needle()
    found = [type(thing).__name__ for thing in held() if holds(thing, canary)]
    seen = repr((table, snapshot, snapshot.error)) + log.getvalue()
    answer = {
        "held": found,
        "shown": seen.count(canary),
        "logged": len(log.getvalue()),
        "women": 0 if snapshot.roster is None else snapshot.roster.reconciliation.used,
        "error": snapshot.error.code if snapshot.error else None,
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
