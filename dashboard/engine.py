"""What holds the women of a roster larger than a sheet: asked for counts and for short lists, never for its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from dashboard.programme import Programme

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a woman's row is. Internal lists only."""

    woman: str  # pseudonym
    sheet: str
    row: int | None


class Engine(Protocol):
    """The women of a roster larger than a sheet, in an engine that Narwhals knows. They stay there."""

    def counted(self, how: Callable[[Any, Programme, date], T], programme: Programme, as_of: date) -> T:
        """What a way of counting makes of their table; counted once, and kept."""
        ...

    def counted_days(
        self, how: Callable[[Any, Programme, Sequence[date]], Sequence[T]], programme: Programme, days: Sequence[date]
    ) -> list[T]:
        """The same for a way that counts several days at once: what it makes of each."""
        ...

    @property
    def rows(self) -> int:
        """How many there were when the table was looked at."""
        ...

    @property
    def values(self) -> Mapping[str, Mapping[str, int]]:
        """Rows by the values of each dimension."""
        ...

    @property
    def first_start(self) -> date | None:
        """The first day that training started."""
        ...

    @property
    def mark(self) -> str:
        """What the engine calls the table's state; equal for equal content."""
        ...

    def page(self, filters: Mapping[str, tuple[str, ...]], order: str, limit: int, offset: int) -> Sequence[Place]:
        """Some of the women who match, ordered by a column and the pseudonym. Raises ValueError beyond the limit."""
        ...
