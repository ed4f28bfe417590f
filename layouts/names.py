"""What things are called on the page: categories, dimensions, sources, ages of data."""

from collections.abc import Iterable
from datetime import date

from dashboard.programme import Category, Programme
from dashboard.roster import SourceInfo
from dashboard.schema import UNSPECIFIED
from dashboard.text import Text

MINUTE, HOUR, DAY = 60, 3600, 86400


def _named(dimension: str, programme: Programme) -> Iterable[Category]:
    known: dict[str, Iterable[Category]] = {
        "cohort": programme.cohorts,
        "track": programme.tracks,
        "prefecture": programme.prefectures,
        "vulnerability": programme.vulnerability,
    }
    return known.get(dimension, ())


def choice_name(dimension: str, choice: str, programme: Programme, text: Text) -> str:
    """The name of a category in the page's language; what the programme does not name keeps its id."""
    if choice == UNSPECIFIED:
        return text("table.unspecified")
    for category in _named(dimension, programme):
        if category.id == choice:
            return category.name[text.lang]
    return text.isolate(choice)


def source_name(source: SourceInfo, text: Text) -> str:
    """What to call the roster's source."""
    return text("page.source_demo") if source.kind == "demo" else text.isolate(source.label)


def times_words(as_of: date, known: date | None, text: Text) -> str:
    """The day the numbers are about, and the day whose knowledge they are counted from where that is not now."""
    told = [text("page.as_of", date=text.date(as_of))]
    return " · ".join([*told, *([text("page.known_on", date=text.date(known))] if known else [])])


def age_words(seconds: float, text: Text) -> str:
    """How long ago the roster was read, in the largest whole unit."""
    if seconds < MINUTE:
        return text("age.seconds")
    if seconds < HOUR:
        return text.plural("age.minutes", int(seconds // MINUTE))
    if seconds < DAY:
        return text.plural("age.hours", int(seconds // HOUR))
    return text.plural("age.days", int(seconds // DAY))
