"""Files compressed at set-up (tools/precompress.py), found again by name and never served when they are stale."""

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from werkzeug.datastructures import Accept

from callbacks.asset_files import ASSETS

ROOT = Path(__file__).resolve().parent.parent
PRECOMPRESSED = ROOT / "build" / "precompressed"

SUFFIXES = {"br": ".br", "gzip": ".gz"}  # by preference: br is the smaller


@dataclass(frozen=True, slots=True)
class Variant:
    """A compressed copy of a file: where it is, its Content-Encoding, and a validator of its own (RFC 9110 §8.8.3)."""

    path: Path
    encoding: str
    etag: str


@dataclass(frozen=True, slots=True)
class Precompressed:
    """The compressed copies in `folder`. Keys are "assets/<path>" and "suites/<package>/<path>".

    `digests` gives the SHA-256 of each file at the time it was compressed. No folder, no copies: every file is then
    delivered as it is.
    """

    folder: Path
    assets: Path
    digests: Mapping[str, str]

    def has(self, key: str) -> bool:
        """Whether there are copies of this file as it is now."""
        return key in self.digests and _digest(self._source(key)) == self.digests[key]

    def variant(self, key: str, accepted: Accept) -> Variant | None:
        """The copy to send to a client that accepts these encodings, or None: send the file as it is."""
        encoding = preferred_encoding(accepted)
        if encoding is None or not self.has(key):
            return None
        path = self.folder / (key + SUFFIXES[encoding])
        return Variant(path, encoding, f"{self.digests[key][:24]}-{encoding}") if path.is_file() else None

    def _source(self, key: str) -> Path:
        kind, _, rest = key.partition("/")
        if kind == "assets":
            return self.assets / rest
        package, _, path = rest.partition("/")
        return _package_folder(package) / path


def load_precompressed(folder: Path = PRECOMPRESSED, assets: Path = ASSETS) -> Precompressed:
    """The copies listed in `folder`/manifest.json. None where there is no readable list."""
    try:
        digests = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        digests = {}
    return Precompressed(folder, assets, digests)


def preferred_encoding(accepted: Accept) -> str | None:
    """The encoding the client likes best among ours, ours first among equals; None if it accepts neither."""
    quality = {encoding: accepted.quality(encoding) for encoding in SUFFIXES}
    best = max(quality, key=lambda encoding: quality[encoding])
    return best if quality[best] > 0 else None


def _digest(path: Path) -> str | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return _digest_of_state(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=512)
def _digest_of_state(path: Path, modified: int, size: int) -> str:
    """Read a file only when it changed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=32)
def _package_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else Path(package)
