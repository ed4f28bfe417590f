"""One host, run in a process of its own: `python host.py <store's address> <spreadsheet> <key file> <data folder>`.

Says, for every change, the version that it shows and who reads the sheet for it.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from connectors.choose import open_source
from connectors.feed import Feed, FeedKey
from connectors.refresher import Refresher
from connectors.settings import ROOT
from connectors.store.opening import SharedStore
from dashboard.programme import load_programme
from dashboard.reading import read


def main(url: str, address: str, key_file: str, folder: str) -> None:
    """Show the roster for ever."""
    programme, today = load_programme(ROOT / "programme.toml"), datetime.now(UTC).date()
    Path(folder).mkdir()
    source = open_source(address, programme, b"s" * 32, Path(key_file), lambda: today, Path(folder))
    feed = Feed(source, lambda raw: read(raw, programme, today), FeedKey("eclat", "two hosts"))
    refresher = Refresher(feed, SharedStore(url).feed, 0.5, lambda: datetime.now(UTC), poll=0.1)
    said = ""
    while True:
        shown = refresher.current()
        line = f"{shown.version} {shown.leader}\n"
        if shown.version and line != said:
            sys.stdout.write(line)
            sys.stdout.flush()
        said = line
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
