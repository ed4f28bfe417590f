"""A release as CSV: a line a number, with everything on each line that says where it comes from."""

import csv
import io
from collections.abc import Iterator

from dashboard.release import Cell, Release
from dashboard.release_cells import WHOLE, split
from layouts.donor.numbers import count_words
from layouts.donor.shown import DonorView
from layouts.donor.tables import period_name
from layouts.names import choice_name
from layouts.repair_csv import BYTE_ORDER_MARK, harmless

COLUMNS = ("release", "check_code", "as_of", "data_version", "definition_version")
NUMBER = ("group", "women", "id", "value", "low", "high", "of", "said", "since_release")


def release_csv(view: DonorView) -> bytes:
    """All cells of a release, the hidden ones with the reason in words. Raises LookupError where there is none."""
    text, out = view.text, io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([text(f"donor.csv.{name}") for name in (*COLUMNS, *NUMBER)])
    writer.writerows([harmless(cell) for cell in row] for row in _rows(view))
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _rows(view: DonorView) -> Iterator[tuple[str, ...]]:
    release, code = view.release, view.published.code if view.published else ""
    about = (str(release.number), code, release.as_of.isoformat(), release.data_version, release.definition_version)
    for cell in release.cells:
        group, measure = split(cell.id)
        words = (group_name(group, release, view), view.text(f"donor.measure.{measure}"), cell.id)
        yield (*about, *words, *_numbers(cell), count_words(cell, view.text), _plain(cell.since))


def _numbers(cell: Cell) -> tuple[str, ...]:
    return tuple(_plain(number) for number in (cell.value, cell.low, cell.high, cell.of))


def _plain(number: int | None) -> str:
    return "" if number is None else str(number)


def group_name(group: str, release: Release, view: DonorView) -> str:
    """What a group of women is called."""
    text, (kind, _, value) = view.text, group.partition(":")
    if group == WHOLE:
        return text("donor.all_women")
    if kind == "period":
        return next(
            period_name(period, release, text) for period in release.layout.periods if str(period.number) == value
        )
    return text("figure.pair", name=text(f"filter.{kind}"), value=choice_name(kind, value, view.programme, text))
