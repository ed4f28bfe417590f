"""The memory of findings as a small file in the data folder: addresses, codes and days, never what a cell holds."""

import json
import logging
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.mending import KEPT_DAYS, MOST, Kind, Memory, remember
from dashboard.roster import Roster

logger = logging.getLogger(__name__)
MEMORY_FILE = "findings.json"
LARGEST = 4_000_000  # bytes; a full memory of long titles has about one million


class FindingMemory:
    """What is remembered of the findings, for all threads. Without a file that can be written it lasts a process."""

    def __init__(self, folder: Path, today: Callable[[], date]) -> None:
        self._path = folder / MEMORY_FILE
        self._today = today
        self._lock = threading.Lock()
        self._memory: Memory | None = None

    def current(self) -> Memory:
        """What is remembered now."""
        with self._lock:
            return self._known()

    def note(self, roster: Roster) -> None:
        """Remember what a published roster says. A memory that cannot be written stops nothing."""
        with self._lock:
            before = load(self._path) or self._known()  # another process may have written meanwhile
            self._memory = remember(before, roster, self._today())
            if self._memory != before:
                save(self._memory, self._path)

    def _known(self) -> Memory:
        if self._memory is None:
            self._memory = load(self._path) or Memory()
        return self._memory


def load(path: Path) -> Memory | None:
    """The memory in a file; None where there is none, or none that can be read: it begins anew then."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("size")
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        logger.warning("the memory of findings begins anew: %s", type(error).__name__)
        return None


def save(memory: Memory, path: Path) -> None:
    """Write the memory so that nobody ever reads half of it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(_to_json(memory), file, ensure_ascii=False)
        draft.replace(path)
    except OSError as error:
        logger.warning("the memory of findings is not kept: %s", type(error).__name__)
        with suppress(OSError):
            draft.unlink()


def _to_json(memory: Memory) -> dict[str, Any]:
    since = [[*name, [[row, first.isoformat()] for row, first in rows]] for name, rows in sorted(memory.since.items())]
    mended = {day.isoformat(): count for day, count in sorted(memory.mended.items())}
    return {"source": memory.source, "since": since, "mended": mended}


def _from_json(told: Any) -> Memory:
    """Raises ValueError, TypeError, KeyError or AttributeError where the file is not one of ours."""
    since: dict[Kind, tuple[tuple[int, date], ...]] = {
        (str(sheet), str(field), str(code)): tuple((int(row), date.fromisoformat(first)) for row, first in rows)
        for sheet, field, code, rows in told["since"]
    }
    mended = {date.fromisoformat(day): int(count) for day, count in told["mended"].items()}
    if sum(map(len, since.values())) > MOST or len(mended) > KEPT_DAYS:
        raise ValueError("length")
    return Memory(str(told["source"]), since, mended)
