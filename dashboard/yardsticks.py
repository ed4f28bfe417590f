"""What earnings, scores and groups are measured against: parts of the programme, from programme.toml."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from dashboard.model import Frozen

Positive = Annotated[float, Field(gt=0)]


class Smig(Frozen):
    """The legal minimum wage of trades other than farming, gross MAD an hour, from a day on."""

    since: date
    hourly: Positive


def _in_order(table: tuple[Smig, ...]) -> tuple[Smig, ...]:
    """Raises ValueError unless each minimum wage is in force later than the one before it."""
    days = [smig.since for smig in table]
    if days != sorted(set(days)):
        raise ValueError("each minimum wage has to begin after the one above it")
    return table


SmigTable = Annotated[tuple[Smig, ...], AfterValidator(_in_order)]


class WorkingTime(Frozen):
    """Full time. `monthly_hours` are those of the legal month (191 for 44 hours a week, labour code art. 184)."""

    weekly_hours: Positive = 44
    monthly_hours: Positive = 191


class Instruments(Frozen):
    """How the tests and the questionnaire are marked."""

    score_highest: float = 100  # of the soft-skills test, before and after
    satisfied_from: float = 4  # the lower of the two highest grades of satisfaction
