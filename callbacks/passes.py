"""One sign-in for several hosts: whoever has signed in at the portfolio is let in by a programme's server with a pass.

Cookies are a host's own, so a session is carried over once, by an address that is signed, works for a minute, and only
in the browser that asked for it (`way`). It stays the same session: ending it anywhere ends it everywhere.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import session
from itsdangerous import BadSignature, URLSafeTimedSerializer

GO, OVER = "/go", "/sign-in/over"
SECONDS = 60
CARRIED = ("who", "since", "turn", "number")  # of a session (callbacks.sign_in)


@dataclass(frozen=True)
class Passes:
    """Makes and reads passes to one programme. `portfolio` and `own` are addresses without a final slash."""

    programme: str
    portfolio: str
    own: str
    key: bytes

    def asked(self, lang: str) -> str:
        """The address at which the portfolio makes a pass for this browser."""
        way = session.setdefault("way", secrets.token_urlsafe(9))
        return f"{self.portfolio}{GO}/{self.programme}?{urlencode({'way': way, 'lang': lang})}"

    def made(self, carried: Mapping[str, Any], way: str, lang: str) -> str:
        """The address that lets in whose session is carried."""
        told = {"to": self.programme, "way": way, **{name: carried.get(name) for name in CARRIED}}
        return f"{self.own}{OVER}?{urlencode({'pass': self._signer.dumps(told), 'lang': lang})}"

    def read(self, told: str) -> dict[str, Any] | None:
        """What a pass carries, if it is good here, now and in this browser; it is spent then."""
        way = session.pop("way", None)
        try:
            found: dict[str, Any] = self._signer.loads(told, max_age=SECONDS)
        except BadSignature:
            return None
        if found.get("to") != self.programme or not way or found.get("way") != way:
            return None
        return {name: found.get(name) for name in CARRIED}

    @property
    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.key, salt="pass")
