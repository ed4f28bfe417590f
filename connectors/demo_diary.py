"""When staff typed what into each cell of the demo until the day it is anchored on.

Facts keep their dates. Staff type them some days later, never later than the anchor, and always after the same number
of days for the same woman and column (`lag`), so that what happened in a week can be worked out by hand.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from connectors.demo_grid import PLACE, SEED, serial, typed_cells
from connectors.demo_people import RETENTION_DAYS, Person, demo_people
from connectors.demo_words import STATUSES
from dashboard.roster import Cell

Entry = tuple[date, Cell]
Diary = Mapping[str, tuple[Entry, ...]]
"""Field -> what was typed into a woman's cell and on which day, oldest first. "key" begins on the day of her row."""

# Days after which staff type a date, at most. Those that are missing here are typed with another field.
_LATEST = {
    "contact_date": 2, "selection_date": 6, "enrol_date": 5, "start_date": 3, "vocational_start": 5,
    "internship_start": 6, "completion_date": 8, "certificate_date": 8, "first_work_date": 12, "exit_date": 9,
}  # fmt: skip
# Field -> the field it is typed with, and days after that at most.
_WITH = {
    "planned_end": ("start_date", 0), "pre_score": ("start_date", 9), "post_score": ("completion_date", 6),
    "satisfaction": ("completion_date", 12), "work_kind": ("first_work_date", 0),
    "weekly_hours": ("first_work_date", 0), "wage": ("first_work_date", 9), "exit_reason": ("exit_date", 0),
}  # fmt: skip
_END_OF_MONTH = (29, 74)  # began to work "at the end of March": typed when that month was over
_CHECK_LATEST = 12  # days after which a follow-up is typed
_AT_FIRST = ("key", "birth_date", "district", "education", "vulnerability", "track")
_UNDATED_CONTACT = 16  # days between first contact, where it was not written down, and the first date after it
_PENDING = ("قيد الإنجاز", "En cours")
_REFUSED = 55  # days after completion until a certificate is known not to come
_SETTLED = {"home": 40, "lost": 45, "undated": 30}  # days after completion until the status says so
_CALLED_EVERY, _CALLS = 14, 15  # days between two contacts: 14 to 28


def lag(number: int, field: str, most: int) -> int:
    """Days after which staff type what happened to a woman: 0 to `most`, scattered by a rule of thumb."""
    return (5 * number + 3 * PLACE[field]) % (most + 1)


def diaries(anchor: date, seed: int = SEED) -> dict[int, Diary]:
    """Number of each woman -> what was typed about her until `anchor`, in order of the numbers."""
    return {person.number: diary(person, anchor) for person in demo_people(anchor, seed)}


def diary(person: Person, anchor: date) -> Diary:
    """What was typed about a woman until `anchor`, when the demo's sheet holds what it holds."""
    return _Typist(person, anchor).diary()


def standing(written: Diary, day: date) -> dict[str, Cell]:
    """A woman's cells on a day, by field; empty before the day of her row."""
    if written["key"][0][0] > day:
        return {}
    last = {field: [cell for typed, cell in entries if typed <= day][-1:] for field, entries in written.items()}
    return {field: found[0] for field, found in last.items() if found}


class _Typist:
    """Finds out for one woman what was typed when."""

    def __init__(self, person: Person, anchor: date) -> None:
        self.number, self.anchor, self.facts = person.number, anchor, person.cells
        self.final = typed_cells(person, anchor)
        known = {field: day for field in _LATEST if (day := self._day(field))} | self._vague()
        self.typed = {field: self._later(day, field, _LATEST[field]) for field, day in known.items()}
        self.typed |= {
            field: self._later(self.typed[base], field, most)
            for field, (base, most) in _WITH.items()
            if field in self.final and base in self.typed
        }

    def diary(self) -> Diary:
        begun = self._row()
        first = dict.fromkeys(_AT_FIRST, begun)
        plain = {**first, **self._checks(), **self.typed}
        if "cohort" in self.final:
            plain["cohort"] = self.typed["enrol_date" if "enrol_date" in self.typed else "exit_date"]
        written: dict[str, tuple[Entry, ...]] = {
            field: ((day, self.final[field]),) for field, day in plain.items() if field in self.final
        }
        status = {"status": tuple(self._statuses(begun))}
        others = {"certificate": tuple(self._certificate()), "last_contact": tuple(self._contacts(begun))}
        return written | status | {field: entries for field, entries in others.items() if entries}

    def _day(self, field: str) -> date | None:
        day = self.facts.get(field)
        return day if isinstance(day, date) else None

    def _vague(self) -> dict[str, date]:
        """A day of which only the month was told is known when the month is over."""
        hired = self._day("first_work_date")
        if hired is None or self.number not in _END_OF_MONTH:
            return {}
        return {"first_work_date": hired.replace(day=monthrange(hired.year, hired.month)[1])}

    def _later(self, day: date, field: str, most: int) -> date:
        """When staff typed what was so from a day on. What is too young for the full lag is typed by the anchor."""
        return day + timedelta(days=lag(self.number, field, max(0, min(most, (self.anchor - day).days))))

    def _row(self) -> date:
        """The day on which her row was begun: that of first contact, where it is known."""
        if "contact_date" in self.typed:
            return self.typed["contact_date"]
        dated = [day for field in ("selection_date", "enrol_date") if (day := self._day(field))]
        return min(dated) - timedelta(days=_UNDATED_CONTACT)

    def _checks(self) -> dict[str, date]:
        """The follow-ups, each typed after it was due. What was typed for no answer is typed at the same time."""
        hired = self._day("first_work_date")
        if hired is None:
            return {}
        due = {check: hired + timedelta(days=days) for check, days in RETENTION_DAYS.items() if check in self.final}
        return {check: self._later(min(day, self.anchor), check, _CHECK_LATEST) for check, day in due.items()}

    def _statuses(self, begun: date) -> Iterator[Entry]:
        """Every status she had, each typed with the fact it follows from, the last one as it stands now."""
        steps = [(begun, self._word("contacted")), *self._training(), *self._outcome()]
        latest = begun
        for place, (day, word) in enumerate(steps):
            latest = max(latest, day)
            yield latest, self.final["status"] if place == len(steps) - 1 else word

    def _training(self) -> Iterator[Entry]:
        said = {
            "selection_date": "eligible", "enrol_date": "enrolled", "start_date": "softskills",
            "vocational_start": "vocational", "internship_start": "internship",
        }  # fmt: skip
        for field, status in said.items():
            if field in self.typed:
                yield self.typed[field], self._word(status)

    def _outcome(self) -> Iterator[Entry]:
        """What became of her after training; nothing for a woman who is still in it."""
        if "exit_date" in self.typed:
            yield self.typed["exit_date"], ""
        if "completion_date" not in self.typed:
            return
        done = self.typed["completion_date"]
        yield done, self._word("seeking")
        if "first_work_date" in self.typed:
            lost_job = self.facts["status"] in STATUSES["job_lost"]
            yield self.typed["first_work_date"], self._word("salaried")
            if lost_job:
                yield self._checks()["check_12"], ""
        elif self.facts["status"] not in STATUSES["seeking"]:
            settled = next(days for name, days in _SETTLED.items() if self.facts["status"] in STATUSES[name])
            yield min(self.anchor, done + timedelta(days=settled)), ""

    def _word(self, status: str) -> str:
        words = STATUSES[status]
        return words[self.number % len(words)]

    def _certificate(self) -> Iterator[Entry]:
        """Pending from completion on, until it is handed out or known not to come."""
        if "certificate" not in self.final:
            return
        done, final = self.typed["completion_date"], self.final["certificate"]
        if final in _PENDING:
            yield done, final
            return
        yield done, _PENDING[self.number % len(_PENDING)]
        known = self.typed.get("certificate_date") or min(self.anchor, done + timedelta(days=_REFUSED))
        yield max(done, known), final

    def _contacts(self, begun: date) -> Iterator[Entry]:
        """The day of each contact, called back every two to four weeks until the last one."""
        final = self._day("last_contact")
        if final is None:
            return
        every = timedelta(days=_CALLED_EVERY + self.number % _CALLS)
        called = [final]
        while called[-1] - every > begun:
            called.append(called[-1] - every)
        for day in reversed(called[1:]):
            yield self._later(day, "last_contact", 3), serial(day)
        yield self._later(final, "last_contact", 3), self.final["last_contact"]
