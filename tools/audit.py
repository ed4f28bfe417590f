"""Known faults of the packages that running installs: `make audit`, and `make check` where the network allows it.

pip-audit asks a public service. A package that the service does not answer for is passed over by it in silence and
counted as sound; here it counts as not audited. Offline that is no fault of ours: with `--unless-unreachable` it is
said, and `make check` goes on.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PIP_AUDIT = (
    *(sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / "requirements.txt"), "--format", "json"),
    *("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--timeout", "10"),
)

Run = Callable[[Sequence[str]], str]


def run_audit(command: Sequence[str]) -> str:
    """What it writes to its standard output."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600).stdout  # noqa: S603  our own


def audit(*, lenient: bool, run: Run = run_audit, say: Callable[[str], object] = sys.stdout.write) -> int:
    """0 if every package was looked up and nothing is known, else 1. `lenient`: 0 too if only the service is away."""
    packages = _told(run(PIP_AUDIT))
    faults = [f"{one['name']} {one['version']}: {fault['id']}" for one in packages for fault in one.get("vulns", [])]
    for fault in faults:
        say(f"KNOWN FAULT  {fault}\n")
    missing = sum("vulns" not in one for one in packages)
    if missing or not packages:
        say(f"NOT AUDITED: the service that knows of faults did not answer for {missing or 'all'} packages.\n")
        say("Run `make audit` where it can be reached.\n")
    elif not faults:
        say(f"{len(packages)} packages audited, no fault is known.\n")
    return 1 if faults or ((missing or not packages) and not lenient) else 0


def _told(output: str) -> list[dict[str, Any]]:
    """The packages; none where nothing could be asked at all."""
    try:
        found: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return []
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Ends with the status of the audit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unless-unreachable", action="store_true")
    raise SystemExit(audit(lenient=parser.parse_args(arguments).unless_unreachable))


if __name__ == "__main__":
    main()
