"""A long past: what is known of it is not read twice, and each version is rebuilt from the one before."""

from typing import Any

from sqlalchemy import event

from connectors.store import FeedStore, Store
from store.histories import assert_same, record, roster, row

TWO = [row("a", 2, wage=3000.5, start_date=20_500, cohort="p1"), row("b", 3, status="lost")]


def test_of_many_versions_only_the_new_ones_are_read(feed: FeedStore) -> None:
    made = [record(feed, roster(TWO[: 1 + number % 2]), number) for number in range(4)]
    assert feed.versions() == made
    after: list[Any] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "version.number > " in statement:
            after.append(list(parameters.values() if isinstance(parameters, dict) else parameters)[-1])

    event.listen(feed._database.engine, "before_cursor_execute", note)
    feed.versions().clear()  # type: ignore[attr-defined]
    again = feed.versions()
    event.remove(feed._database.engine, "before_cursor_execute", note)
    assert again == made
    assert after == [4, 4]
    made.append(record(feed, roster(TWO[:1]), 9))
    assert feed.versions() == made


def test_a_walk_through_the_past_rebuilds_every_version_exactly(store: Store, feed: FeedStore) -> None:
    """Each is rebuilt from the one before it, whatever the order in which they are asked for."""
    told = [roster([row(chr(97 + n) * 20, n + 2, wage=float(v)) for n in range(v % 3 + 3)]) for v in range(6)]
    for minute, read in enumerate(told):
        record(feed, read, minute)
    other = store.feed("eclat", "demo")
    for number in (6, 1, 2, 4, 3, 5, 2, 6):
        assert_same(other.roster(number), told[number - 1])
