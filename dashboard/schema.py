"""One table of the fields a roster may have: name, kind, required or not, sensitive or not, and the stage it dates."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the cells of a field are read, and the column the field becomes in the roster frame."""

    KEY = "key"  # identifies a woman; arrives already pseudonymised          -> str
    COHORT = "cohort"  # category, one of programme.cohorts or a new one      -> str id
    TRACK = "track"  # category, one of programme.tracks                      -> str id
    DISTRICT = "district"  # quarter, arrondissement or prefecture            -> str id of the prefecture
    CRITERIA = "criteria"  # several categories in a cell                     -> str ids joined by "|", sorted
    CATEGORY = "category"  # one category of programme.<field>                -> str id
    DATE = "date"  # day, or an interval for vague dates                      -> Int64 days since 1970-01-01
    CERTIFICATE = "certificate"  # yes / no / pending, or the date            -> "yes" | "no" | "pending"
    STATUS = "status"  # one of programme.statuses                            -> str id or "unmapped"
    WORK_KIND = "work_kind"  # salaried job or own business                   -> "salaried" | "own_business"
    CHECK = (
        "check"  # still working at a follow-up date                      -> "same_employer" | "working" | "not_working"
    )
    NUMBER = "number"  # plain number                                         -> float


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `required` must be found in the header, `sensitive` is shown in aggregate only."""

    id: str
    kind: Kind
    required: bool = False
    sensitive: bool = False
    stage: str | None = None
    low: float | None = None  # plausible range of a number; outside it the value is rejected
    high: float | None = None


FIELDS: tuple[Field, ...] = (
    Field("key", Kind.KEY, required=True),
    Field("cohort", Kind.COHORT),
    Field("track", Kind.TRACK),
    Field("birth_date", Kind.DATE, sensitive=True),
    Field("age", Kind.NUMBER, sensitive=True, low=14, high=80),
    Field("district", Kind.DISTRICT, sensitive=True),
    Field("education", Kind.CATEGORY, sensitive=True),
    Field("vulnerability", Kind.CRITERIA, sensitive=True),
    Field("contact_date", Kind.DATE, stage="contact"),
    Field("selection_date", Kind.DATE, stage="eligible"),
    Field("enrol_date", Kind.DATE, stage="enrolled"),
    Field("start_date", Kind.DATE, required=True, stage="softskills"),
    Field("vocational_start", Kind.DATE, stage="training"),
    Field("internship_start", Kind.DATE, stage="internship"),
    Field("planned_end", Kind.DATE),
    Field("completion_date", Kind.DATE, required=True, stage="completed"),
    Field("certificate", Kind.CERTIFICATE),
    Field("certificate_date", Kind.DATE, stage="certified"),
    Field("status", Kind.STATUS),
    Field("first_work_date", Kind.DATE, required=True, stage="placed"),
    Field("work_kind", Kind.WORK_KIND),
    Field("wage", Kind.NUMBER, sensitive=True, low=200, high=40000),
    Field("weekly_hours", Kind.NUMBER, low=1, high=80),
    Field("check_3", Kind.CHECK, stage="retained_3"),
    Field("check_6", Kind.CHECK, stage="retained_6"),
    Field("check_12", Kind.CHECK, stage="retained_12"),
    Field("last_contact", Kind.DATE),
    Field("exit_date", Kind.DATE),
    Field("exit_reason", Kind.CATEGORY, sensitive=True),
    Field("pre_score", Kind.NUMBER, low=0, high=100),
    Field("post_score", Kind.NUMBER, low=0, high=100),
    Field("satisfaction", Kind.NUMBER, low=0, high=5),
)

FIELD: dict[str, Field] = {field.id: field for field in FIELDS}

# Dates that may be vague ("fin mars"): the frame also carries <field>_earliest and <field>_latest.
BOUNDED_DATES = ("completion_date", "first_work_date")

# What a view may be filtered and split by; each is a text column of the roster frame.
DIMENSIONS = ("cohort", "track", "prefecture", "age_band", "vulnerability")
UNSPECIFIED = "unspecified"
