"""What the page of releases is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dashboard.disclosure import Refusal
from dashboard.model import Lang
from dashboard.publishing import StoredRelease
from dashboard.release import Release


class Draft(Protocol):
    """What would be published next (callbacks.releasing)."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def as_of(self) -> date: ...  # noqa: D102
    @property
    def release(self) -> Release | None: ...  # noqa: D102
    @property
    def mark(self) -> str: ...  # noqa: D102
    @property
    def new(self) -> int: ...  # noqa: D102
    @property
    def reasons(self) -> tuple[Refusal, ...]: ...  # noqa: D102


class Due(Protocol):
    """When the next release is due (callbacks.releasing)."""

    @property
    def policy(self) -> str: ...  # noqa: D102
    @property
    def last(self) -> date | None: ...  # noqa: D102
    @property
    def on(self) -> date | None: ...  # noqa: D102
    @property
    def is_due(self) -> bool: ...  # noqa: D102
    @property
    def allows(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Verified:
    """A code that was asked about. `sound`: the stored document still fits it."""

    typed: str
    release: StoredRelease | None = None
    sound: bool = False


@dataclass(frozen=True)
class Listed:
    """What the page shows. `new`: the number that has just been published, as the address says it."""

    draft: Draft
    due: Due
    today: date
    published: Sequence[StoredRelease]
    new: str
    verified: Verified | None
    note: Mapping[Lang, str]
