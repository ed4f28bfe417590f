"""The story the demo tells: who starts when, and what becomes of her, in days before today."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["salaried", "own_business", "seeking", "home", "lost", "undated", "overdue", "training", "dropped"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a woman who started.

    `day` counts from completion to first work, or from start to leaving. `checks` has a letter for 3, 6 and 12
    months after hiring: s same employer, w working elsewhere, n not working, ? not known.
    """

    outcome: Outcome
    day: int = 0
    checks: str = "sss"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Women who go through training together. The numbers are days before today; negative ones lie ahead."""

    cohort: str
    tracks: tuple[str, ...]  # taken in turn
    start: int
    vocational: int | None
    internship: int | None
    end: int
    fates: tuple[Fate, ...]


def _work(outcome: Outcome, days: tuple[int, ...], **checks: str) -> tuple[Fate, ...]:
    """Fates with first work after so many days; checks differ from "sss" for the days named d<day>."""
    return tuple(Fate(outcome, day, checks.get(f"d{day}", "sss")) for day in days)


_FIRST = (
    *_work("salaried", (-6, 0, 3, 7, 9, 12, 14, 17, 19, 21, 24), d7="swn", d12="sww", d17="snn", d24="ss?"),
    *_work("salaried", (26, 28, 31, 33, 35, 37, 39, 41, 43, 45, 47), d31="www", d39="sww", d43="nnn"),
    *_work("salaried", (49, 52, 54, 56, 58, 61, 63, 66, 71, 77, 84), d52="ssn", d58="s??", d66="sww", d77="nww"),
    *_work("own_business", (18, 38, 60, 75, 90), d38="wwn", d60="w??"),
    Fate("salaried", 118, "sw?"),  # inserted, but after the window
    Fate("lost", 20),
    Fate("lost", 35),
    Fate("undated"),
    Fate("dropped", 24, reason="حمل"),
    Fate("dropped", 71, reason="Transport"),
    Fate("dropped", 115, reason="ظروف عائلية"),
)
_SECOND = (
    *_work("salaried", (-3, 0, 5, 8, 11, 15, 18, 22), d8="n", d15="w"),
    *_work("salaried", (25, 29, 32, 34, 36, 40, 42, 46), d29="?"),
    *_work("salaried", (50, 53, 57, 62, 67, 73, 79, 86), d53="w"),
    *_work("own_business", (27, 44, 65)),
    Fate("home"),
    Fate("undated"),
    Fate("overdue"),
    Fate("dropped", 40, reason="بعد المسافة"),
    Fate("dropped", 96, reason="Maladie"),
)
_SEEKING, _TRAINING = Fate("seeking"), Fate("training")
ALL_TRACKS = ("school_life", "social_life", "early_childhood", "nursing")

# Three intakes of 45. Windows of 90 days: the first intake's closed long ago; the second's closed for 29 completers
# (a third of them this very week) and open for 12; the third intake is still in training.
STORY: tuple[Chapter, ...] = (
    Chapter("c1", ALL_TRACKS, 690, 648, 560, 500, _FIRST),
    Chapter("c2", ("school_life",), 330, 290, 205, 150, _SECOND[0::3]),
    Chapter("c2", ("social_life",), 310, 270, 185, 128, _SECOND[1::3]),
    Chapter("c2", ("early_childhood",), 275, 236, 150, 94, _SECOND[2::3]),
    Chapter(
        "c2",
        ("nursing",),
        240,
        200,
        115,
        58,
        (
            *_work("salaried", (12, 30, 52)),
            *_work("own_business", (41,)),
            _SEEKING,
            _SEEKING,
            Fate("dropped", 62, reason="Garde d’enfants"),
        ),
    ),
    Chapter("c2", ("nursing",), 215, 176, 92, 35, (*_work("salaried", (9, 33)), *(_SEEKING,) * 4)),
    Chapter("c3", ALL_TRACKS, 130, 98, 24, -34, (*(_TRAINING,) * 10, Fate("dropped", 51, reason="حاجة إلى دخل فوري"))),
    Chapter("c3", ("social_life", "nursing"), 118, 86, 3, -55, (_TRAINING,) * 4),
    Chapter("c3", ALL_TRACKS, 84, 45, None, -96, (*(_TRAINING,) * 16, Fate("dropped", 82, reason="Absences répétées"))),
    Chapter("c3", ALL_TRACKS, 19, None, None, -161, (*(_TRAINING,) * 12, Fate("dropped", 11, reason="مرض"))),
)

# Applicants who did not start: per intake, how many withdrew after first contact, and how many after selection.
WITHDREW = {"c1": (10, 8), "c2": (12, 8), "c3": (13, 9)}
NEW = {"contacted": 6, "eligible": 5, "enrolled": 4}  # files of the last weeks, without an intake yet
