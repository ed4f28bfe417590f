"""Who is in the demo: invented women and their dates, always at the same distance from today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from connectors.demo_story import ALL_TRACKS, NEW, STORY, WITHDREW, Chapter, Fate
from connectors.demo_words import CHECKS, COHORTS, CRITERIA, DISTRICTS, EDUCATION, STATUSES, TRACKS

Value = date | str | float
"""A clean cell before staff got at it: a day, a text, a number."""

RETENTION_DAYS = {"check_3": 90, "check_6": 180, "check_12": 365}


@dataclass(frozen=True, slots=True)
class Person:
    """One invented woman: her number, and what the sheet would hold for her, by field of dashboard.schema."""

    number: int
    cells: Mapping[str, Value]

    @property
    def code(self) -> str:
        """Her code, "P-014"."""
        return f"P-{self.number:03d}"


@dataclass
class _Draft:
    """A woman being written: her number, her own dice (so that no one depends on her neighbours), today, her cells."""

    number: int
    today: date
    dice: Random
    cells: dict[str, Value] = field(default_factory=dict)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def word(self, words: tuple[str, ...]) -> str:
        return words[self.number % len(words)]

    def person(self) -> Person:
        return Person(self.number, self.cells)


def demo_people(today: date, seed: int) -> tuple[Person, ...]:
    """The 210 applicants in order of their numbers; 135 of them started. The same story for every `today`."""
    numbers = iter(range(1, 1000))
    people: list[Person] = []
    for cohort in WITHDREW:
        for chapter in (part for part in STORY if part.cohort == cohort):
            people += _starters(chapter, numbers, today, seed)
        people += _withdrawn(cohort, numbers, today, seed)
    for status, count in NEW.items():
        people += [_applicant(_draft(next(numbers), today, seed), status) for _ in range(count)]
    return tuple(people)


def _draft(number: int, today: date, seed: int) -> _Draft:
    """Begin a woman with what is asked at first contact."""
    draft = _Draft(number, today, Random(f"{seed}-{number}"))  # noqa: S311 - a story, not a secret
    age = draft.dice.triangular(18.3, 49, 27)
    draft.cells |= {
        "birth_date": draft.ago(round(age * 365.25)),
        "district": draft.dice.choice(DISTRICTS),
        "education": draft.dice.choice(EDUCATION),
        "vulnerability": draft.dice.choice(CRITERIA),
    }
    return draft


def _starters(chapter: Chapter, numbers: Iterator[int], today: date, seed: int) -> Iterator[Person]:
    # Seven is prime to the length of every chapter, so this order is a shuffle that loses no one.
    count = len(chapter.fates)
    for place in range(count):
        step = 7 if count % 7 else 1
        yield _starter(chapter, place, chapter.fates[place * step % count], _draft(next(numbers), today, seed))


def _starter(chapter: Chapter, place: int, fate: Fate, draft: _Draft) -> Person:
    draft.cells |= {
        "cohort": draft.word(COHORTS[chapter.cohort]),
        "track": draft.word(TRACKS[chapter.tracks[place % len(chapter.tracks)]]),
        "start_date": draft.ago(chapter.start),
        "planned_end": draft.ago(chapter.end),
        "pre_score": draft.dice.randint(34, 62),
        "last_contact": draft.ago(draft.dice.randint(1, 18)),
    }
    _entrance(chapter, draft)
    if fate.outcome == "dropped":
        _leave(chapter, fate, draft)
        return draft.person()
    _train(chapter, draft)
    if fate.outcome == "training":
        draft.cells["status"] = draft.word(STATUSES[_step(chapter)])
    elif fate.outcome == "overdue":
        draft.cells["status"] = draft.word(STATUSES["overdue"])
    else:
        _complete(chapter, draft)
        _outcome(chapter, fate, draft)
    return draft.person()


def _step(chapter: Chapter) -> str:
    if chapter.internship is not None:
        return "internship"
    return "vocational" if chapter.vocational is not None else "softskills"


def _entrance(chapter: Chapter, draft: _Draft) -> None:
    """Dates before the start; a few were never written down and are implied by the later ones."""
    before = chapter.start + draft.dice.randint(38, 65)
    if draft.number % 13:
        draft.cells["contact_date"] = draft.ago(before)
    if draft.number % 11:
        draft.cells["selection_date"] = draft.ago(chapter.start + draft.dice.randint(20, 34))
    draft.cells["enrol_date"] = draft.ago(chapter.start + draft.dice.randint(4, 16))


def _train(chapter: Chapter, draft: _Draft) -> None:
    if chapter.vocational is not None:
        draft.cells["vocational_start"] = draft.ago(chapter.vocational)
    if chapter.internship is not None:
        draft.cells["internship_start"] = draft.ago(chapter.internship)


def _leave(chapter: Chapter, fate: Fate, draft: _Draft) -> None:
    left = chapter.start - fate.day
    if chapter.vocational is not None and left < chapter.vocational:
        draft.cells["vocational_start"] = draft.ago(chapter.vocational)
    draft.cells |= {
        "exit_date": draft.ago(left),
        "exit_reason": fate.reason,
        "status": draft.word(STATUSES["dropped"]),
        "last_contact": draft.ago(left),
    }


def _complete(chapter: Chapter, draft: _Draft) -> None:
    """Completion, scores and certificate: given out about seven weeks later, to all but a few."""
    draft.cells["completion_date"] = draft.ago(chapter.end)
    if draft.number % 9:
        draft.cells["post_score"] = min(98, int(draft.cells["pre_score"]) + draft.dice.randint(4, 33))  # type: ignore[arg-type]
    if draft.number % 5:
        draft.cells["satisfaction"] = draft.dice.choice((3, 4, 4, 5, 5))
    if draft.number % 17 == 0:
        del draft.cells["pre_score"]
    handed_out = chapter.end - 51 - draft.number % 7
    if handed_out < 1 or draft.number % 19 == 0:
        draft.cells["certificate"] = draft.word(("قيد الإنجاز", "En cours"))
    elif draft.number % 23 == 0:
        draft.cells["certificate"] = "لا"
    else:
        draft.cells |= {"certificate": draft.word(("نعم", "Oui", "تم", "x")), "certificate_date": draft.ago(handed_out)}


def _outcome(chapter: Chapter, fate: Fate, draft: _Draft) -> None:
    draft.cells["status"] = draft.word(STATUSES[fate.outcome])
    if fate.outcome == "lost":
        draft.cells["last_contact"] = draft.ago(chapter.end - fate.day)
    if fate.outcome in ("salaried", "own_business"):
        _hire(chapter.end - fate.day, fate, draft)


def _hire(hired: int, fate: Fate, draft: _Draft) -> None:
    draft.cells["first_work_date"] = draft.ago(hired)
    for (check, days), answer in zip(RETENTION_DAYS.items(), fate.checks.ljust(3, "s"), strict=True):
        if hired >= days and answer != "?":
            draft.cells[check] = draft.word(CHECKS[answer])
    if hired >= RETENTION_DAYS["check_12"] and fate.checks.endswith("n"):
        draft.cells["status"] = draft.word(STATUSES["job_lost"])
    if fate.outcome == "own_business":
        draft.cells["work_kind"] = draft.word(("مشروع خاص", "Auto-entrepreneur"))
    else:
        _contract(draft)


def _contract(draft: _Draft) -> None:
    part_time = draft.number % 8 == 0
    draft.cells["work_kind"] = draft.word(("CDD", "عقد غير محدد المدة", "ANAPEC", "CDI"))
    draft.cells["weekly_hours"] = 24 if part_time else 44
    if draft.number % 6:
        draft.cells["wage"] = 50 * draft.dice.randint(36, 42) if part_time else 50 * draft.dice.randint(63, 86)


def _withdrawn(cohort: str, numbers: Iterator[int], today: date, seed: int) -> Iterator[Person]:
    """Applicants of an intake who did not start: withdrew, were not eligible; one of them died."""
    start = max(chapter.start for chapter in STORY if chapter.cohort == cohort)
    early, late = WITHDREW[cohort]
    for place in range(early + late):
        draft = _draft(next(numbers), today, seed)
        draft.cells |= {"cohort": draft.word(COHORTS[cohort]), "track": draft.word(TRACKS[draft.word(ALL_TRACKS)])}
        draft.cells["contact_date"] = draft.ago(start + 45 + place % 9)
        if place >= early:
            draft.cells["selection_date"] = draft.ago(start + 24)
        deceased = cohort == "c1" and place == early
        draft.cells["status"] = "متوفاة" if deceased else draft.word(STATUSES["declined"])
        draft.cells["exit_date"] = draft.ago(start + 3 + place % 15)
        yield draft.person()


def _applicant(draft: _Draft, status: str) -> Person:
    waited = draft.number % 6 + {"contacted": 1, "eligible": 12, "enrolled": 30}[status]
    draft.cells |= {"contact_date": draft.ago(waited), "status": draft.word(STATUSES[status])}
    draft.cells["track"] = draft.word(TRACKS[draft.word(ALL_TRACKS)])
    if status != "contacted":
        draft.cells["selection_date"] = draft.ago(waited - 9)
    if status == "enrolled":
        draft.cells["enrol_date"] = draft.ago(waited - 20)
    draft.cells["last_contact"] = draft.ago(draft.number % 5 + 1)
    return draft.person()
