"""Tests of the store, a package because its conftest has a namesake."""
