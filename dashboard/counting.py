"""Counting the women of a frame by class, inside whatever engine holds the frame; only counts come back.

The frame has the columns of roster.Roster.frame. Every expression is written once in Narwhals: whole numbers,
when/then, group_by and sum, so that Polars, DuckDB, Ibis and Spark run it unchanged. A frame of pandas goes through
dashboard.array_frame, which evaluates the same expressions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.array_expressions import Words
from dashboard.array_frame import Columns
from dashboard.days import BOUNDS, DATES, NEVER, NOTHING, NUMBERS, WORDS, AsOf, bounded, day_number, filled
from dashboard.outcome import KEPT, KINDS, PAPERS, STATES, certificate, outcome, retention, times, training, window
from dashboard.path import (
    EVIDENCE,
    PATH,
    RETAINED,
    dates,
    exits,
    further_reach,
    main_reach,
    meanings,
    place,
    places,
    present,
    proofs,
    retained_reach,
    standing,
)
from dashboard.programme import Programme
from dashboard.schema import DIMENSIONS, UNSPECIFIED

Numbers = npt.NDArray[np.int64]
Women = nw.LazyFrame[Any]
_TIMES = ("follow", "day", "event")


@dataclass(frozen=True)
class Cube:
    """Counts per group of women who share every dimension; the groups are in the order of `codes`.

    `labels[dimension]` are its values ("a|b" for several criteria), `codes[dimension]` the value of each group as a
    position in them. `counts` has a row per group and a column per class (`columns`). `times` has columns of equal
    length: group, follow, day, event, n; so has `waiting`, of women without work whose window is open: group,
    days_left, n.
    """

    labels: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Numbers]
    columns: Mapping[str, int]
    counts: Numbers
    times: Mapping[str, Numbers]
    waiting: Mapping[str, Numbers]

    def matching(self, dimension: str, ids: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Which groups have one of some ids."""
        wanted = set(ids)
        hits = [not wanted.isdisjoint(label.split("|")) for label in self.labels[dimension]]
        found: npt.NDArray[np.bool_] = np.array(hits, dtype=bool)[self.codes[dimension]]
        return found


def count(native: Any, programme: Programme, as_of: date) -> Cube:
    """Count a frame of any engine that Narwhals knows, as of a day."""
    wide = not isinstance(native, pd.DataFrame)
    return _cube(*_tables(classified(native, programme, day_number(as_of)), programme, DIMENSIONS, wide=wide))


def count_days(native: Any, programme: Programme, days: Sequence[date]) -> list[Cube]:
    """The same as of several days, in one pass over as many copies of the frame."""
    numbers = [day_number(day) for day in days]
    ready = _ready(native)
    copies = nw.concat([ready.with_columns(nw.lit(number).alias("as_of")) for number in numbers])
    women = _classified(copies, programme, nw.col("as_of"))
    found = list(_tables(women, programme, (*DIMENSIONS, "as_of"), wide=not isinstance(native, pd.DataFrame)))
    return [_cube(*(_of_day(table, number) for table in found)) for number in numbers]


def _of_day(table: pd.DataFrame, number: int) -> pd.DataFrame:
    return table[table["as_of"] == number].drop(columns="as_of")


def _tables(women: Women, programme: Programme, keys: Sequence[str], *, wide: bool) -> Iterator[pd.DataFrame]:
    """Every table of counts that a cube is made of: each topic of classes, days to work, days left.

    `wide`: the topics are counted in one pass, for an engine that pays for each with a pass over all it has stored.
    """
    topics = classes(programme)
    if wide:
        whole = summed(women, [name for topic in topics for name in topic], keys)
        yield from (whole[[*keys, *topic]] for topic in topics)
    else:
        yield from (summed(women, topic, keys) for topic in topics)
    waiting = nw.col("outcome__open") & ~nw.col("open_inserted")
    for condition, columns in ((nw.col("timed"), _TIMES), (waiting, ("days_left",))):
        yield collected(women.filter(condition).group_by(*keys, *columns).agg(nw.len().alias("n")))


def classified(native: Any, programme: Programme, as_of: int) -> Women:
    """The women known to the programme by a day (a day number), each with a column per class that is counted."""
    return _classified(_ready(native), programme, as_of)


def _classified(women: Women, programme: Programme, as_of: AsOf) -> Women:
    women = women.with_columns(*bounded(programme)).filter(present(as_of))
    steps = (
        meanings(programme),
        dates(programme, as_of),
        standing(as_of),
        proofs(),
        main_reach(),
        further_reach(),
        retained_reach(),
        exits(as_of),
        [place(programme), *training(as_of), *certificate(), *window(programme, as_of)],
        [*_now(programme), *outcome(), *times(as_of), *retention(programme, as_of)],
    )
    for step in steps:
        women = women.with_columns(*step)
    return women.with_columns((nw.col("completed__dated") & ~nw.col("timed")).alias("untimed"))


def _now(programme: Programme) -> list[nw.Expr]:
    stocks = [(nw.col("place") == number).alias(f"now__{name}") for number, name in enumerate(places(programme))]
    return [*stocks, (nw.col("place") >= 0).alias("women")]


def classes(programme: Programme) -> tuple[tuple[str, ...], ...]:
    """The names of what is counted, in topics, so that no intermediate table is wide.

    `women`; `<stage>__<evidence>`; `now__<place>`; `outcome__<state>` and what it is made of; `paper__<state>`;
    `<retention stage>__kept_<answer>`; the columns of outcome.training.
    """
    path = (f"{stage}__{evidence}" for stage in PATH for evidence in EVIDENCE)
    now = (f"now__{place}" for place in places(programme))
    states = (f"outcome__{state}" for state in STATES)
    made_of = ("open_inserted", "from_placement", *(f"inserted__{kind}" for kind in KINDS), "untimed")
    kept = (f"{stage}__kept_{answer}" for stage in RETAINED for answer in KEPT)
    trained = ("started", "in_training", "left_training", "dropout", "due", "due_completed")
    papers = (f"paper__{paper}" for paper in PAPERS)
    return ("women", *path, *now), (*states, *made_of, *kept, *trained, *papers)


def summed(women: Women, names: Sequence[str], keys: Sequence[str]) -> pd.DataFrame:
    """Women per group and class: one pass over the frame."""
    ones = women.select(*keys, nw.col(*names).cast(nw.Int32))
    return collected(ones.group_by(*keys).agg(nw.col(*names).sum()))


def collected(counts: Women) -> pd.DataFrame:
    """A table of counts, out of the engine."""
    return counts.collect().to_pandas()


def _ready(native: Any) -> Women:
    """The columns that counting reads, without nulls."""
    if isinstance(native, pd.DataFrame):
        return nw.from_native(_lean(native))
    frame: Women = nw.from_native(native).lazy()
    return frame.select(*filled())


def _lean(native: pd.DataFrame) -> Columns:
    """The same for pandas, in an engine that is quick with few rows and with many."""
    days = {name: native[name].to_numpy(dtype=np.int64, na_value=NEVER) for name in (*DATES, *BOUNDS)}
    numbers = {name: native[name].to_numpy(dtype=np.float64, na_value=NOTHING) for name in NUMBERS}
    words = {name: _words(native[name], "") for name in WORDS}
    dimensions = {name: _words(native[name], UNSPECIFIED) for name in DIMENSIONS}
    return Columns.of({**dimensions, **days, **numbers, **words}, len(native))


def _words(column: pd.Series, missing: str) -> Words:
    codes, found = pd.factorize(column)
    labels = tuple(dict.fromkeys((*map(str, found), missing)))
    return Words(np.where(codes < 0, labels.index(missing), codes), labels)


def _cube(first: pd.DataFrame, second: pd.DataFrame, dated: pd.DataFrame, left: pd.DataFrame) -> Cube:
    """Put the tables of the topics side by side, one row per group."""
    labels = group_labels(first)
    groups = np.sort(group_keys(first, labels))
    codes = np.unravel_index(groups, [max(len(names), 1) for names in labels.values()])
    parts = [
        table.drop(columns=list(DIMENSIONS)).iloc[np.argsort(group_keys(table, labels))] for table in (first, second)
    ]
    names = [name for part in parts for name in part.columns]
    return Cube(
        labels=labels,
        codes=dict(zip(DIMENSIONS, codes, strict=True)),
        columns={name: position for position, name in enumerate(names)},
        counts=np.hstack([part.to_numpy(dtype=np.int64) for part in parts]),
        times=small(dated, (*_TIMES, "n"), groups, labels),
        waiting=small(left, ("days_left", "n"), groups, labels),
    )


def group_labels(table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The values of each dimension in a table with a row per group."""
    return {name: tuple(sorted({str(label) for label in table[name]})) for name in DIMENSIONS}


def small(
    table: pd.DataFrame, columns: Sequence[str], groups: Numbers, labels: Mapping[str, tuple[str, ...]]
) -> dict[str, Numbers]:
    """The columns of a table of counts, with the group of each row."""
    found = {name: table[name].to_numpy(dtype=np.int64) for name in columns}
    return {"group": np.searchsorted(groups, group_keys(table, labels)), **found}


def group_keys(table: pd.DataFrame, labels: Mapping[str, tuple[str, ...]]) -> Numbers:
    """One number per row that names its group."""
    sizes = [max(len(names), 1) for names in labels.values()]
    if not len(table):
        return np.empty(0, dtype=np.int64)
    codes = [pd.Index(names).get_indexer(pd.Index(table[name].astype(str))) for name, names in labels.items()]
    keys: Numbers = np.ravel_multi_index(codes, sizes)
    return keys
