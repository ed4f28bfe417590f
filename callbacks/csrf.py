"""The belt beside the braces: a callback carries a token that only our own pages can read from their cookie.

Dash sends the cookie `_csrf_token` back in a header by itself. The value is signed, so that a cookie planted by a
neighbouring site is worth nothing.
"""

import hmac
import secrets

from flask import Flask, Request, Response, request
from itsdangerous import BadSignature, Signer

COOKIE, HEADER = "_csrf_token", "X-CSRFToken"


class Tokens:
    """Makes and checks tokens with one key."""

    def __init__(self, key: bytes, *, secure: bool) -> None:
        self._signer = Signer(key, salt="csrf")
        self._secure = secure

    def holds(self, asked: Request) -> bool:
        """Whether a request carries its cookie's own token, and the token is ours."""
        cookie, header = asked.cookies.get(COOKIE, ""), asked.headers.get(HEADER, "")
        return hmac.compare_digest(cookie.encode(), header.encode()) and self._is_ours(cookie)

    def install(self, server: Flask) -> None:
        """Give every page a token that has none yet."""

        @server.after_request
        def give(response: Response) -> Response:
            if response.mimetype == "text/html" and not self._is_ours(request.cookies.get(COOKIE, "")):
                token = self._signer.sign(secrets.token_urlsafe(16)).decode()
                response.set_cookie(COOKIE, token, samesite="Lax", secure=self._secure)
            return response

    def _is_ours(self, token: str) -> bool:
        try:
            self._signer.unsign(token)
        except BadSignature:
            return False
        return True
