"""The URL is the view: language, filters, two times and reporting period, parsed from a query and written back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import get_args
from urllib.parse import parse_qs, urlencode

from dashboard.logframe import PeriodKind
from dashboard.programme import Lang, Programme
from dashboard.schema import DIMENSIONS


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in the address that could not be used; `code` is the key of a sentence ("notice.<code>")."""

    code: str
    parameter: str


@dataclass(frozen=True)
class View:
    """What the reader looks at.

    `as_of` is the day the numbers are about, None = today. `known` is the day whose knowledge they are counted from (at
    its end), None = what is known now. `period` None means the programme's own reporting period. With
    `guests` in the room no code of a woman is sent, no link to a row, and no text that may name one.
    """

    lang: Lang
    as_of: date | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: PeriodKind | None = None
    known: date | None = None
    since: date | None = None
    guests: bool = False

    def day(self, today: date) -> date:
        """The day the numbers are about: none that the knowledge they are counted from had not reached."""
        return min(self.as_of or today, self.known or today)


def parse_view(
    search: str, programme: Programme, choices: Mapping[str, tuple[str, ...]], today: date
) -> tuple[View, tuple[Notice, ...]]:
    """Read a query string ("?lang=fr&cohort=c1,c2&as_of=2026-11-01"). What cannot be used is left out with a notice.

    `choices` are the ids that each dimension has in the roster. Never raises.
    """
    notices: list[Notice] = []
    given = _parameters(search, notices)
    lang = given.pop("lang", programme.default_language)
    if lang not in programme.languages:
        notices.append(Notice("unknown_language", "lang"))
        lang = programme.default_language
    as_of, past, since = (_day(given.pop(name, ""), name, today, notices) for name in ("as_of", "known", "since"))
    guests = given.pop("guests", "") == "1"
    filters: dict[str, tuple[str, ...]] = {}
    for dimension in DIMENSIONS:
        wanted = tuple(part for part in given.pop(dimension, "").split(",") if part)
        known = tuple(sorted({part for part in wanted if part in choices.get(dimension, ())}))
        if len(known) < len(set(wanted)):
            notices.append(Notice("unknown_choice", dimension))
        if known:
            filters[dimension] = known
    period = _period(given.pop("period", ""), notices)
    return View(lang, as_of, filters, period, past, since, guests), tuple(notices)


def _period(text: str, notices: list[Notice]) -> PeriodKind | None:
    kinds: tuple[PeriodKind, ...] = get_args(PeriodKind)
    found = next((kind for kind in kinds if kind == text), None)
    if text and found is None:
        notices.append(Notice("unknown_choice", "period"))
    return found


def _parameters(search: str, notices: list[Notice]) -> dict[str, str]:
    try:
        query = parse_qs(search.lstrip("?"), max_num_fields=40)
    except ValueError:
        notices.append(Notice("unreadable_address", "?"))
        return {}
    return {key: values[-1] for key, values in query.items()}


def days_before(day: date, days: int) -> date:
    """The day so many days earlier, never before the first day a date can name."""
    return date.fromordinal(max(1, day.toordinal() - days))


def _day(text: str, parameter: str, today: date, notices: list[Notice]) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        notices.append(Notice("unreadable_date", parameter))
        return None
    if day > today:
        notices.append(Notice("future_date", parameter))
        return None
    return day


def to_search(view: View) -> str:
    """The query string of a view; parse_view reads it back to the same view."""
    query: dict[str, str] = {"lang": view.lang}
    query |= {dimension: ",".join(view.filters[dimension]) for dimension in DIMENSIONS if view.filters.get(dimension)}
    if view.as_of is not None:
        query["as_of"] = view.as_of.isoformat()
    if view.period is not None:
        query["period"] = view.period
    if view.known is not None:
        query["known"] = view.known.isoformat()
    if view.since is not None:
        query["since"] = view.since.isoformat()
    if view.guests:
        query["guests"] = "1"
    return "?" + urlencode(query, safe=",")
