"""The programme: names, targets, categories, stages and header synonyms, from programme.toml, validated."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from dashboard.disclosure_rules import DisclosureRules
from dashboard.logframe import Lights, PeriodKind, Periods, Tracked
from dashboard.model import LANGUAGES, Frozen, Lang, Words
from dashboard.notebook import Notebook
from dashboard.schema import FIELD, FIELDS
from dashboard.yardsticks import Instruments, SmigTable, WorkingTime

__all__ = ["LANGUAGES", "Lang", "PeriodKind", "Words"]  # others take these from here


class ProgrammeError(Exception):
    """programme.toml cannot be used. `code` is the key of a sentence, `params` name the file and the place."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Category(Frozen):
    """Something women are grouped by. `synonyms` are what staff type, in any spelling the text key folds."""

    id: str
    name: Words
    synonyms: tuple[str, ...] = ()


class Cohort(Category):
    """An intake. `planned_end` is used where the sheet has no planned end of its own."""

    target: int | None = None
    planned_end: date | None = None


class Prefecture(Category):
    """A prefecture with the districts and quarters staff type instead of it."""

    outside: bool = False
    districts: tuple[Category, ...] = ()


class Stage(Frozen):
    """A step of the path. `alert_days` after which a woman who has not moved on is overdue."""

    id: str
    name: Words
    alert_days: int | None = None


class Status(Category):
    """What a status cell means.

    `reached` is the stage it proves without a date; `now` the stock it puts a woman in; `active` that staff
    are in touch with her; `kind` the outcome it names; `inactive` that she does not seek work.
    """

    reached: str | None = None
    now: str
    active: bool = False
    inactive: bool = False
    kind: Literal["salaried", "own_business"] | None = None


class Milestone(Frozen):
    """How many women are to have enrolled by a date."""

    date: date
    enrolled: Annotated[int, Field(gt=0)]


class Targets(Frozen):
    """What was promised."""

    enrolled: Annotated[int, Field(gt=0)]
    milestones: tuple[Milestone, ...] = ()
    end: date | None = None


class Reference(Frozen):
    """A declared rate to compare with, and its passport: who declared it and what is not known about it.

    What stays None is said to be unknown, on the page too.
    """

    rate: Annotated[float, Field(gt=0, le=1)]
    passport: Words
    declared_by: Words | None = None
    period: Words | None = None
    n: Annotated[int, Field(gt=0)] | None = None  # women counted
    definition: Words | None = None


class Rules(Frozen):
    """How outcomes are counted (field reference 1.2). `version` names this set of definitions."""

    version: str
    window_days: Annotated[int, Field(gt=0)] = 90
    retention_days: dict[str, int] = Field(default={"retained_3": 90, "retained_6": 180, "retained_12": 365})
    min_at_risk: Annotated[int, Field(ge=1)] = 5
    min_group: Annotated[int, Field(ge=1)] = 10  # groups with fewer closed windows are not compared
    change_days: Annotated[int, Field(gt=0)] = 7
    earliest_year: int = 2000


class ReviewRules(Frozen):
    """Whom the weekly review lists (field reference 2). How long a woman may wait at a step is `Stage.alert_days`.

    `marks` are days since completion; the last day of the window is one in any case.
    """

    days_ahead: Annotated[int, Field(ge=0)] = 7
    marks: tuple[Annotated[int, Field(gt=0)], ...] = (60, 75, 90)
    contact_days: Annotated[int, Field(gt=0)] = 21
    most: Annotated[int, Field(ge=1)] = 200

    @model_validator(mode="after")
    def _marks_in_order(self) -> Self:
        """Reject marks that do not rise."""
        if list(self.marks) != sorted(set(self.marks)):
            raise ValueError("marks: days since completion, each once, in rising order")
        return self


class Sheet(Frozen):
    """Which worksheets hold the roster (names or their beginnings) and how headers and words are written."""

    worksheets: tuple[str, ...] = ()
    key: Annotated[tuple[str, ...], Field(min_length=1)] = ("key",)  # what identifies a woman, all parts together
    identifiers: dict[str, tuple[str, ...]] = Field(default={})  # headers of columns read for `key` alone
    headers: dict[str, tuple[str, ...]]
    never: tuple[str, ...] = ()  # headers of personal columns: never read, even where a field would know them
    yes: tuple[str, ...]
    no: tuple[str, ...]
    pending: tuple[str, ...]
    totals: tuple[str, ...]
    same_employer: tuple[str, ...] = ()
    salaried: tuple[str, ...] = ()
    own_business: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """Fields and identifiers without which a worksheet is not read: the parts of the key, then the others."""
        others = (field.id for field in FIELDS if field.required and field.id not in ("key", *self.key))
        return (*self.key, *others)

    def written(self, field: str) -> tuple[str, ...]:
        """Headers of a field or an identifier as the programme writes them; its own name where there is none."""
        return self.headers.get(field) or self.identifiers.get(field) or (field,)

    @model_validator(mode="after")
    def _key_is_made_of_columns(self) -> Self:
        """Reject a key part that is neither a field nor an identifier, and an identifier named as a field."""
        for part in self.key:
            if part not in FIELD and part not in self.identifiers:
                raise ValueError(f"key: {part!r} is neither a field nor under identifiers")
        for name in self.identifiers:
            if name in FIELD:
                raise ValueError(f"identifiers.{name}: there is a field of this name")
        return self


class Programme(Frozen):
    """Everything that makes this dashboard this programme's."""

    id: str
    name: Words
    subtitle: Words
    operator: Words
    funder: Words
    default_language: Lang
    languages: tuple[Lang, ...] = LANGUAGES
    rules: Rules
    targets: Targets
    reference: Reference
    periods: Periods | None = None
    lights: Lights = Lights()
    disclosure: DisclosureRules = DisclosureRules()
    tracking: tuple[Tracked, ...] = ()
    age_bands: tuple[int, ...]  # first age of each band; the last band is open
    cohorts: tuple[Cohort, ...] = ()
    tracks: tuple[Category, ...]
    prefectures: tuple[Prefecture, ...]
    vulnerability: tuple[Category, ...]
    education: tuple[Category, ...] = ()
    exit_reasons: tuple[Category, ...] = ()
    smig: SmigTable = ()
    working_time: WorkingTime = WorkingTime()
    instruments: Instruments = Instruments()
    review: ReviewRules = ReviewRules()
    annotations: Notebook = Notebook()
    stages: tuple[Stage, ...]
    now: tuple[Stage, ...]  # stocks that are not stages of the funnel: followup, dropped, lost, ...
    statuses: tuple[Status, ...]
    sheet: Sheet

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        """Reject a header synonym list for a field that does not exist, and a status that leads to no stage."""
        unknown = [field for field in self.sheet.headers if field not in FIELD]
        if unknown:
            raise ValueError(f"sheet.headers: unknown field {unknown[0]!r}")
        places = {stage.id for stage in (*self.stages, *self.now)}
        for status in self.statuses:
            for place in (status.now, status.reached):
                if place is not None and place not in places:
                    raise ValueError(f"statuses.{status.id}: unknown stage {place!r}")
        if self.tracking and self.periods is None:
            raise ValueError("periods: a tracking table needs the project's start")
        return self


def parse_programme(text: str, name: str = "programme.toml") -> Programme:
    """Read a programme from TOML text. Raises ProgrammeError with the line or the key that is wrong."""
    try:
        return Programme.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ProgrammeError("programme_not_toml", file=name, detail=str(error)) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "programme"
        raise ProgrammeError("programme_invalid", file=name, place=place, detail=first["msg"]) from None


def load_programme(path: Path) -> Programme:
    """Read a programme from a file. Raises ProgrammeError if it is missing, not UTF-8 or not valid."""
    try:
        return parse_programme(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        raise ProgrammeError("programme_missing", file=str(path)) from None
    except UnicodeDecodeError:
        raise ProgrammeError("programme_not_utf8", file=str(path)) from None
