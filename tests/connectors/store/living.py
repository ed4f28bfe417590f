"""A process that records one version after the other until someone kills it. What version n says follows from n."""

import sys
import traceback
from multiprocessing.connection import Connection

import numpy as np

from connectors.store import StoreError, open_store
from dashboard.roster import Roster
from store.histories import Row, finding, record, roster, row

WOMEN = 60


def story(number: int) -> Roster:
    """The roster of version `number`: rows come, go and move, and a third of the cells are typed anew."""
    dice = np.random.default_rng(number)
    rows: list[Row] = []
    for place, woman in enumerate(dice.permutation(WOMEN + number % 7)[:WOMEN].tolist(), start=2):
        values = {"wage": float(woman * 10 + (number if dice.random() < 0.3 else 0)), "cohort": f"p{woman % 5}"}
        rows.append(row(f"w{woman:03}", place, **values))
    return roster(rows, [finding(int(dice.integers(2, WOMEN)))])


def live(url: str, told: Connection) -> None:
    """Record the versions after the newest one. Says ("begin", n) before each and ("done", n) after it."""
    try:
        feed = open_store(url).feed("eclat", "kill")
        newest = feed.head().version
        number = 1 if newest is None else newest.number + 1
        while True:
            read = story(number)
            told.send(("begin", number))
            made = record(feed, read, number)
            told.send(("done", made.number))
            number = made.number + 1
    except StoreError as error:
        told.send(("failed", error.code))
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)
    except BaseException:
        told.send(("broke", traceback.format_exc()))
