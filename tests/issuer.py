"""A provider of accounts on loopback that speaks OpenID Connect: discovery, codes with PKCE, signed tokens."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "dashboard", "a client secret for this test run"


KEY = RSAKey.generate_key(2048, parameters={"kid": "k1"})


@dataclass
class Issuer:
    """What it says of whoever signs in, and what it was asked."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"email": "P-014@example.org", "email_verified": True})
    audience: str = CLIENT
    key: RSAKey = field(default_factory=lambda: KEY)
    signed_with: RSAKey | None = None  # another key than the published one
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    down: bool = False

    def token(self, nonce: str) -> str:
        """A signed statement about whoever signed in."""
        now = int(time.time())
        claims = {"iss": self.address, "sub": "14", "aud": self.audience, "iat": now, "exp": now + 300, "nonce": nonce}
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims | self.claims, self.signed_with or self.key)


def _server(issuer: Issuer) -> Flask:
    server = Flask("issuer")

    @server.before_request
    def up() -> Response | None:
        return Response("", 503) if issuer.down else None

    @server.get("/.well-known/openid-configuration")
    def configuration() -> Response:
        here = issuer.address
        return jsonify(
            issuer=here,
            authorization_endpoint=f"{here}/authorize",
            token_endpoint=f"{here}/token",
            jwks_uri=f"{here}/keys",
            id_token_signing_alg_values_supported=["RS256"],
            response_types_supported=["code"],
        )

    @server.get("/keys")
    def keys() -> Response:
        return jsonify(keys=[issuer.key.as_dict(private=False)])

    @server.get("/authorize")
    def authorize() -> Any:
        code = secrets.token_urlsafe(8)
        issuer.codes[code] = dict(request.args)
        return redirect(f"{request.args['redirect_uri']}?{urlencode({'code': code, 'state': request.args['state']})}")

    @server.post("/token")
    def token() -> Any:
        asked = issuer.codes.pop(request.form.get("code", ""), None)
        if asked is None or not _proven(asked, request.form.get("code_verifier", "")):
            return jsonify(error="invalid_grant"), 400
        told = {"access_token": "x", "token_type": "Bearer", "expires_in": 300}
        return jsonify(**told, id_token=issuer.token(asked.get("nonce", "")))

    return server


def _proven(asked: dict[str, str], verifier: str) -> bool:
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return asked.get("code_challenge_method") == "S256" and asked.get("code_challenge") == digest


@contextmanager
def issuing() -> Iterator[Issuer]:
    """A provider, served for as long as the block runs."""
    issuer = Issuer()
    http = make_server("127.0.0.1", 0, _server(issuer), threaded=True)
    issuer.address = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=lambda: http.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        http.shutdown()
        thread.join(10)
        http.server_close()
