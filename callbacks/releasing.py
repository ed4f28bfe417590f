"""Publishing a release: what it would be, why there is none, keeping it, and verifying it later by its code."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from callbacks.kept import Kept
from dashboard.disclosure import Refusal, Refused, release
from dashboard.disclosure_rules import Policy
from dashboard.fingerprint import fingerprint
from dashboard.model import Lang
from dashboard.programme import Programme
from dashboard.publishing import StoredRelease, news, next_due
from dashboard.release import Release, check_code, to_json, verifies
from dashboard.release_counts import Counts, counts
from dashboard.release_imprint import Imprint
from dashboard.roster import Roster
from dashboard.tally import counted

Note = Mapping[Lang, str]
NO_NOTE: Note = {"ar": "", "fr": "", "en": ""}
KEPT = 8  # drafts


class Shelf(Protocol):
    """Where releases are kept (connectors.store.releases)."""

    def all(self) -> Sequence[StoredRelease]:
        """Every release, the oldest first."""
        ...

    def by_code(self, code: str) -> StoredRelease | None:
        """The release that was published under a check code."""
        ...

    def publish(self, made: StoredRelease) -> None:
        """Keep a release whose number is the next one."""
        ...


@dataclass(frozen=True)
class Desk:
    """What releases are made of. `roster()` gives the one that counts now; None before the first reading."""

    roster: Callable[[], Roster | None]
    programme: Callable[[], Programme]
    shelf: Callable[[], Shelf]
    now: Callable[[], datetime]  # aware, at this place
    signed_at: Callable[[], datetime | None] = lambda: None  # when the last review was signed


@dataclass(frozen=True)
class Draft:
    """What would be published: a release with its mark, or the reasons why there is none."""

    number: int
    as_of: date
    release: Release | None = None
    mark: str = ""  # the same as long as it is made from the same numbers
    new: int = 0  # numbers that the last release did not say
    reasons: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Due:
    """When the next release is due by the programme's policy; `on` is None where no day says so."""

    policy: Policy
    last: date | None
    on: date | None
    is_due: bool

    @property
    def allows(self) -> bool:
        """Whether a release may be published now: by hand at any time, else once it is due."""
        return self.policy == "by_hand" or self.is_due


def release_key(secret: bytes) -> bytes:
    """The key of check codes, made from the dashboard's secret."""
    return hmac.new(secret, b"releases", hashlib.sha256).digest()


class Publisher:
    """Makes and keeps releases. Whatever asks the shelf raises its faults."""

    def __init__(self, desk: Desk, key: bytes) -> None:
        self._desk = desk
        self._key = key
        self._kept = Kept(KEPT)

    @property
    def programme(self) -> Programme:
        """The programme as it is now."""
        return self._desk.programme()

    def published(self) -> Sequence[StoredRelease]:
        """Every release, the oldest first."""
        return self._desk.shelf().all()

    def today(self) -> date:
        """The day here."""
        return self._desk.now().date()

    def draft(self, as_of: date | None = None, note: Note = NO_NOTE) -> Draft:
        """The next release as of a day, today by default."""
        stored, day = self.published(), min(as_of or self.today(), self.today())
        number, roster, programme = len(stored) + 1, self._desk.roster(), self._desk.programme()
        if roster is None:
            return Draft(number, day, reasons=(Refusal("release_no_roster"),))
        data, last = fingerprint(roster), stored[-1].release() if stored else None
        if last and (last.data_version, last.definition_version, last.as_of) == (data, programme.rules.version, day):
            return Draft(number, day, reasons=(Refusal("release_nothing_new"),))
        key = (data, stored[-1].code if stored else "", day, hash(programme.model_dump_json()))
        found = self._kept.get(key, lambda: _made(roster, data, programme, stored, day))
        if isinstance(found, Refused):
            return Draft(number, day, reasons=found.reasons)
        new = news(found, last)
        if new == 0:
            return Draft(number, day, reasons=(Refusal("release_nothing_new"),))
        mark = hashlib.sha256(to_json(found).encode()).hexdigest()[:16]
        return Draft(number, day, found.model_copy(update={"note": dict(note)}), mark, new)

    def publish(self, mark: str, as_of: date, note: Note, by: str) -> StoredRelease | Refused:
        """Publish what was seen under a mark; refused where it is not the same any more."""
        draft = self.draft(as_of, note)
        if draft.release is None:
            return Refused(draft.reasons)
        if not self.due().allows:
            return Refused((Refusal("release_not_due"),))
        if not hmac.compare_digest(draft.mark.encode(), mark.encode()):
            return Refused((Refusal("release_changed"),))
        text = to_json(draft.release)
        made = StoredRelease(draft.number, text, check_code(text, self._key), self._desk.now(), by)
        self._desk.shelf().publish(made)
        return made

    def by_code(self, typed: str) -> tuple[StoredRelease, bool] | None:
        """The release of a code as somebody types it, and whether its document still fits it; None for no such code."""
        plain = re.sub(r"[\s-]", "", typed.upper()).translate(str.maketrans("OIL", "011"))
        found = self._desk.shelf().by_code(f"{plain[:4]}-{plain[4:]}")
        return None if found is None else (found, verifies(found.document, typed.strip(), self._key))

    def due(self) -> Due:
        """When the next release is due."""
        stored, policy, here = self.published(), self.programme.disclosure.publish, self._desk.now().tzinfo
        published = stored[-1].published_at if stored else None
        last = published.astimezone(here).date() if published else None
        if policy == "on_sign_off":
            signed = self._desk.signed_at()
            since = signed is not None and (published is None or signed > published)
            return Due(policy, last, signed.astimezone(here).date() if signed and since else None, since)
        on = next_due(policy, last, self.today())
        return Due(policy, last, on, on is not None and on <= self.today())


def _made(
    roster: Roster, data_version: str, programme: Programme, stored: Sequence[StoredRelease], as_of: date
) -> Release | Refused:
    """A release without a note."""
    found = counts_of(roster, programme, as_of)
    previous = [one.release() for one in stored]
    return release(found, previous, programme.disclosure, Imprint(programme, data_version, NO_NOTE))


def counts_of(roster: Roster, programme: Programme, as_of: date) -> Counts:
    """The true numbers of everyone as of a day."""
    return counts(counted(roster, programme, {}), programme, programme.disclosure, as_of, roster.fields.keys())
