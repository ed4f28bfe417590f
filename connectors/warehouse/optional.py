"""Packages that only a warehouse takes: imported when one is opened, and missed in one sentence."""

import importlib
from typing import Any

from connectors.base import SourceError

NEEDED = "requirements-warehouse.txt"


def imported(module: str, package: str) -> Any:
    """A module of an optional package. Raises SourceError warehouse_package."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing = (error.name or module).partition(".")[0]
        raise SourceError("warehouse_package", package=package, missing=missing, file=NEEDED) from None


def ibis_module(name: str) -> Any:
    """A module of Ibis, which does not try to fuse our steps: that takes longer than it saves."""
    imported("ibis", "ibis-framework").options.sql.fuse_selects = False
    return imported(name, "ibis-framework")
