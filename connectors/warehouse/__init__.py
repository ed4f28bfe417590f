"""Rosters larger than a sheet: a canonical table in an engine, of which only counts come back (docs/warehouse.md)."""
