"""The hash of a table stands for all that was read, and for nothing else."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refreshing import START, table

from connectors.content import content_hash
from dashboard.roster import Cell, RawColumn, RawSheet, RawTable

CHANGES: list[Callable[[RawTable], RawTable]] = [
    lambda raw: replace(raw, unread=("الهاتف",)),
    lambda raw: replace(raw, source=replace(raw.source, locale="en_US")),
    lambda raw: replace(raw, sheets=(replace(raw.sheets[0], title="T"),)),
    lambda raw: replace(raw, sheets=(replace(raw.sheets[0], merges=(("A", 2, 3),)),)),
    lambda raw: replace(raw, sheets=(replace(raw.sheets[0], coloured=("A",)),)),
    lambda raw: replace(raw, sheets=(*raw.sheets, *raw.sheets)),
    lambda _: table(["a", "1"]),
    lambda _: table(["ab", ""]),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_hash_differs_with_anything_read(change: Callable[[RawTable], RawTable]) -> None:
    assert content_hash(change(table(["a", "b"]))) != content_hash(table(["a", "b"]))


def test_the_hash_ignores_when_and_under_what_version_it_was_read() -> None:
    later = table(["a", "b"], START + timedelta(days=1))
    later = replace(later, source=replace(later.source, version="2", label="other"))
    assert content_hash(later) == content_hash(table(["a", "b"]))


@given(st.lists(st.one_of(st.none(), st.booleans(), st.text(max_size=3), st.sampled_from([0, 1, 1.0, -0.0, 2.5]))))
def test_a_table_keeps_the_hash_that_it_had(cells: list[Cell]) -> None:
    """A reading that was held back, or let pass, is still known by it after an upgrade."""
    raw = replace(table([]), sheets=(RawSheet("S", 1, 2, (RawColumn("track", "l'été", "B", cells),), gid=7),))
    digest = hashlib.sha256(repr(((), None)).encode())
    digest.update(repr((("S", 1, 2, 7, ()), 0, ())).encode())
    digest.update(repr(("track", "l'été", "B", cells)).encode())
    assert content_hash(raw) == digest.hexdigest()
