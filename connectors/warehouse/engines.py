"""Opening an engine, of which nothing is imported before one is asked for; each door hands out its table unread.

DuckDB, Parquet and servers are reached through Ibis: the counting rules are many small steps, which Ibis writes as one
query of a few common tables, where DuckDB's own frames nest them (18 s of planning against 0.1 s).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from connectors.base import SourceError
from connectors.warehouse.address import Address
from connectors.warehouse.optional import ibis_module, imported
from connectors.warehouse.postgres import fenced, statistics

VERSIONS = "_version"  # "<table>_version": the table of one row that says which state a table is in


class Door(Protocol):
    """The way to one canonical table."""

    def table(self) -> AbstractContextManager[Any]:
        """The table as it is now, unread, on a connection of its own, which ends with the context."""
        ...

    def token(self) -> str | None:
        """The same as before if the table has not changed; None if that cannot be told."""
        ...


def open_door(address: Address) -> Door:
    """The way to a table. Raises SourceError warehouse_package where the engine's package is not installed."""
    doors: dict[str, Callable[[Address], Door]] = {"duckdb": DuckDB, "parquet": Parquet, "spark": Spark}
    return doors.get(address.engine, Server)(address)


class DuckDB:
    """A table in a DuckDB file. Each opening reads the file that bears the name now: replace it, do not write to it."""

    def __init__(self, address: Address) -> None:
        self._file, (schema, self._name) = Path(address.place), _split(address.table)
        self._schema = schema or "main"
        self._duckdb, self._ibis = imported("duckdb", "duckdb"), ibis_module("ibis.backends.duckdb")

    @contextmanager
    def table(self) -> Iterator[Any]:
        """As Door.table."""
        if not self._file.is_file():
            raise SourceError("warehouse_no_file", path=str(self._file))
        attached = str(self._file).replace("'", "''")
        with self._duckdb.connect() as connection:
            connection.execute(f"ATTACH '{attached}' AS warehouse (READ_ONLY)")
            backend = self._ibis.Backend.from_connection(connection)
            yield backend.table(self._name, database=("warehouse", self._schema))

    def token(self) -> str | None:
        """As Door.token."""
        return _stamp([self._file])


class Parquet:
    """A folder of Parquet files, or one file; files in folders below count too."""

    def __init__(self, address: Address) -> None:
        self._place = Path(address.place)
        self._duckdb, self._ibis = imported("duckdb", "duckdb"), ibis_module("ibis.backends.duckdb")

    @contextmanager
    def table(self) -> Iterator[Any]:
        """As Door.table."""
        files = self._files()
        if not files:
            raise SourceError("warehouse_no_file", path=str(self._place))
        with self._duckdb.connect() as connection:
            yield self._ibis.Backend.from_connection(connection).read_parquet([str(file) for file in files])

    def token(self) -> str | None:
        """As Door.token."""
        return _stamp(self._files())

    def _files(self) -> list[Path]:
        found = [self._place] if self._place.is_file() else self._place.rglob("*.parquet")
        return sorted(file for file in found if file.is_file())


class Server:
    """A table on a server that Ibis knows. Tested on PostgreSQL; BigQuery, Trino and the others go the same way."""

    def __init__(self, address: Address) -> None:
        self._url, (self._schema, self._name) = address.place, _split(address.table)
        self._postgres = self._url.startswith("postgres")
        self._ibis = ibis_module("ibis")
        if self._postgres:
            imported("psycopg", "psycopg")

    @contextmanager
    def table(self) -> Iterator[Any]:
        """As Door.table."""
        with self._connected() as backend:
            yield self._named(backend, self._name)

    def token(self) -> str | None:
        """As Door.token."""
        with self._connected() as backend:
            if self._name + VERSIONS in backend.list_tables(database=self._schema):
                return _only(self._named(backend, self._name + VERSIONS).limit(2).to_pyarrow().to_pylist())
            place = f"{self._schema}.{self._name}" if self._schema else self._name
            return statistics(backend, place) if self._postgres else None

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        backend = self._ibis.connect(self._url)
        try:
            yield fenced(backend) if self._postgres else backend
        finally:
            backend.disconnect()

    def _named(self, backend: Any, name: str) -> Any:
        return backend.table(name, database=self._schema)


class Spark:
    """A table of Apache Spark: of its catalogue, of a Spark Connect server, or a folder of Parquet files."""

    def __init__(self, address: Address) -> None:
        self._place, self._table = address.place, address.table
        self._sql = imported("pyspark.sql", "pyspark")
        self._session: Any = None

    @contextmanager
    def table(self) -> Iterator[Any]:
        """As Door.table."""
        session = self._started()
        yield session.table(self._table) if self._table else session.read.parquet(self._place)

    def token(self) -> str | None:
        """As Door.token."""
        if self._table:
            session, name = self._started(), self._table + VERSIONS
            return _only([row.asDict() for row in session.table(name).take(2)]) if _exists(session, name) else None
        place = Path(self._place)
        return _stamp(sorted(place.rglob("*.parquet"))) if place.is_dir() else None

    def _started(self) -> Any:
        if self._session is None:
            builder = self._sql.SparkSession.builder
            remote = self._place.startswith("sc://")
            self._session = (builder.remote(self._place) if remote else builder).getOrCreate()
        return self._session


def _exists(session: Any, name: str) -> bool:
    return bool(session.catalog.tableExists(name))


def _split(table: str) -> tuple[str | None, str]:
    schema, _, name = table.rpartition(".")
    return schema or None, name


def _only(rows: list[dict[str, Any]]) -> str | None:
    """What a table of versions says; nothing where it has not exactly one row."""
    return "-".join(str(value) for value in rows[0].values()) if len(rows) == 1 else None


def _stamp(files: list[Path]) -> str | None:
    """Name, size and last change of files; nothing where one is not there."""
    try:
        states = [(file.name, file.stat()) for file in files]
    except OSError:
        return None
    return "|".join(f"{name}:{state.st_ino}:{state.st_size}:{state.st_mtime_ns}" for name, state in states) or None
