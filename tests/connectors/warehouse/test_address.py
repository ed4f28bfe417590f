"""Addresses of canonical tables, and what may be told of them."""

import pytest

from connectors.base import SourceError
from connectors.choose import source_key
from connectors.warehouse.address import is_warehouse, parse_address

ADDRESSES = {
    "duckdb:/data/eclat.duckdb": ("duckdb", "/data/eclat.duckdb", "women", "duckdb:/data/eclat.duckdb#women"),
    "duckdb:/data/e.duckdb#gold.w": ("duckdb", "/data/e.duckdb", "gold.w", "duckdb:/data/e.duckdb#gold.w"),
    "parquet:/data/women": ("parquet", "/data/women", "women", "parquet:/data/women"),
    "postgresql://ana:s3cret@db:5433/gold?sslmode=require#public.women": (
        "ibis",
        "postgresql://ana:s3cret@db:5433/gold?sslmode=require",
        "public.women",
        "postgresql://db:5433/gold#public.women",
    ),
    "ibis+trino://ana:s3cret@trino/hive/gold#women": (
        "ibis",
        "trino://ana:s3cret@trino/hive/gold",
        "women",
        "trino://trino/hive/gold#women",
    ),
    "spark:gold.women": ("spark", "", "gold.women", "spark:gold.women"),
    "spark:/data/women": ("spark", "/data/women", "", "spark:/data/women"),
    "spark:sc://host:15002/;token=s3cret#gold.women": (
        "spark",
        "sc://host:15002/;token=s3cret",
        "gold.women",
        "spark:sc://host:15002/#gold.women",
    ),
}


@pytest.mark.parametrize("spec", ADDRESSES)
def test_parts(spec: str) -> None:
    found = parse_address(f" {spec} ")
    assert (found.engine, found.place, found.table, found.label) == ADDRESSES[spec]
    assert is_warehouse(spec)


@pytest.mark.parametrize("spec", [spec for spec in ADDRESSES if "s3cret" in spec])
def test_a_password_is_never_told(spec: str) -> None:
    found = parse_address(spec)
    for told in (repr(found), found.label, source_key(spec)):
        assert "s3cret" not in told
        assert "ana" not in told


@pytest.mark.parametrize(
    "spec",
    ["duckdb:", "postgresql://ana:s3cret@db/gold#women; DROP", "spark:", "spark:a b", "postgresql://ana:s3cret@db:x/g"],
)
def test_what_is_no_address(spec: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_address(spec)
    assert caught.value.code == "warehouse_address"
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("spec", ["demo", "roster.xlsx", "C:/data/roster.csv", "https://docs.google.com/x", "1aB-c_d"])
def test_sheets_are_no_warehouse(spec: str) -> None:
    assert not is_warehouse(spec)
