"""Something that went wrong, as pages explain it."""

from collections.abc import Mapping
from typing import Protocol


class Fault(Protocol):
    """Why a roster cannot be had."""

    @property
    def code(self) -> str:
        """The key of the sentence, without "error."."""
        ...

    @property
    def params(self) -> Mapping[str, str | int]:
        """What fills it; never a participant's value."""
        ...
