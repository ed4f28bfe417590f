"""`flask --app app report` and `demo-sheet`: the page's numbers and the demo roster, from a terminal."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, Protocol

import click
from flask import Flask

from dashboard.overview import overview
from dashboard.programme import Lang, Programme
from dashboard.report import report
from dashboard.report_measures import report_measures
from dashboard.report_targets import report_targets
from dashboard.reviews import Reviews
from dashboard.roster import Roster
from dashboard.tally import counted, tallies
from dashboard.text import NONE, Text
from dashboard.view import days_before
from layouts.repair_csv import harmless

FORMATS = ("json", "csv", "table")


class Explained(Protocol):
    """An error that knows the key and the parameters of its sentence."""

    @property
    def code(self) -> str:
        """The key of the sentence, without "error."."""
        ...

    @property
    def params(self) -> Mapping[str, str | int]:
        """What fills it; never a participant's value."""
        ...


def terminal_language(environ: Mapping[str, str]) -> Lang:
    """The language of the terminal's locale where the dashboard speaks it, else English."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    languages: dict[str, Lang] = {"ar": "ar", "fr": "fr"}
    return languages.get(locale[:2], "en")


def sentence(error: Explained, lang: Lang) -> str:
    """What happened, where and what to do next, in words."""
    return Text(lang)(f"error.{error.code}", **{name: str(value) for name, value in error.params.items()})


def explaining(faults: tuple[type[Exception], ...], lang: Lang) -> Callable[[], AbstractContextManager[None]]:
    """What a command runs in: one of `faults` ends it with one sentence and status 2."""

    @contextmanager
    def explained() -> Iterator[None]:
        try:
            yield
        except faults as error:
            stop(error, lang)  # type: ignore[arg-type]

    return explained


def stop(error: Explained, lang: Lang) -> NoReturn:
    """Say one sentence on standard error and end with status 2."""
    click.echo(sentence(error, lang), err=True)
    raise SystemExit(2)


def register(
    server: Flask,
    programme: Programme,
    open_roster: Callable[[str | None], Roster],
    write_demo_sheet: Callable[[Path, date], None],
    today: Callable[[], date],
    lang: Lang,
    faults: tuple[type[Exception], ...],
    reviews: Callable[[], Reviews] | None = None,
) -> None:
    """Add the commands. `open_roster(source)` reads a roster once; `faults` are the errors it explains in words.

    `reviews()` gives the book of the weekly reviews.
    """

    @server.cli.command("report")
    @click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
    @click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Count as of this day. Default: today.")
    @click.option("--source", help="demo, a .csv or .xlsx file, or a spreadsheet's address. Default: DASHBOARD_SOURCE.")
    @click.option("--review", type=click.IntRange(1), help="Print a signed weekly review instead, as it was signed.")
    def report_command(form: str, as_of: datetime | None, source: str | None, review: int | None) -> None:
        """Print the numbers of the management page."""
        try:
            if review is not None and reviews is not None:
                numbers = signed_numbers(reviews(), review, Text(lang))
            else:
                numbers = numbers_of(open_roster(source), programme, as_of.date() if as_of else today())
        except faults as error:
            stop(error, lang)  # type: ignore[arg-type]
        click.echo(render(numbers, form))

    @server.cli.command("demo-sheet")
    @click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
    def demo_sheet_command(path: Path) -> None:
        """Write the demo roster as an XLSX file that can be uploaded to Google Sheets."""
        try:
            write_demo_sheet(path, today())
        except faults as error:
            stop(error, lang)  # type: ignore[arg-type]
        click.echo(str(path))


def numbers_of(roster: Roster, programme: Programme, as_of: date) -> dict[str, Any]:
    """The report of a roster as of a day, counted as the page counts it."""
    now, before = tallies(roster, programme, (as_of, days_before(as_of, programme.rules.change_days)))
    numbers = report(overview(now, before, {}), roster, programme)
    return {**numbers, **report_measures(now), **report_targets(now, counted(roster, programme, {}), roster)}


def signed_numbers(reviews: Reviews, number: int, text: Text) -> dict[str, Any]:
    """The numbers of a signed review. Says which ones there are, and ends with status 2, where that one is not."""
    signed = reviews.document(number)
    if signed is None:
        known = ", ".join(str(one.number) for one in reviews.book().signed) or NONE
        click.echo(text("review.unknown", review=str(number), known=known), err=True)
        raise SystemExit(2)
    return signed.numbers


def render(numbers: Mapping[str, Any], form: str) -> str:
    """A report as JSON, as CSV (one value a line, safe to open in a spreadsheet) or as aligned tables."""
    if form == "json":
        return json.dumps(numbers, ensure_ascii=False, indent=2)
    if form == "table":
        return "\n\n".join(_tables(numbers))
    lines = io.StringIO()
    rows = [("place", "value"), *((harmless(place), _plain(value)) for place, value in _leaves(numbers))]
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue().rstrip("\n")


def _tables(numbers: Mapping[str, Any], of: str = "") -> Iterable[str]:
    """A block of single values, then a table per list of records; lists within a record follow it, under its name."""
    single = {key: value for key, value in numbers.items() if not isinstance(value, Mapping | list)}
    for title, row in [("", single), *((key, value) for key, value in numbers.items() if isinstance(value, Mapping))]:
        if row:
            yield _aligned(of + title, [[k, _short(v)] for k, v in row.items() if v is not None])
    for key, records in numbers.items():
        if not isinstance(records, list) or not records or not isinstance(records[0], Mapping):
            continue
        if any(isinstance(value, list) for value in records[0].values()):
            for place, record in enumerate(records):
                yield from _tables(record, f"{of}{key} {_name(record, place)}: ")
        else:
            columns = list(records[0])
            body = [[_short(record.get(column)) for column in columns] for record in records]
            yield _aligned(of + key, [columns, *body])


def _aligned(title: str, rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([title, *lines] if title else lines)


def _short(value: Any) -> str:
    """A value for the eye: rates to four places, nothing for what is undefined."""
    if isinstance(value, Mapping):
        return " ".join(f"{key}={_short(inner)}" for key, inner in value.items())
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


def _leaves(value: Any, place: str = "") -> Iterable[tuple[str, Any]]:
    """Every single value with its place, "indicators.insertion_90.rate"."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{place}.{_name(inner, index)}")
    else:
        yield place, value


def _name(item: Any, index: int) -> str:
    if isinstance(item, Mapping):
        for key in ("id", "stage", "cohort", "day"):
            if key in item:
                return str(item[key])
    return str(index)


def _plain(value: Any) -> str:
    """A value as text that no spreadsheet takes for a formula; a number below zero stays one."""
    return harmless(value) if isinstance(value, str) else "" if value is None else str(value)
