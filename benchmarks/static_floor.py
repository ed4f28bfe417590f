"""The static floor: the four charts as one page that holds its counts, with the smallest Plotly bundle that draws them.

`gunicorn benchmarks.static_floor:server` with BENCH_ROSTER naming the CSV file. It can do nothing else: whoever changes
a cell makes the page anew. No dashboard with a server behind it can be expected to be smaller or sooner.
"""

import gzip
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
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
ENCODINGS = ("br", "gzip")
TILES = ("enrolled", "completed", "inserted")


def bundle(folder: Path = BUILT) -> Mapping[str, bytes]:
    """Plotly with bar, funnel and scatter only, compressed: encoding -> bytes. Made by esbuild, once for a version.

    Raises RuntimeError where there is no esbuild.
    """
    package = json.loads((ROOT / "node_modules" / "plotly.js" / "package.json").read_text("utf-8"))
    kept = folder / f"plotly-{package['version']}"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as name, suppress(OSError):  # another process may be first
            _build(Path(name) / "made").rename(kept)
    return {encoding: (kept / encoding).read_bytes() for encoding in ENCODINGS}


def _build(folder: Path) -> Path:
    # The program itself, not the script before it: that needs Node.js, this needs nothing.
    here = [str(path) for path in (ROOT / "node_modules" / "@esbuild").glob("*/bin/esbuild")]
    found = os.environ.get("ESBUILD") or next(iter(here), None)
    if found is None:
        raise RuntimeError("esbuild is not in node_modules: run `make setup`, or let ESBUILD name it.")
    folder.mkdir()
    entry, made = folder / "entry.js", folder / "plotly.js"
    entry.write_text(ENTRY, "utf-8")
    choices = ("--bundle", "--minify", "--target=es2020", "--loader:.css=empty", "--define:global=window")
    modules = {"NODE_PATH": str(ROOT / "node_modules"), "PATH": os.environ.get("PATH", "")}
    subprocess.run(  # noqa: S603
        [found, str(entry), *choices, "--log-level=warning", f"--outfile={made}"], check=True, env=modules
    )
    for encoding, body in _compressed(made.read_bytes()).items():
        (folder / encoding).write_bytes(body)
    return folder


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


def files(women: pd.DataFrame) -> dict[str, tuple[str, Mapping[str, bytes]]]:
    """What is served: path -> media type, and its content by encoding."""
    script = Path(__file__).with_name("static_floor.js").read_bytes()
    return {
        "": ("text/html; charset=utf-8", _compressed(page(women).encode())),
        "plotly.js": ("text/javascript", bundle()),
        "page.js": ("text/javascript", _compressed(script)),
    }


def create_app(path: str) -> Flask:
    """The page on a roster file; every file is compressed as small as it gets before the first request."""
    server = Flask("floor", static_folder=None)
    served = files(read(path))

    @server.get("/", defaults={"name": ""})
    @server.get("/<name>")
    def send(name: str) -> Response:
        kind, bodies = served[name]
        encoding = request.accept_encodings.best_match(ENCODINGS, "gzip")
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
