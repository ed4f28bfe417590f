"""When two tables, or two rosters, say the same."""

import hashlib
from collections.abc import Sequence

from dashboard.roster import Cell, RawTable

_TEXT = {str, type(None)}


class _Written(dict[Cell, str]):
    """Cell -> how Python writes it, found once for equal texts."""

    def __missing__(self, cell: Cell) -> str:
        text = self[cell] = repr(cell)
        return text


def content_hash(raw: RawTable) -> str:
    """The same for two tables exactly if all that was read is the same, whenever and under whatever version."""
    digest = hashlib.sha256(repr((raw.unread, raw.source.locale)).encode())
    for sheet in raw.sheets:
        place = (sheet.title, sheet.header_row, sheet.first_row, sheet.gid, sheet.merges)
        digest.update(repr((place, sheet.hidden_rows, sheet.coloured)).encode())
        for column in sheet.columns:
            head = repr((column.field, column.header, column.letter))
            digest.update(f"{head[:-1]}, {_listed(column.values)})".encode())
    if raw.notes is not None:  # a programme without notes keeps the hashes that it had
        digest.update(repr(raw.notes).encode())
    return digest.hexdigest()


def _listed(values: Sequence[Cell]) -> str:
    """What `repr` says of a list. Numbers are left to it: 1, 1.0 and True are equal, and are written differently."""
    if not set(map(type, values)) <= _TEXT:
        return repr(values)
    return f"[{', '.join(map(_Written().__getitem__, values))}]"


def fault_hash(code: str, params: object) -> str:
    """What stands for the content of a table that could not be read far enough to have one."""
    return hashlib.sha256(repr((code, params)).encode()).hexdigest()
