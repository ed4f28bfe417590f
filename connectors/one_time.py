"""An address that signs in once, for whoever reads the terminal, and which sessions have ended before their time.

Kept in the data folder, for all workers: no token, only its hash.
"""

import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

KEEPSAKE = "sign-in.json"
LASTS = 86_400.0  # seconds for which an address that nobody has opened is good
LONGEST_SESSION = 168 * 3600.0  # seconds; after that long no session lives by itself (connectors.door_settings)


class OneTime:
    """The one address that is good now. `turn` counts how often everyone has been signed out."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = folder / KEEPSAKE
        self._lock = FileLock(str(self._path) + ".lock", mode=0o600)
        self._clock = clock

    def make(self, *, sign_out: bool = False) -> str:
        """A new token; the one before is void. `sign_out` ends every session there is. Raises OSError."""
        token = secrets.token_urlsafe(32)
        with self._alone() as known:
            turn = int(known.get("turn", 0)) + sign_out
            self._keep({**known, "hash": _hash(token), "made": self._clock(), "turn": turn})
        return token

    def take(self, token: str) -> bool:
        """Whether a token is the one that is good; it is not from then on. Raises OSError."""
        with self._alone() as known:
            good = hmac.compare_digest(str(known.get("hash", "")), _hash(token))
            fresh = 0 <= self._clock() - float(known.get("made", 0.0)) < LASTS
            if good and fresh:
                self._keep({**known, "hash": ""})
            return good and fresh

    def turn(self) -> int:
        """Sessions of an earlier turn have ended."""
        return int(self._known().get("turn", 0))

    def end(self, session: str) -> None:
        """End one session for good: a copy of its cookie opens nothing from then on. Raises OSError."""
        now = self._clock()
        with self._alone() as known:
            ended = {one: at for one, at in _ended(known).items() if now - at < LONGEST_SESSION}
            self._keep({**known, "ended": {**ended, session: now}})

    def stands(self, turn: object, session: object) -> bool:
        """Whether a session that began in a turn has not been ended, alone or with all the others."""
        known = self._known()
        return turn == int(known.get("turn", 0)) and session not in _ended(known)

    @contextmanager
    def _alone(self) -> Iterator[dict[str, Any]]:
        """What is known, while no other process changes it."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._lock:
            yield self._known()

    def _known(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _keep(self, known: dict[str, Any]) -> None:
        draft = self._path.with_name(f"{KEEPSAKE}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(known, file)
        draft.replace(self._path)


def _ended(known: dict[str, Any]) -> dict[str, float]:
    found = known.get("ended")
    return found if isinstance(found, dict) else {}


def _hash(token: str) -> str:
    # A token of 256 random bits needs no slow hash: there is nothing to guess.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
