"""What a callback is called with, checked where it comes in: a value of another type than any page sends is a 400."""

import functools
import json
from collections.abc import Callable
from typing import Annotated, Any, ParamSpec, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, ValidationError, validate_call
from werkzeug.exceptions import BadRequest

from layouts.places import page_of

P = ParamSpec("P")
R = TypeVar("R")
MOST_DIGITS = 10  # no store counts so far; Python itself raises for thousands of them, SQLite for twenty


def checked(callback: Callable[P, R]) -> Callable[P, R]:
    """A callback that is called with values of its own types only, none converted; anything else is BadRequest."""
    validated = validate_call(config=ConfigDict(strict=True))(callback)

    @functools.wraps(callback)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return validated(*args, **kwargs)
        except ValidationError as error:
            if error.title != callback.__qualname__:  # of something that the callback itself has looked at
                raise
            raise BadRequest from None

    return call


def _page(path: str) -> str:
    page = page_of(path)
    if page is None:
        raise ValueError("no page")
    return page


def _sayable(words: str) -> str:
    words.encode()  # half a surrogate pair is no text: UnicodeEncodeError is a ValueError
    return words


def _sayable_all(value: Any) -> Any:
    json.dumps(value, ensure_ascii=False).encode()
    return value


def number_of(words: str) -> int | None:
    """The number of a review, a release or a link, as an address or a form names it; None for what is none of ours."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) < MOST_DIGITS else None


Words = Annotated[str, Field(max_length=4_000), AfterValidator(_sayable)]
"""A text that a browser may send: a search string, a hash."""
Fields = Annotated[dict[str, Any], AfterValidator(_sayable_all)]
"""What a page's form holds, by name; whoever takes it looks at each."""
Page = Annotated[str, AfterValidator(_page)]
"""The path of one of the pages."""
Count = Annotated[int, Field(ge=0, le=2**53)]
"""How often, or when: a number as JavaScript has it."""
