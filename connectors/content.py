"""When two tables, or two rosters, say the same."""

import hashlib

from dashboard.roster import RawTable


def content_hash(raw: RawTable) -> str:
    """The same for two tables exactly if all that was read is the same, whenever and under whatever version."""
    digest = hashlib.sha256(repr((raw.unread, raw.source.locale)).encode())
    for sheet in raw.sheets:
        place = (sheet.title, sheet.header_row, sheet.first_row, sheet.gid, sheet.merges)
        digest.update(repr((place, sheet.hidden_rows, sheet.coloured)).encode())
        for column in sheet.columns:
            digest.update(repr((column.field, column.header, column.letter, column.values)).encode())
    if raw.notes is not None:  # a programme without notes keeps the hashes that it had
        digest.update(repr(raw.notes).encode())
    return digest.hexdigest()


def fault_hash(code: str, params: object) -> str:
    """What stands for the content of a table that could not be read far enough to have one."""
    return hashlib.sha256(repr((code, params)).encode()).hexdigest()
