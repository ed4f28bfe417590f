"""A callback is called with values of its own types, or not at all."""

from typing import Any

import pytest
from pydantic import BaseModel
from werkzeug.exceptions import BadRequest

from callbacks.checked import Count, Page, Words, checked, number_of


@checked
def callback(asked: Words | None, clicks: Count, page: Page, before: dict[str, Any]) -> tuple[Any, ...]:
    return asked, clicks, page, before


def test_what_pages_send_comes_through_as_it_is() -> None:
    assert callback("?lang=fr", 3, "/data/", {"a": 1}) == ("?lang=fr", 3, "/data", {"a": 1})
    assert callback(None, clicks=0, page="/", before={}) == (None, 0, "/", {})


@pytest.mark.parametrize(
    "given",
    [
        (1, 0, "/", {}),
        ("x" * 4_001, 0, "/", {}),
        ("\ud800", 0, "/", {}),
        ("", "3", "/", {}),
        ("", True, "/", {}),
        ("", -1, "/", {}),
        ("", 10**400, "/", {}),
        ("", 1.0, "/", {}),
        ("", 0, "/nothing", {}),
        ("", 0, None, {}),
        ("", 0, "/", []),
        ("", 0, "/"),
    ],
)
def test_anything_else_is_refused(given: tuple[Any, ...]) -> None:
    with pytest.raises(BadRequest):
        callback(*given)


def test_a_fault_of_our_own_is_not_called_the_browsers() -> None:
    class Model(BaseModel):
        number: int

    @checked
    def broken(asked: Words) -> Model:
        return Model.model_validate({"number": asked})

    with pytest.raises(ValueError, match="Model"):
        broken("x")


@pytest.mark.parametrize("words", ["", "-1", "1.0", "²", "٣", " 1", "9" * 10, "9" * 5_000])
def test_what_is_no_number_of_ours_is_none(words: str) -> None:
    assert number_of(words) is None
    assert number_of("12") == 12
