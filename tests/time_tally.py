"""What one tally costs on arrays and on pandas through Narwhals, in one run: `.venv/bin/python tests/time_tally.py`.

CPU seconds and the most memory that numpy and pandas held at a time, for the women of ARGV (210 and 400,000). Not a
test: a busy machine changes the seconds, less so their ratio.
"""

import gc
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent)]

import narwhals as nw  # noqa: E402
import pandas as pd  # noqa: E402
from women import AS_OF, PROGRAMME, frame  # noqa: E402
from women_at_random import many_women  # noqa: E402

from dashboard.counting import count  # noqa: E402
from dashboard.detail import count_detail  # noqa: E402

DRAWN = 20_000


def roster_frame(women: int) -> pd.DataFrame:
    """So many random women; beyond DRAWN they repeat."""
    drawn = frame(*many_women(min(women, DRAWN), 1))
    return pd.concat([drawn] * -(-women // DRAWN), ignore_index=True).iloc[:women]


def best(work: Callable[[], Any], times: int) -> float:
    """The least CPU seconds of some runs."""
    seconds = []
    for _ in range(times):
        gc.collect()
        start = process_time()
        work()
        seconds.append(process_time() - start)
    return min(seconds)


def peak(work: Callable[[], Any]) -> float:
    """The most MB held beyond what was held before."""
    tracemalloc.start()
    work()
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held / 1e6


def main(sizes: list[int]) -> None:
    for women in sizes:
        table, times = roster_frame(women), 5 if women < DRAWN else 2
        for what, counted in (("tally", count), ("detail", count_detail)):
            on_arrays, on_pandas = (
                lambda native=native, counted=counted: counted(native, PROGRAMME, AS_OF)
                for native in (table, nw.from_native(table))
            )
            quick, slow = best(on_arrays, times), best(on_pandas, times)
            small, large = peak(on_arrays), peak(on_pandas)
            told = [f"{women:>7} women, {what:<6}"]
            told += [
                f"{name} {cpu:.3f} s {held:.0f} MB"
                for name, cpu, held in (
                    ("arrays", quick, small),
                    ("pandas", slow, large),
                )
            ]
            sys.stdout.write(", ".join([*told, f"{slow / quick:.1f} times"]) + "\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [210, 400_000])
