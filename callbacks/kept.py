"""A bounded memory of answers, shared by the threads of a process."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar, cast

T = TypeVar("T")


@dataclass
class _Place:
    """One answer, or the lock that whoever makes it holds."""

    making: Lock = field(default_factory=Lock)
    answer: list[object] = field(default_factory=list)  # empty until made


class Kept:
    """The oldest answers leave first. Whoever asks while an answer is being made waits for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: dict[Hashable, _Place] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept answer to a question, made now if there is none. `make` may ask for other keys, not its own."""
        with self._lock:
            place = self._places.setdefault(key, _Place())
            while len(self._places) > self._most:
                del self._places[next(iter(self._places))]
        with place.making:
            if not place.answer:
                place.answer.append(make())
            return cast(T, place.answer[0])
