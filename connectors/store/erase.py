"""Takes a woman out of everything that is remembered: what held of her, where she stood, and what was said of her rows.

Only her pseudonym leads to her. It stands in the table `person`, and where a decision of a weekly review names her
(connectors.store.reviews); it goes with her.
"""

import re
from collections.abc import Collection, Sequence

import numpy as np
from sqlalchemy import Connection, delete, or_, select, update

from connectors.store.documents import account_without, findings_from, findings_text
from connectors.store.errors import StoreError
from connectors.store.placement import Placement
from connectors.store.pulls import change_head, locked
from connectors.store.rebuild import VersionRow
from connectors.store.reviews import forget_woman
from connectors.store.shelf import Shelf
from connectors.store.tables import OPEN, feed, person, state, version
from dashboard.history import Erased
from dashboard.roster import Finding

_CELL = re.compile(r"('.*'!)[A-Z]*(\d+)", re.DOTALL)


def erase_woman(connection: Connection, programme: str, pseudonym: str, source: str) -> Erased:
    """Erase whoever had a pseudonym, from all feeds of a programme. `source` is the one that is read now.

    Raises StoreError store_person_unknown, and store_person_current while she stands in the newest roster of `source`:
    the next pull would remember her again.
    """
    total, named = Erased(0, 0), 0
    for row in connection.execute(select(feed).where(feed.c.programme == programme).order_by(feed.c.id)).all():
        last = locked(connection, row.id)
        persons = _persons(connection, row.id, pseudonym)
        named += forget_woman(connection, row.id, pseudonym)  # by then perhaps in no version that is kept
        if not persons:
            continue
        if row.source == source and _is_current(connection, row.id, persons):
            raise StoreError("store_person_current")
        versions = _clean_versions(connection, row.id, persons)
        states = connection.execute(delete(state).where(state.c.feed_id == row.id, state.c.person_id.in_(persons)))
        connection.execute(delete(person).where(person.c.feed_id == row.id, person.c.id.in_(persons)))
        Shelf(connection, row.id).sweep()
        change_head(connection, row.id, edition=last.edition + 1)
        total = Erased(total.states + states.rowcount, total.versions + versions)
    if not total.states and not named:
        raise StoreError("store_person_unknown")
    return total


def _persons(connection: Connection, feed_id: int, pseudonym: str) -> list[int]:
    """Whoever had the pseudonym: rows of one code that cannot be one woman are told apart as "…~2"."""
    named = or_(person.c.woman == pseudonym, person.c.woman.startswith(f"{pseudonym}~", autoescape=True))
    return list(connection.execute(select(person.c.id).where(person.c.feed_id == feed_id, named)).scalars())


def _is_current(connection: Connection, feed_id: int, persons: Collection[int]) -> bool:
    open_ = (state.c.feed_id == feed_id, state.c.person_id.in_(persons), state.c.valid_to == OPEN)
    return connection.execute(select(state.c.person_id).where(*open_).limit(1)).first() is not None


def _clean_versions(connection: Connection, feed_id: int, persons: Sequence[int]) -> int:
    """Take persons out of what the versions say. How many versions said something of them."""
    shelf, cleaned = Shelf(connection, feed_id), 0
    base: str | None = None
    rows = connection.execute(select(version).where(version.c.feed_id == feed_id).order_by(version.c.number)).all()
    for row in rows:
        placement = shelf.placement(row.placement)
        hers = np.flatnonzero(np.isin(placement.persons, persons))
        if len(hers):
            values = _cleaned(shelf, row, placement, hers.tolist(), persons, base)
            mine = (version.c.feed_id == feed_id, version.c.number == row.number)
            connection.execute(update(version).where(*mine).values(**values))
            base, cleaned = str(values["placement"]), cleaned + 1
        else:
            base = row.placement
    return cleaned


def _cleaned(
    shelf: Shelf, row: VersionRow, placement: Placement, hers: Sequence[int], persons: Sequence[int], base: str | None
) -> dict[str, str | int]:
    """A version's columns without some persons, who stand at the places `hers`."""
    places = {(placement.titles[placement.sheets[at]], int(placement.rows[at])) for at in hers}
    findings = [finding for finding in findings_from(shelf.text(row.findings)) if not _is_about(finding, places)]
    kept = placement.without(persons)
    return {
        "placement": shelf.put_placement(kept, base),
        "findings": shelf.put_text("findings", findings_text(findings)),
        "account": shelf.put_text("account", account_without(shelf.text(row.account), len(hers))),
        "women": row.women - len(hers),
        "rows_read": row.rows_read - len(hers),
        "content_hash": "",  # it was made from her values too
    }


def _is_about(finding: Finding, places: Collection[tuple[str, int]]) -> bool:
    """Whether a finding is about one of some rows, or names a cell of one beside its own."""
    if finding.row is not None and (finding.sheet, finding.row) in places:
        return True
    cells = [_CELL.fullmatch(value) for _, value in finding.params if isinstance(value, str)]
    titles = {("'{}'!".format(title.replace("'", "''")), row) for title, row in places}
    return any(cell is not None and (cell[1], int(cell[2])) in titles for cell in cells)
