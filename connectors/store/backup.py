"""The whole store as one file, and back: the same for SQLite and PostgreSQL.

A zip of one file of JSON lines for each table, and a manifest with the revision of the tables, counts and checksums.
"""

import base64
import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from sqlalchemy import Connection, Integer, MetaData, Table, func, select, text

from connectors.store.bulk import CHUNK
from connectors.store.engine import Database
from connectors.store.errors import StoreError
from connectors.store.migrate import known, revision, upgrade
from connectors.store.tables import metadata

FORMAT = 1
MANIFEST = "manifest.json"
_REVISIONS = "alembic_version"
_BATCH = 1_000  # rows inserted at a time: documents among them may be large


def write_backup(database: Database, path: Path, at: datetime) -> dict[str, int]:
    """Write all tables as they are at one moment to a new file (mode 0600); rows by table. Raises StoreError."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        if path.exists():
            raise StoreError("store_backup_exists", path=str(path))
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            counts = _write(database, file, at)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StoreError("store_backup_not_written", path=str(path), detail=error.strerror or "") from None
    finally:
        with suppress(OSError):
            draft.unlink()
    return counts


def _write(database: Database, file: BinaryIO, at: datetime) -> dict[str, int]:
    counts, sums = {}, {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, database.reading() as connection:
        tables = _tables(connection)
        for table in tables:
            digest, count = hashlib.sha256(), 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as target:
                for line in _lines(connection, table):
                    digest.update(line)
                    target.write(line)
                    count += 1
            counts[table.name], sums[table.name] = count, digest.hexdigest()
        told = {"format": FORMAT, "revision": revision(connection), "made_at": at.astimezone(UTC).isoformat()}
        archive.writestr(MANIFEST, json.dumps({**told, "rows": counts, "sha256": sums}, indent=1))
    return counts


def _tables(connection: Connection) -> list[Table]:
    """Our tables as the database has them, the ones that others refer to first."""
    return [table for table in _reflected(connection).sorted_tables if table.name != _REVISIONS]


def _reflected(connection: Connection) -> MetaData:
    """Only what is ours: a PostgreSQL database may hold the tables of others."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in metadata.tables or name == _REVISIONS)
    return found


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    ordered = select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=CHUNK).execute(ordered)
    for row in result:
        yield f"{json.dumps(list(map(_plain, row)), separators=(',', ':'))}\n".encode()


def _plain(value: Any) -> Any:
    """A value as JSON has it: moments, days and bytes say what they are."""
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return {"moment": aware.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    return value


def _typed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, told),) = value.items()
    if kind == "bytes":
        return base64.b64decode(told)
    return datetime.fromisoformat(told) if kind == "moment" else date.fromisoformat(told)


def restore_backup(database: Database, path: Path, *, replace: bool) -> dict[str, int]:
    """Put a backup in place of what the store holds, in one transaction; rows by table.

    Raises StoreError: store_not_empty unless `replace`, store_backup_broken, store_backup_newer.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _checked(archive, path)
            with database.writing() as connection:
                return _restored(connection, archive, manifest, path, replace=replace)
    except FileNotFoundError:
        raise StoreError("store_backup_missing", path=str(path)) from None
    except (OSError, EOFError, zipfile.BadZipFile, ValueError, KeyError, TypeError) as error:
        raise StoreError("store_backup_broken", path=str(path), detail=type(error).__name__) from None


def _checked(archive: zipfile.ZipFile, path: Path) -> Mapping[str, Any]:
    """The manifest, after every file was compared with its checksum."""
    manifest: Mapping[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT or manifest["revision"] not in known():
        raise StoreError("store_backup_newer", path=str(path), revision=str(manifest["revision"]))
    for name, wanted in manifest["sha256"].items():
        with archive.open(f"{name}.jsonl") as file:
            if hashlib.file_digest(cast(Any, file), "sha256").hexdigest() != wanted:
                raise StoreError("store_backup_broken", path=str(path), detail=name)
    return manifest


def _restored(
    connection: Connection, archive: zipfile.ZipFile, manifest: Mapping[str, Any], path: Path, *, replace: bool
) -> dict[str, int]:
    before = _tables(connection)
    if not replace and any(connection.execute(select(table).limit(1)).first() is not None for table in before):
        raise StoreError("store_not_empty", path=str(path))
    counted = _counted(connection, before)
    _drop_all(connection)
    upgrade(connection, manifest["revision"])
    tables = {table.name: table for table in _tables(connection)}
    for name, table in tables.items():
        with archive.open(f"{name}.jsonl") as file:
            if _insert(connection, table, file) != manifest["rows"][name]:
                raise StoreError("store_backup_broken", path=str(path), detail=name)
        _continue_numbers(connection, table)
    upgrade(connection, "head")
    # Whoever follows a feed sees that its past is another one, even where the numbers are the same.
    newer = "UPDATE feed SET counted = counted + :c, edition = edition + :e"
    connection.execute(text(newer), {"c": counted[0] + 1, "e": counted[1] + 1})
    return dict(manifest["rows"])


def _counted(connection: Connection, tables: Sequence[Table]) -> tuple[int, int]:
    """The highest counter of changes and of editions among the feeds."""
    feeds = next(table for table in tables if table.name == "feed")
    highest = select(func.coalesce(func.max(feeds.c.counted), 0), func.coalesce(func.max(feeds.c.edition), 0))
    counted, edition = connection.execute(highest).one()
    return counted, edition


def _drop_all(connection: Connection) -> None:
    _reflected(connection).drop_all(connection)


def _insert(connection: Connection, table: Table, file: Any) -> int:
    names, rows, count = [column.name for column in table.columns], [], 0
    for line in file:
        rows.append(dict(zip(names, map(_typed, json.loads(line)), strict=True)))
        count += 1
        if len(rows) == _BATCH:
            connection.execute(table.insert(), rows)
            rows = []
    if rows:
        connection.execute(table.insert(), rows)
    return count


def _continue_numbers(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the restored ones, as SQLite does by itself."""
    key = list(table.primary_key.columns)
    if connection.dialect.name == "sqlite" or len(key) != 1 or not isinstance(key[0].type, Integer):
        return
    sequence = select(func.pg_get_serial_sequence(table.name, key[0].name))
    name, highest = connection.execute(sequence).scalar(), connection.execute(select(func.max(key[0]))).scalar()
    if name is not None and highest is not None:
        connection.execute(select(func.setval(name, highest)))
