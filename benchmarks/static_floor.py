"""The static floor: the four charts as one page that holds its counts, with the smallest Plotly bundle that draws them.

`gunicorn benchmarks.static_floor:server` with BENCH_ROSTER naming the CSV file. It can do nothing else: whoever changes
a cell makes the page anew. No dashboard with a server behind it can be expected to be smaller or sooner.
"""

import gzip
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import brotli
import pandas as pd
from flask import Flask, Response, request

from benchmarks.plain_dash import HEADERS, WINDOW, read
from benchmarks.roster_file import CERTIFIED, COHORT, COMPLETED, TRACK, WORK

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "build" / "benchmarks"
ENTRY = """
var Plotly = require("plotly.js/lib/core");
Plotly.register([require("plotly.js/lib/bar"), require("plotly.js/lib/funnel")]);
window.Plotly = Plotly;
"""
DAYS = 181
TILES = ("enrolled", "completed", "inserted")


def bundle(folder: Path = BUILT) -> bytes:
    """Plotly with bar, funnel and scatter only, made by esbuild once. Raises RuntimeError where there is no esbuild."""
    made = folder / "plotly-floor.js"
    if not made.exists():
        _build(made)
    return made.read_bytes()


def _build(made: Path) -> None:
    # The program itself, not the script before it: that needs Node.js, this needs nothing.
    here = [str(path) for path in (ROOT / "node_modules" / "@esbuild").glob("*/bin/esbuild")]
    found = os.environ.get("ESBUILD") or next(iter(here), None)
    if found is None:
        raise RuntimeError("esbuild is not in node_modules: run `make setup`, or let ESBUILD name it.")
    made.parent.mkdir(parents=True, exist_ok=True)
    entry = made.with_name("entry.js")
    entry.write_text(ENTRY, "utf-8")
    choices = ("--bundle", "--minify", "--target=es2020", "--loader:.css=empty", "--define:global=window")
    modules = {"NODE_PATH": str(ROOT / "node_modules"), "PATH": os.environ.get("PATH", "")}
    subprocess.run(  # noqa: S603
        [found, str(entry), *choices, "--log-level=warning", f"--outfile={made}"], check=True, env=modules
    )


def counts(women: pd.DataFrame) -> list[dict[str, Any]]:
    """What the page counts with: for each cohort and track its steps, outcomes and days to work."""
    return [
        {
            "cohort": cohort,
            "track": track,
            "women": len(part),
            "steps": part[list(HEADERS)].notna().sum().tolist(),
            "outcomes": part[[COMPLETED, CERTIFIED, WORK]].notna().sum().tolist(),
            "inserted": int((part["days"] <= WINDOW).sum()),
            "days": part.groupby("days").size().reindex(range(DAYS), fill_value=0).tolist(),
        }
        for (cohort, track), part in women.groupby([COHORT, TRACK])
    ]


def page(women: pd.DataFrame) -> str:
    """The page."""
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" value="{choice}">{choice}</label> '
        for name, column in (("cohort", COHORT), ("track", TRACK))
        for choice in sorted(women[column].unique())
    )
    values = "".join(f'<h3 class="tile-value" id="{name}"></h3>' for name in TILES)
    charts = "".join(
        f'<div id="{name}" style="height:450px"></div>' for name in ("outcome", "funnel", "insertion", "curve")
    )
    given = json.dumps({"counts": counts(women), "steps": HEADERS, "tiles": TILES}, ensure_ascii=False)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Static floor</title>
<link rel="icon" href="data:,"><script src="plotly.js" defer></script><script src="page.js" defer></script></head>
<body><h1>Monitoring</h1>{boxes}<div>{values}</div>{charts}
<script type="application/json" id="given">{given}</script></body></html>"""


def files(women: pd.DataFrame) -> dict[str, tuple[str, bytes]]:
    """What is served: path -> media type and content."""
    return {
        "": ("text/html; charset=utf-8", page(women).encode()),
        "plotly.js": ("text/javascript", bundle()),
        "page.js": ("text/javascript", (Path(__file__).with_name("static_floor.js")).read_bytes()),
    }


def create_app(path: str) -> Flask:
    """The page on a roster file; every file is compressed as small as it gets before the first request."""
    server = Flask("floor", static_folder=None)
    served = {name: (kind, _compressed(body)) for name, (kind, body) in files(read(path)).items()}

    @server.get("/", defaults={"name": ""})
    @server.get("/<name>")
    def send(name: str) -> Response:
        kind, bodies = served[name]
        encoding = request.accept_encodings.best_match(("br", "gzip"), "gzip")
        headers = {"Content-Encoding": encoding, "Cache-Control": "no-cache" if name == "" else "max-age=31536000"}
        return Response(bodies[encoding], mimetype=kind, headers=headers)

    return server


def _compressed(body: bytes) -> Mapping[str, bytes]:
    return {"br": brotli.compress(body, quality=11), "gzip": gzip.compress(body, 9, mtime=0)}  # type: ignore[no-untyped-call]


def __getattr__(name: str) -> Flask:
    """`server`, made when it is asked for."""
    if name != "server":
        raise AttributeError(name)
    made = create_app(os.environ["BENCH_ROSTER"])
    globals()["server"] = made
    return made
