"""The numbers that a sign-off freezes, from rosters alone: counted once more from history they are the same."""

from collections import Counter
from datetime import date
from typing import Any

from dashboard.follow_up import follow_up
from dashboard.overview import overview
from dashboard.programme import Programme
from dashboard.report import report
from dashboard.report_measures import report_measures
from dashboard.restatement import Part, Rows
from dashboard.review import review
from dashboard.review_figures import names_of
from dashboard.review_report import follow_up_report, review_report
from dashboard.roster import Roster
from dashboard.tally import Filters, tallies
from dashboard.view import days_before

Json = dict[str, Any]


def review_numbers(
    then: Roster | None,
    now: Roster,
    programme: Programme,
    since: date | None,
    today: date,
    filters: Filters,
    said: Part | None = None,
    rows: Rows | None = None,
) -> Json:
    """The report of a view as `flask report` prints it, and what changed; "review" is None if there was no then.

    Counts only: of the findings not the cells but how many there are of each kind. "names" is what paper calls things
    by; "follow_up" is there where "review", which has it too, is not.
    """
    found, before = tallies(now, programme, (today, days_before(today, programme.rules.change_days)))
    view = found.where(filters)
    told = report(overview(found, before, filters), now, programme) | report_measures(view)
    numbers, listed = {"report": told | {"findings": _counted(now)}}, follow_up(now, view)
    if then is None or since is None:
        return {**numbers, "review": None, "follow_up": follow_up_report(listed), "names": names_of(programme, filters)}
    compared = review(then, now, programme, since, today, filters=filters, rows=rows, said=said)
    return {**numbers, "review": review_report(compared, listed), "names": names_of(programme, filters)}


def _counted(roster: Roster) -> list[Json]:
    found = Counter((finding.code, finding.severity.value) for finding in roster.findings)
    return [{"code": code, "severity": severity, "cells": n} for (code, severity), n in sorted(found.items())]
