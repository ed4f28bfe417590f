"""The hash of a table stands for all that was read, and for nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from refreshing import START, table

from connectors.content import content_hash
from dashboard.roster import RawTable

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
