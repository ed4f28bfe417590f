"""How old data may be before it is said."""

from dataclasses import dataclass
from typing import Literal

Staleness = Literal["fresh", "amber", "red"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Minutes since the last good look at the source."""

    amber: float = 10.0
    red: float = 60.0

    def staleness(self, age: float | None) -> Staleness:
        """Of data that are so many seconds old; None: there are none yet."""
        if age is None or age >= self.red * 60:
            return "red"
        return "amber" if age >= self.amber * 60 else "fresh"
