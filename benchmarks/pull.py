"""One pull of a roster file: read, checked, recorded and counted, in a process of its own; prints seconds and memory.

`python -m benchmarks.pull ROSTER FOLDER`. It is the dashboard's own path: the refresher pulls, the store records, the
page's service counts.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import wsgi

ROOT = Path(__file__).resolve().parent.parent


def pulled(roster: Path, folder: Path) -> dict[str, float]:
    """Seconds until the first page is counted, those of them computing, and the process's peak of memory in MB.

    The history is a new one.
    """
    answer = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "benchmarks.pull", str(roster), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _pull(roster: str, folder: str) -> dict[str, float]:
    os.environ |= {"DASHBOARD_SOURCE": roster, "DASHBOARD_DATA": folder, "DASHBOARD_SECRET": "s" * 32}
    os.environ |= {"DASHBOARD_SIGN_IN": "none", "DASHBOARD_REFRESH_SECONDS": "86400"}
    server = wsgi.create_app()
    client = server.test_client()
    began, cpu = time.perf_counter(), time.process_time()
    server.extensions["dashboard"].start()
    while not (client.get("/readyz").json or {}).get("roster_version"):
        time.sleep(0.05)
    recorded, computing = time.perf_counter() - began, time.process_time()
    client.get("/_dash-layout")
    counted, after = time.perf_counter() - began, time.process_time()
    server.extensions["dashboard"].stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = {"pull_recorded_s": recorded, "pull_s": counted}
    return times | {"pull_recorded_cpu_s": computing - cpu, "pull_cpu_s": after - cpu, "pull_peak_mb": peak}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_pull(*sys.argv[1:3])) + "\n")
