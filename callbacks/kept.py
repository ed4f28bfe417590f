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
    weight: int = 1


class Kept:
    """What was not asked for the longest leaves first. Whoever asks while an answer is being made waits for it."""

    def __init__(self, most: int, weigh: Callable[[object], int] = lambda _: 1) -> None:
        """`most` is the sum of what all kept answers weigh; the newest stays whatever it weighs."""
        self._most = most
        self._weigh = weigh
        self._places: dict[Hashable, _Place] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept answer to a question, made now if there is none. `make` may ask for other keys, not its own."""
        with self._lock:
            place = self._places[key] = self._places.pop(key, _Place())
            self._drop()
        with place.making:
            if not place.answer:
                place.answer.append(make())
                with self._lock:
                    place.weight = self._weigh(place.answer[0])
                    self._drop()
            return cast(T, place.answer[0])

    def _drop(self) -> None:
        """Let go of what is too much. The lock is held."""
        total = sum(place.weight for place in self._places.values())
        while total > self._most and len(self._places) > 1:
            total -= self._places.pop(next(iter(self._places))).weight
