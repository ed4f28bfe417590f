"""Compress what browsers load, once and as small as it gets, for callbacks/precompressed.py to deliver.

Compressing 1.3 MB of Plotly at brotli's best takes seconds: too long for a request, nothing for a set-up. A file whose
content did not change is not compressed again.
"""

import gzip
import hashlib
import importlib.util
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import click

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "layouts" / "assets"
PRECOMPRESSED = ROOT / "build" / "precompressed"

TEXT = (".css", ".js", ".json", ".svg", ".txt")  # pictures and woff2 fonts are compressed already
# What a Dash page loads: not Dash's own Plotly (our bundle takes its place), nor MathJax.
SUITES = {
    "dash": ("deps/*.min.js", "dash-renderer/build/*.min.js", "html/*.min.js", "dcc/*.js", "dash_table/bundle.js"),
    "dash_bootstrap_components": ("_components/*.min.js",),
}
LEFT_OUT = ("plotly.min.js", "async-mathjax.js", "react@16", "react-dom@16", "react@18.2", "react-dom@18.2")


def sources(assets: Path = ASSETS) -> dict[str, Path]:
    """What to compress: key -> file. Keys are "assets/<path>" and "suites/<package>/<path>"."""
    found = {f"assets/{file.relative_to(assets).as_posix()}": file for file in _texts(assets)}
    for package, patterns in SUITES.items():
        folder = _package_folder(package)
        for pattern in patterns:
            for file in folder.glob(pattern):
                if not file.name.startswith(LEFT_OUT):
                    found[f"suites/{package}/{file.relative_to(folder).as_posix()}"] = file
    return found


def precompress(files: dict[str, Path], folder: Path = PRECOMPRESSED) -> dict[str, str]:
    """Write <key>.br and <key>.gz for each file, and manifest.json (key -> SHA-256 of the file), which it returns."""
    before = _manifest(folder)
    after = {key: hashlib.sha256(file.read_bytes()).hexdigest() for key, file in files.items()}
    changed = [
        key for key in after if before.get(key) != after[key] or not all(p.is_file() for p in copies(folder, key))
    ]
    with ThreadPoolExecutor() as pool:  # brotli and zlib work outside the interpreter's lock
        list(pool.map(lambda key: _compress(files[key], folder, key), changed))
    for key in before.keys() - after.keys():
        for path in copies(folder, key):
            path.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(after, indent=1, sort_keys=True), "utf-8")
    return after


def copies(folder: Path, key: str) -> tuple[Path, Path]:
    """Where the compressed copies of a file are: brotli, gzip."""
    return folder / f"{key}.br", folder / f"{key}.gz"


def _compress(source: Path, folder: Path, key: str) -> None:
    content = source.read_bytes()
    br, gz = copies(folder, key)
    br.parent.mkdir(parents=True, exist_ok=True)
    br.write_bytes(brotli.compress(content, quality=11))  # type: ignore[no-untyped-call]
    gz.write_bytes(gzip.compress(content, 9, mtime=0))


def _texts(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.suffix in TEXT and file.is_file())


def _package_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise click.ClickException(f"{package} is not installed: run `make setup`.")
    return Path(spec.origin).parent


def _manifest(folder: Path) -> dict[str, str]:
    try:
        manifest: dict[str, str] = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest


@click.command()
def main() -> None:
    """Compress the assets and Dash's component files."""
    files = sources()
    manifest = precompress(files)
    raw = sum(file.stat().st_size for file in files.values())
    small = sum(copies(PRECOMPRESSED, key)[0].stat().st_size for key in manifest)
    click.echo(f"{len(manifest)} files compressed for delivery: {raw / 1e6:.1f} MB -> {small / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
