"""The frame of arrays against Narwhals on pandas, and by hand."""

from datetime import timedelta
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from deeper_women import DEEPER
from odd_women import women
from told_alike import told, told_detail
from women import AS_OF, A

from dashboard.array_expressions import Words
from dashboard.array_frame import Columns
from dashboard.counting import count, count_days
from dashboard.detail import count_detail, detailed

WORDS = Words(np.array([1, 0, 1, 2]), ("p1", "p2", "p3"))


@pytest.mark.parametrize("seed", [1, 2])
def test_every_column_is_that_of_pandas(seed: int) -> None:
    table = women(seed)
    on_arrays, on_pandas = (
        detailed(native, DEEPER, A).collect().to_pandas().reset_index(drop=True)
        for native in (table, nw.from_native(table))
    )
    assert list(on_arrays) == list(on_pandas)
    assert len(on_arrays) > 350
    wrong = [name for name in on_pandas if list(on_arrays[name]) != list(on_pandas[name])]
    assert not wrong


def test_every_count_is_that_of_pandas() -> None:
    table = women(3)
    table["cohort"] = pd.array(["c1", "c2"] * 200, dtype="string")
    generic = nw.from_native(table)
    assert told(count(table, DEEPER, AS_OF)) == told(count(generic, DEEPER, AS_OF))
    days = [AS_OF - timedelta(200), AS_OF]
    for one, other in zip(count_days(table, DEEPER, days), count_days(generic, DEEPER, days), strict=True):
        assert told(one) == told(other)
    one_more, other_more = (count_detail(native, DEEPER, AS_OF) for native in (table, generic))
    assert told_detail(one_more) == told_detail(other_more)


def small() -> nw.LazyFrame[Any]:
    """Four women: a day, a score, whether they came, and a prefecture."""
    columns = {
        "day": np.array([-7, 3, 3, 8]),
        "score": np.array([0.5, 1.5, 2.5, -1.0]),
        "came": np.array([True, False, True, True]),
        "prefecture": WORDS,
    }
    found: nw.LazyFrame[Any] = nw.from_native(Columns.of(columns, 4))
    return found


DAY, SCORE, CAME, PREFECTURE = (nw.col(name) for name in ("day", "score", "came", "prefecture"))
OPERATIONS: list[tuple[nw.Expr, list[Any]]] = [
    (DAY < 3, [True, False, False, False]),
    (DAY <= 3, [True, True, True, False]),
    (DAY > 3, [False, False, False, True]),
    (DAY >= 3, [False, True, True, True]),
    (DAY == 3, [False, True, True, False]),
    (DAY != 3, [True, False, False, True]),
    (DAY + 1, [-6, 4, 4, 9]),
    (DAY - 1, [-8, 2, 2, 7]),
    (10 - DAY, [17, 7, 7, 2]),
    (DAY * 2, [-14, 6, 6, 16]),
    (DAY / 2, [-3.5, 1.5, 1.5, 4.0]),
    (DAY // 4, [-2, 0, 0, 2]),  # towards minus infinity, as pandas and Polars have it
    (DAY % 4, [1, 3, 3, 0]),
    (((SCORE + 0.5) // 1).cast(nw.Int64) + 1, [2, 3, 4, 0]),  # the nearest, of halves the one above
    (CAME.cast(nw.Int32) * 5, [5, 0, 5, 5]),
    (CAME.cast(nw.Float64) / 2, [0.5, 0.0, 0.5, 0.5]),
    (CAME & (DAY > 0), [False, False, True, True]),
    (CAME | (DAY > 0), [True, True, True, True]),
    (~CAME, [False, True, False, False]),
    (CAME & ~nw.lit(False), [True, False, True, True]),
    (DAY.is_between(3, 8), [False, True, True, True]),
    (DAY.is_in([8, -7]), [True, False, False, True]),
    (PREFECTURE == "p2", [True, False, True, False]),
    (PREFECTURE != "p2", [False, True, False, True]),
    (PREFECTURE.is_in(["p1", "p3"]), [False, True, False, True]),
    (PREFECTURE == "p9", [False, False, False, False]),
    (nw.when(CAME).then(DAY).otherwise(0), [-7, 0, 3, 8]),
    (nw.when(DAY > 5).then(1).otherwise(nw.when(DAY > 0).then(2).otherwise(3)), [3, 2, 2, 1]),
    (nw.lit(4).cast(nw.Int64), [4, 4, 4, 4]),
    (nw.lit(2.5, nw.Int64), [2, 2, 2, 2]),
    (~CAME | nw.lit(True), [True, True, True, True]),
]


def test_operations() -> None:
    made = small().with_columns(*(made.alias(f"made_{number}") for number, (made, _) in enumerate(OPERATIONS)))
    table = made.collect().to_pandas()
    for number, (operation, expected) in enumerate(OPERATIONS):
        assert table[f"made_{number}"].tolist() == expected, str(operation)


def test_rows_are_left_out_and_columns_replaced() -> None:
    found = small().filter(CAME, DAY > 0).with_columns(DAY + 1).filter(PREFECTURE == "p3").collect().to_pandas()
    assert found.to_dict("records") == [{"day": 9, "score": -1.0, "came": True, "prefecture": "p3"}]


def test_groups() -> None:
    women = small().group_by("prefecture", "day").agg(CAME.cast(nw.Int32).sum(), nw.len().alias("n"))
    found = women.collect().to_pandas()
    rows = sorted(found.to_dict("records"), key=lambda row: (row["prefecture"], row["day"]))
    assert rows == [
        {"prefecture": "p1", "day": 3, "came": 0, "n": 1},
        {"prefecture": "p2", "day": -7, "came": 1, "n": 1},
        {"prefecture": "p2", "day": 3, "came": 1, "n": 1},
        {"prefecture": "p3", "day": 8, "came": 1, "n": 1},
    ]
    alone = small().group_by("came").agg(DAY.sum(), nw.len().alias("n")).collect().to_pandas()
    assert sorted(alone.itertuples(index=False, name=None)) == [(False, 3, 1), (True, 4, 3)]


def test_no_rows_have_no_groups() -> None:
    found = small().filter(DAY > 100).group_by("prefecture").agg(nw.len().alias("n")).collect().to_pandas()
    assert len(found) == 0


def test_one_below_the_other() -> None:
    others = Columns.of({"prefecture": Words(np.array([0, 1]), ("p9", "p1")), "day": np.array([1, 2])}, 2)
    both = nw.concat([small().select("prefecture", DAY), nw.from_native(others)])
    assert both.collect().to_pandas().to_dict("list") == {
        "prefecture": ["p2", "p1", "p2", "p3", "p9", "p1"],
        "day": [-7, 3, 3, 8, 1, 2],
    }


def test_what_the_rules_do_not_use_is_refused() -> None:
    with pytest.raises(NotImplementedError, match="left"):
        small().with_columns(DAY.is_between(3, 8, closed="left"))
    with pytest.raises(NotImplementedError, match="diagonal"):
        nw.concat([small(), small()], how="diagonal")
    with pytest.raises(KeyError):
        small().with_columns(DAY.cast(nw.String))
    with pytest.raises(KeyError, match="nobody"):
        small().select(nw.col("nobody")).collect()
