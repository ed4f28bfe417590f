"""What a report was made on, and in which order measurements are taken."""

import os
import platform
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tools.browser import find_chromium
from tools.browser import version as browser_version

PACKAGES = ("dash", "plotly", "pandas", "gunicorn", "flask")


def machine() -> dict[str, str]:
    """Processors, memory, load at the start, and the versions that matter."""
    told = {
        "made at": datetime.now(UTC).isoformat(timespec="minutes"),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _line(Path("/proc/cpuinfo"), "model name"),
        "cores": str(os.cpu_count()),
        "memory": f"{int(_line(Path('/proc/meminfo'), 'MemTotal').split()[0]) / 1e6:.0f} GB",
        "load at the start (1, 5, 15 minutes)": ", ".join(f"{load:.1f}" for load in os.getloadavg()),
        "python": platform.python_version(),
        "chromium": browser_version(find_chromium() or "") or "none",
    }
    return told | {name: version(name) for name in PACKAGES}


def there_and_back(kinds: Sequence[str], rounds: int) -> Iterator[str]:
    """Each kind once a round, every second round the other way: what disturbs the machine meets all alike (ABBA)."""
    for number in range(rounds):
        yield from (kinds if number % 2 == 0 else reversed(kinds))


def _line(path: Path, name: str) -> str:
    found = re.search(rf"^{name}\s*:\s*(.+)$", path.read_text("ascii"), re.MULTILINE)
    return found[1].strip() if found else "unknown"
