"""Values, placements and documents as text and bytes, and back."""

import json
from dataclasses import replace
from datetime import date
from itertools import chain

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.store.documents import account_from, account_text, findings_from, findings_text, gids_from, notes_from
from connectors.store.encoding import LAYOUT, Decoder, _written, differing, encoded, positions_of, whole
from connectors.store.placement import Placement, packed, unpacked
from dashboard.roster import DatedNote
from store.histories import finding, roster, row

ROWS = [row("a", 2, wage=0.1, start_date=-3, cohort='الفوج "3", أ\\\n\ud800\0'), row("b", 3)]


def texts(rows: list[dict[str, object]]) -> list[str]:
    return list(chain.from_iterable(part for _, part in encoded(roster(rows).frame)))


def test_values_are_told_in_the_order_of_the_layout() -> None:
    first, second = (json.loads(text) for text in texts(ROWS))
    assert dict(zip(LAYOUT, first, strict=True))["cohort"] == ROWS[0]["cohort"]
    assert [value for value in first if value is not None] == [ROWS[0]["cohort"], -3, 0.1]
    assert second == [None] * len(LAYOUT)


def test_any_value_comes_back_with_its_type() -> None:
    decoder = Decoder()
    decoder.add(texts(ROWS)[:1])
    decoder.add(texts(ROWS)[1:])
    frame = roster(ROWS).frame
    for name, column in decoder.columns().items():
        pd.testing.assert_series_equal(column, frame[name], check_names=False)


def test_a_dimension_without_a_value_is_not_an_unspecified_one() -> None:
    frame = roster(ROWS).frame.copy()
    frame.loc[1, "track"] = pd.NA
    decoder = Decoder()
    decoder.add([text for _, part in encoded(frame) for text in part])
    assert decoder.columns()["track"].tolist() == ["unspecified", pd.NA]


def test_a_field_that_is_not_known_any_more_is_left_out_and_a_new_one_is_missing() -> None:
    decoder = Decoder()
    decoder.add(['[3000.0,"x"]'], ("wage", "gone"))
    columns = decoder.columns()
    assert "gone" not in columns
    assert columns["wage"].tolist() == [3000.0]
    assert columns["status"].isna().all()
    assert columns["cohort"].tolist() == ["unspecified"]


def test_a_frame_lacking_columns_is_filled_up() -> None:
    frame = whole(pd.DataFrame({"woman": ["a"]}))
    assert frame.columns.tolist() == roster(ROWS).frame.columns.tolist()
    assert whole(frame) is frame


def test_which_rows_differ_and_where_they_were() -> None:
    old = roster([row("a", 2, wage=1.0), row("b", 3), row("c", 4, status="lost")]).frame
    new = roster([row("c", 2, status="lost"), row("d", 3), row("b", 4, wage=1.0), row("a", 5)]).frame
    before = positions_of(new["woman"], old["woman"])
    assert before.tolist() == [2, -1, 1, 0]
    assert differing(old, before, new).tolist() == [False, True, True, True]


def placement(persons: list[int], rows: list[int] | None = None) -> Placement:
    size = len(persons)
    places = np.arange(2, size + 2) if rows is None else np.array(rows)
    return Placement(np.array(persons, dtype=np.int64), np.zeros(size, dtype=np.int64), places, ("S",))


def listed(one: Placement) -> list[list[int]]:
    return [one.persons.tolist(), one.sheets.tolist(), one.rows.tolist()]


@given(st.lists(st.integers(1, 60), unique=True, max_size=60), st.lists(st.integers(1, 60), unique=True, max_size=60))
def test_any_placement_comes_back_from_any_base(was: list[int], now: list[int]) -> None:
    base, new = placement(was), placement(now)
    body, leans = packed(new, base)
    assert listed(unpacked(body, base if leans else None)) == listed(new)


def test_moved_rows_are_told_in_runs() -> None:
    base = placement(list(range(1, 10_001)))
    new = placement([10_001, *range(1, 5_000), *range(5_001, 10_001)])
    body, leans = packed(new, base)
    assert leans
    assert len(body) < 300
    assert listed(unpacked(body, base)) == listed(new)
    with pytest.raises(ValueError, match="base"):
        unpacked(body)


def test_a_shuffled_sheet_is_told_whole() -> None:
    base = placement(list(range(1, 101)))
    _, leans = packed(placement(np.random.default_rng(1).permutation(np.arange(1, 101)).tolist()), base)
    assert not leans


def test_a_placement_is_known_by_what_it_says() -> None:
    assert placement([1, 2]).hash == placement([1, 2]).hash
    assert placement([1, 2]).hash != placement([2, 1]).hash
    assert placement([1, 2]).hash != placement([1, 2], [2, 4]).hash


def test_findings_of_every_shape_come_back() -> None:
    told = (
        finding(7),
        finding(3, params=(("other", "'ورقة'!B2"), ("count", 2))),
        finding(None, "blank_rows", params=(("count", 1),)),
        finding(9),
    )
    assert findings_from(findings_text(told)) == told
    assert findings_from(findings_text(())) == ()


def test_findings_further_down_change_a_text_in_one_place() -> None:
    one, other = (json.loads(findings_text([finding(place + by) for place in (5, 9, 30)])) for by in (0, 1))
    assert [a == b for a, b in zip(one["steps"], other["steps"], strict=True)] == [False, True, True]


def test_the_account_comes_back() -> None:
    read = roster(ROWS, unread=("الاسم",))
    assert account_from(account_text(read)) == (read.reconciliation, read.fields, read.unread)


def test_notes_and_ids_of_worksheets_come_back_and_older_accounts_have_none() -> None:
    read = roster(ROWS)
    noted = replace(read, notes=(DatedNote(date(2026, 3, 5), "Forum «أ»"),), gids={"S": 7})
    assert (notes_from(account_text(noted)), gids_from(account_text(noted))) == (noted.notes, {"S": 7})
    older = account_text(replace(read, notes=(), gids={}))
    assert "notes" not in older
    assert (notes_from(older), gids_from(older)) == ((), {})


@given(st.lists(st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False))))
def test_numbers_written_at_once_are_written_as_they_were_one_by_one(values: list[float]) -> None:
    assert _written(values, are_texts=False) == [json.dumps(value) for value in values]
