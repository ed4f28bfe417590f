"""The store is opened when it is first needed, once for all threads, and tried again after a while."""

from pathlib import Path

import pytest

from connectors.feed import FeedKey
from connectors.store import StoreError
from connectors.store.opening import AGAIN_SECONDS, SharedStore

KEY = FeedKey("eclat", "demo")


def test_nothing_is_made_before_it_is_asked_for(tmp_path: Path) -> None:
    SharedStore(f"sqlite:///{tmp_path / 'history.sqlite3'}").close()
    assert list(tmp_path.iterdir()) == []


def test_all_who_ask_get_the_same_feed_and_it_can_be_opened_again(tmp_path: Path) -> None:
    shared = SharedStore(f"sqlite:///{tmp_path / 'history.sqlite3'}")
    opened = shared.feed(KEY)
    assert opened is shared.feed(KEY)
    assert opened.kept is not shared.feed(FeedKey("eclat", "file:other.csv")).kept
    assert opened.lease.take()
    shared.close()
    assert not opened.lease.holds()
    assert shared.feed(KEY).lease.take()
    shared.close()


def test_a_store_that_cannot_be_opened_is_tried_again_after_a_while(tmp_path: Path) -> None:
    now, file = [0.0], tmp_path / "history.sqlite3"
    file.write_bytes(b"")
    shared = SharedStore(f"sqlite:///{file}", lambda: now[0])
    for _ in range(2):
        with pytest.raises(StoreError, match="store_corrupt"):
            shared.feed(KEY)
        file.unlink(missing_ok=True)  # mended, but that is not looked at before the time
    now[0] = AGAIN_SECONDS
    assert shared.feed(KEY).kept.head().version is None
    shared.close()
