"""What every roster source promises, and how it fails: in a sentence that names the place and the next step."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from dashboard.roster import RawTable


class SourceError(Exception):
    """A roster cannot be had.

    `code` is the key of a sentence ("error.<code>"), `params` fill it; neither carries a participant's value.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class PassingError(SourceError):
    """A fault that may be over in a moment. `retry_after` is what Google asked for, in seconds."""

    def __init__(self, code: str, retry_after: float | None = None, **params: str | int) -> None:
        super().__init__(code, **params)
        self.retry_after = retry_after


class RosterSource(Protocol):
    """Somewhere a roster is kept."""

    def fetch(self) -> RawTable:
        """Read the mapped columns once. Raises SourceError."""
        ...


@runtime_checkable
class LiveSource(RosterSource, Protocol):
    """A source that can be asked whether anything has changed, and that others must not ask too often."""

    def change_token(self) -> str | None:
        """The same as before if nothing has changed since; None if this cannot be told. Raises SourceError."""
        ...

    def rest(self, *, asked: bool) -> float:
        """Seconds for which the source is better left alone; fewer where a person has `asked` for a reading."""
        ...


@runtime_checkable
class QueuedSource(LiveSource, Protocol):
    """A live source that shares what it may be asked with others, and waits for its turn to be read."""

    def turn(self, *, asked: bool) -> float:
        """Seconds until it may be read; 0 where it may, and then the turn ends with the reading."""
        ...


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells of a worksheet; rows and columns count from 1, both ends belong to it."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def column_letter(number: int) -> str:
    """The letters of a column: 1 is "A", 27 is "AA"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(title: str, place: str) -> str:
    """A cell or range as spreadsheets write it: `'المستفيدات'!H27`."""
    return "'{}'!{}".format(title.replace("'", "''"), place)
