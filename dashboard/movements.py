"""Who moved between two reviews, and the stocks and flows of every place (field reference 2).

Where a woman is "now" is the place that dashboard.path gives her; each woman moves at most once between two reviews,
from where the last review saw her to where this one sees her. For every place: start + came - went = end.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.evidence import Evidence, Row, evidence, rows_at
from dashboard.individuals import ABSENT, Numbers
from dashboard.path import places
from dashboard.programme import Programme
from dashboard.readings import CAUSES, Cause, Readings
from dashboard.restatement import KINDS, Kind
from dashboard.roster import Roster

MOST = 200
"""Women listed by name of their row, where not told otherwise; the counts are always of all."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Women in a place at the last review and now: start + came - went = end. `place` None: the whole roster.

    `restated` is the stock of the last review's day as it is known now.
    """

    place: str | None
    start: int
    came: int
    went: int
    end: int
    restated: int
    came_by: Mapping[Cause, int]  # they sum to `came`
    went_by: Mapping[Cause, int]


@dataclass(frozen=True, slots=True)
class Route:
    """Women who moved the same way for the same reason. None: not there (before they came, after they went)."""

    came_from: str | None
    went_to: str | None
    cause: Cause
    kind: Kind | None  # of restatement
    women: int


@dataclass(frozen=True, slots=True)
class Move:
    """A woman who is elsewhere than at the last review. Internal lists only."""

    woman: str  # pseudonym
    sheet: str
    row: int
    in_sheet: bool  # whether the row is that of today's sheet; else she is not in it, and the row was that of then
    came_from: str | None
    restated: str | None  # where she was then, as rows and dates now tell: words alone do not retell it
    went_to: str | None
    cause: Cause
    kind: Kind | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Movements:
    """Flows of all places of the programme and of the roster, the routes, and the women who moved.

    `moves` are at most as many as asked for, `moved` are all.
    """

    flows: tuple[Flow, ...]
    whole: Flow
    routes: tuple[Route, ...]
    moves: tuple[Move, ...]
    moved: int


def movements(
    found: Readings, kinds: Numbers, then: Roster, now: Roster, programme: Programme, most: int = MOST
) -> Movements:
    """The movements between two reviews. `kinds` as restatement.kinds_of gives them."""
    moved = np.flatnonzero(found.known.place != found.now.place)
    causes = causes_of(found)[moved]
    told = np.where(causes == CAUSES.index("restated"), kinds[moved], ABSENT)
    routes = tuple(_routes(found, moved, causes, told, programme))
    listed = moved[np.lexsort((moved, found.now.place[moved], -causes))][:most]
    return Movements(
        flows=tuple(_flows(found, routes, programme)),
        whole=_whole(found, routes),
        routes=routes,
        moves=tuple(_moves(found, listed, kinds, then, now, programme)),
        moved=len(moved),
    )


def causes_of(found: Readings) -> Numbers:
    """Why each woman is where she is, as a position in CAUSES; of those who have not moved it says nothing.

    Restated if the place she is in now is that in which she was already on the day of the last review, as it is known
    now; else time, if she would be in it too had nothing dated since come yet; else progress. One who both has a
    retold past and moved on since counts as moved on: Move.restated tells where she really was.
    """
    stood, waited = found.restated.place == found.now.place, found.waited.place == found.now.place
    return np.select([stood, waited], [CAUSES.index("restated"), CAUSES.index("time")], CAUSES.index("progress"))


def _routes(found: Readings, moved: Numbers, causes: Numbers, kinds: Numbers, programme: Programme) -> Iterator[Route]:
    """The routes, by cause, from where and to where."""
    names = (*places(programme), None)  # ABSENT = -1 is the last
    ways = np.stack([causes, found.known.place[moved], found.now.place[moved], kinds])
    unique, women = np.unique(ways, axis=1, return_counts=True)
    for (cause, start, end, kind), n in zip(unique.T, women, strict=True):
        yield Route(names[start], names[end], CAUSES[cause], KINDS[kind] if kind != ABSENT else None, int(n))


def _flows(found: Readings, routes: Sequence[Route], programme: Programme) -> Iterator[Flow]:
    """The flows of the places that the programme names, and of others that someone is or was in."""
    named = {stage.id for stage in (*programme.stages, *programme.now)}
    for number, place in enumerate(places(programme)):
        start, restated, end = (int((one.place == number).sum()) for one in (found.known, found.restated, found.now))
        came = _by_cause(route for route in routes if route.went_to == place)
        went = _by_cause(route for route in routes if route.came_from == place)
        if place in named or start or end or restated:
            yield Flow(place, start, sum(came.values()), sum(went.values()), end, restated, came, went)


def _whole(found: Readings, routes: Sequence[Route]) -> Flow:
    """The flow of the roster itself: who is in it at all."""
    start, restated, end = (int((one.place != ABSENT).sum()) for one in (found.known, found.restated, found.now))
    came = _by_cause(route for route in routes if route.came_from is None)
    went = _by_cause(route for route in routes if route.went_to is None)
    return Flow(None, start, sum(came.values()), sum(went.values()), end, restated, came, went)


def _by_cause(routes: Iterator[Route]) -> dict[Cause, int]:
    found = dict.fromkeys(CAUSES, 0)
    for route in routes:
        found[route.cause] += route.women
    return found


def _moves(
    found: Readings, women: Numbers, kinds: Numbers, then: Roster, now: Roster, programme: Programme
) -> Iterator[Move]:
    names, causes = (*places(programme), None), causes_of(found)
    before = _rows(then.frame, found.women.then[women])
    after = _rows(now.frame, found.women.now[women])
    for woman, was, now_is in zip(women, before, after, strict=True):
        cause, here = CAUSES[causes[woman]], now_is or was
        yield Move(
            woman=found.women.codes[woman],
            sheet=str(here["sheet"]),
            row=int(here["row"]),
            in_sheet=bool(now_is),
            came_from=names[found.known.place[woman]],
            restated=names[(found.restated if _by_date(kinds[woman]) else found.known).place[woman]],
            went_to=names[found.now.place[woman]],
            cause=cause,
            kind=KINDS[kinds[woman]] if cause == "restated" else None,
            evidence=tuple(evidence(was, now_is, cause, found.since, found.today, programme)),
        )


def _rows(frame: pd.DataFrame, positions: Numbers) -> list[Row]:
    """The rows at some positions, an empty one for ABSENT."""
    known = iter(rows_at(frame, positions[positions != ABSENT]))
    return [{} if position == ABSENT else next(known) for position in positions]


def _by_date(kind: int) -> bool:
    """Whether a past was retold by a row or a date; today's words, in place of those of then, say little of then."""
    return kind != ABSENT and KINDS[kind] not in ("undated", "contact", "overtaken")
