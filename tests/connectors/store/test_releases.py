"""Releases are kept for ever, numbered without gaps, and read back exactly; links are found by the hash of a token."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hand_made_release import AT, KEY, hand_made, stored

from connectors.store import Store, StoreError, open_store
from connectors.store.releases import ReleaseStore
from dashboard.publishing import NewLink
from dashboard.release import verifies

FIRST = stored(hand_made(1))


def test_a_release_comes_back_as_it_was_and_is_audited(store: Store) -> None:
    shelf = store.releases("eclat")
    assert (shelf.get(), shelf.count(), list(shelf.all())) == (None, 0, [])
    shelf.publish(FIRST)
    found = shelf.get()
    assert found == FIRST and shelf.get(1) == FIRST and shelf.by_code(FIRST.code) == FIRST
    assert found.release() == hand_made(1) and verifies(found.document, found.code, KEY)
    assert shelf.by_code("0000-0000") is None and shelf.get(2) is None
    note = store.audits(1)[0]
    assert (note.by, note.action, note.detail) == (FIRST.by, "publish", {"number": 1, "code": FIRST.code})
    assert store.releases("other").count() == 0


@pytest.mark.parametrize("number", [1, 3, 0, -1])
def test_no_number_is_left_out_or_taken_twice(store: Store, number: int) -> None:
    shelf = store.releases("eclat")
    shelf.publish(FIRST)
    with pytest.raises(StoreError, match="release_overtaken"):
        shelf.publish(replace(FIRST, number=number, document="{}"))
    assert list(shelf.all()) == [FIRST]
    shelf.publish(replace(FIRST, number=2))
    assert [one.number for one in shelf.all()] == [1, 2]


def test_of_several_who_publish_at_once_one_is_first(store: Store) -> None:
    together, refused = Barrier(4), []

    def publish() -> None:
        together.wait()
        try:
            store.releases("eclat").publish(FIRST)
        except StoreError as error:
            refused.append(error.code)

    threads = [Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["release_overtaken"] * 3
    assert store.releases("eclat").count() == 1


def test_there_is_no_way_to_change_a_release() -> None:
    public = {name for name in vars(ReleaseStore) if not name.startswith("_")}
    assert public == {"all", "count", "get", "by_code", "publish"}


def test_a_link_lives_through_its_whole_life(store: Store) -> None:
    links = store.links("eclat")
    made = links.new(NewLink("Fondation, Mme B.", "fr", 3, AT + timedelta(days=9), "argon"), "a" * 64, by="me", at=AT)
    assert (made.id, made.label, made.language, made.shows, made.views) == (1, "Fondation, Mme B.", "fr", 3, 0)
    assert links.by_token("a" * 64) == made == links.find(1)
    assert made.state(AT) == "open" and made.state(AT + timedelta(days=9)) == "expired"
    links.seen(1, AT)
    links.seen(1, AT + timedelta(hours=1))
    seen = links.find(1)
    assert seen is not None and (seen.views, seen.last_seen) == (2, AT + timedelta(hours=1))
    assert links.rotate(1, "b" * 64, by="me", at=AT).token_hash == "b" * 64
    assert links.by_token("a" * 64) is None
    assert links.revoke(1, by="you", at=AT).state(AT) == "revoked"
    with pytest.raises(StoreError, match="link_unknown"):
        links.revoke(1, by="me", at=AT)
    with pytest.raises(StoreError, match="link_unknown"):
        links.rotate(1, "c" * 64, by="me", at=AT)
    assert [(note.by, note.action, note.detail) for note in store.audits(3)] == [
        ("you", "link_revoke", {"link": 1}),
        ("me", "link_rotate", {"link": 1}),
        ("me", "link_new", {"link": 1}),
    ]
    assert store.links("other").all() == []


def test_no_two_links_have_one_token(store: Store) -> None:
    links = store.links("eclat")
    links.new(NewLink("one", "ar"), "a" * 64, by="me", at=AT)
    with pytest.raises(StoreError):
        links.new(NewLink("two", "ar"), "a" * 64, by="me", at=AT)
    assert links.new(NewLink("two", "ar"), "b" * 64, by="me", at=AT).id == 2


def test_a_backup_holds_releases_and_links(store: Store, folder: Path) -> None:
    store.releases("eclat").publish(FIRST)
    link = store.links("eclat").new(NewLink("one", "ar"), "a" * 64, by="me", at=AT)
    rows = store.backup(folder / "copy.zip", at=AT)
    assert (rows["release"], rows["link"]) == (1, 1)
    other = open_store(f"sqlite:///{folder / 'other' / 'history.sqlite3'}")
    other.restore(folder / "copy.zip", replace=False, by="me", at=AT)
    assert other.releases("eclat").all() == [FIRST]
    assert other.links("eclat").all() == [link]
    other.close()
