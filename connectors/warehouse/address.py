"""Addresses of canonical tables: which engine, where, and which table; told without what is secret in them."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from connectors.base import SourceError

TABLE = "women"  # where the address names none
_FILES = ("duckdb", "parquet")
_SERVERS = ("postgres", "postgresql")
_SPARK, _IBIS = "spark", "ibis+"
_NAME = re.compile(r"[^\W\d][\w$]*(?:\.[^\W\d][\w$]*)*")


@dataclass(frozen=True, slots=True)
class Address:
    """A canonical table. Nothing but `label` may be shown or logged."""

    engine: str  # "duckdb" | "parquet" | "spark" | "ibis"
    place: str = field(repr=False)  # a path, or a URL that may hold a password
    table: str  # "schema.table"
    label: str  # the address without user, password and parameters


def is_warehouse(spec: str) -> bool:
    """Whether a setting names a canonical table rather than a sheet."""
    scheme, colon, _ = spec.strip().lower().partition(":")
    return bool(colon) and (scheme in (*_FILES, *_SERVERS, _SPARK) or scheme.startswith(_IBIS))


def parse_address(spec: str) -> Address:
    """An address of `is_warehouse`. Raises SourceError warehouse_address, without what was given."""
    spec = spec.strip()
    scheme, _, rest = spec.partition(":")
    scheme, (place, _, table) = scheme.lower(), rest.partition("#")
    if not place or not spec.isprintable() or not _NAME.fullmatch(table or TABLE):
        raise SourceError("warehouse_address", scheme=scheme if scheme.isascii() else ascii(scheme))
    table = table or TABLE
    if scheme in _FILES:
        path = Path(place.removeprefix("//")).expanduser().resolve()
        return Address(scheme, str(path), table, _named(f"{scheme}:{path}", table if scheme == "duckdb" else ""))
    if scheme == _SPARK:
        return _spark(place, table, named="#" in rest)
    url = f"{scheme.removeprefix(_IBIS)}:{place}"
    return Address("ibis", url, table, _named(_bare(url), table))


def _spark(place: str, table: str, *, named: bool) -> Address:
    """`spark:schema.table` of the session at hand, `spark:sc://host#schema.table` of a server, `spark:/folder`."""
    if place.startswith("sc://"):
        return Address(_SPARK, place, table, _named(f"{_SPARK}:{_bare(place)}", table))
    if named or not ("/" in place or _NAME.fullmatch(place)):
        raise SourceError("warehouse_address", scheme=_SPARK)
    if "/" in place:
        return Address(_SPARK, place, "", f"{_SPARK}:{place}")
    return Address(_SPARK, "", place, f"{_SPARK}:{place}")


def _bare(url: str) -> str:
    """A URL without user, password, parameters and query: some engines take secrets in each of them."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise SourceError("warehouse_address", scheme=url.partition(":")[0]) from None
    place = f"{host}:{port}" if port else host
    return f"{parts.scheme}://{place}{parts.path.partition(';')[0]}"


def _named(place: str, table: str) -> str:
    return f"{place}#{table}" if table else place
