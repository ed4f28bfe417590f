"""A release as a document: exact round trip, check code, what is hidden and why."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from release_counts_by_hand import by_hand, released

from dashboard.release import Cell, Release, check_code, from_json, to_json, verifies

KEY = b"a key of the store"


def some_release() -> Release:
    return released(by_hand({"started": 45, "closed": 45, "inserted": 44, "completed": 45}))[0]


names = st.text("abcdefghijklmnopqrstuvwxyz:/_0123456789", min_size=1, max_size=20)
number = st.none() | st.integers(0, 10**6)
some_cell = st.builds(Cell, id=names, value=number, low=number, high=number, of=number, since=number)


@settings(max_examples=60)
@given(st.lists(some_cell, max_size=8), st.dictionaries(st.sampled_from(["ar", "fr", "en"]), st.text(max_size=40)))
def test_any_release_comes_back_as_it_was(cells: list[Cell], note: dict[str, str]) -> None:
    one = some_release().model_copy(update={"cells": tuple(cells), "note": note})
    assert from_json(to_json(one)) == one
    assert to_json(from_json(to_json(one))) == to_json(one)


def test_a_release_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        some_release().number = 2  # type: ignore[misc]


def test_a_document_with_a_key_nobody_knows_is_none() -> None:
    tree = json.loads(to_json(some_release())) | {"women": ["P-014"]}
    with pytest.raises(ValidationError):
        from_json(json.dumps(tree))


def test_a_code_verifies_its_document_as_people_type_it() -> None:
    document = to_json(some_release())
    code = check_code(document, KEY)
    assert len(code) == 9
    assert code[4] == "-"
    assert verifies(document, code, KEY)
    assert verifies(document, code.lower().replace("-", " ").replace("0", "o").replace("1", "l"), KEY)


def test_a_code_fits_no_other_document_and_no_other_key() -> None:
    document = to_json(some_release())
    code = check_code(document, KEY)
    assert not verifies(document.replace('"value":45', '"value":46', 1), code, KEY)
    assert not verifies(document, code, b"another key")
    assert not verifies(document, "", KEY)
    assert not verifies(document, "é", KEY)


def test_a_code_needs_a_key() -> None:
    with pytest.raises(ValueError, match="key"):
        check_code("{}", b"")


def test_a_known_code() -> None:
    """HMAC-SHA-256 of RFC 4231, test case 2, begins 5bdcc146bf: 01011 01111 01110 01100 00010 10001 10101 11111."""
    assert check_code("what do ya want for nothing?", b"Jefe") == "BFEC-2HNZ"


def test_hidden_cells_carry_their_reason() -> None:
    one = released(by_hand({"started": 3}))[0]
    assert [(cell.id, cell.reason) for cell in one.hidden] == [("all/started", "too_few")]


def test_an_exact_rate_has_its_interval() -> None:
    """Wilson of 15/148: .0624 to .1605 (field reference 1.4)."""
    rate = released(by_hand({"closed": 148, "inserted": 15}))[0].rate("all", "insertion_90")
    assert rate.interval is not None
    assert rate.interval == pytest.approx((0.0624, 0.1605), abs=5e-5)
