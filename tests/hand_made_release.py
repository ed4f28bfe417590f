"""A release made by hand: every way in which a number may be shown, banded, repeated or hidden, once at least."""

from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.logframe import Lights
from dashboard.model import Lang
from dashboard.programme import load_programme
from dashboard.publishing import StoredRelease
from dashboard.release import (
    Breakdown,
    Cell,
    Layout,
    LeftOut,
    Median,
    Reason,
    Release,
    ReleasePeriod,
    check_code,
    to_json,
)
from dashboard.release_measures import BREAKDOWN
from dashboard.text import Text
from layouts.donor.shown import DonorView, Published

PROGRAMME = load_programme(Path(__file__).resolve().parent.parent / "programme.toml")
KEY = b"a key of the tests only"
AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
LANGS: tuple[Lang, ...] = ("ar", "fr", "en")
MASKED = {"ar": "محجوب لحماية الخصوصية", "fr": "masqué (confidentialité)", "en": "masked for privacy"}
LAYOUT = Layout(
    stages=("applicants", "eligible", "started", "completed", "placed"),
    indicators=("applicants", "enrolled", "completed", "certified", "insertion_90", "own_business", "retention_12"),
    measures=(),
    dimensions=(Breakdown(id="cohort", values=("c1", "c2", "unspecified")),),
    periods=(ReleasePeriod(number=1, first=date(2026, 6, 1), last=date(2026, 11, 30), as_of=date(2026, 11, 23)),),
    tracked=("insertion_90", "enrolled"),
)


def shown(name: str, value: int, of: int | None = None, since: int | None = None) -> Cell:
    return Cell(id=name, value=value, of=of, since=since)


def hidden(name: str, reason: Reason = "too_few") -> Cell:
    return Cell(id=name, reason=reason)


CELLS = (
    shown("all/applicants", 210),
    hidden("all/eligible"),
    shown("all/started", 135),
    shown("all/completed", 83, since=1),
    hidden("all/certified", "not_recorded"),
    shown("all/placed", 74),
    shown("all/closed", 71),
    shown("all/inserted", 65, of=71),
    hidden("all/own_business"),
    shown("all/open", 12),
    shown("all/due_12", 0),
    shown("all/kept_12", 0),
    *(hidden(f"cohort:c1/{measure}") for measure in BREAKDOWN),
    shown("cohort:c2/started", 45),
    hidden("cohort:c2/completed"),
    shown("cohort:c2/closed", 29),
    Cell(id="cohort:c2/inserted", low=25, high=29, of=29),
    *(shown(f"cohort:unspecified/{measure}", 0) for measure in BREAKDOWN),
    shown("period:1/closed", 71),
    shown("period:1/inserted", 65, of=71),
    hidden("period:1/started"),
)


def hand_made(number: int = 2, note: dict[Lang, str] | None = None) -> Release:
    """Release 2: 65 of 71 women inserted, a third of the numbers hidden."""
    tracked = tuple(entry for entry in PROGRAMME.tracking if entry.indicator in LAYOUT.tracked)
    return Release(
        number=number,
        programme=PROGRAMME.id,
        as_of=date(2026, 11, 23),
        data_version="48151-62342",
        definition_version="2026.11",
        reference=0.97,
        target=135,
        note=note or {"ar": "كلمة الربع.", "fr": "Mot du trimestre.", "en": "=A note of the quarter."},
        layout=LAYOUT,
        cells=CELLS,
        median=Median(days=45, low=30, high=60),
        period_kind="half_year",
        tracking=tracked,
        lights=Lights(),
        definitions=(*LAYOUT.indicators, "time_to_insertion"),
        left_out=(LeftOut(id="curve", code="curve_reveals"),),
    )


def stored(release: Release | None = None) -> StoredRelease:
    """The same as it is kept."""
    made = release or hand_made()
    text = to_json(made)
    return StoredRelease(made.number, text, check_code(text, KEY), AT, "p-014@example.org")


def view(lang: Lang = "en", release: Release | None = None) -> DonorView:
    """The same as the donor's page is given it."""
    one = stored(release)
    return DonorView(PROGRAMME, Text(lang), Published(one.release(), AT.date(), one.code))
