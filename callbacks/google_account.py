"""Signing in with an account that its provider vouches for."""

from collections.abc import Mapping
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, session, url_for
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from callbacks.sign_in import Office, failed, verified_address, welcomed

SECONDS = 10.0  # for each question to whoever vouches for an account


def register_google(server: Flask, office: Office) -> None:
    """Add the way there and back."""
    entrance, page = office.entrance, office.page
    oauth = OAuth(server)
    oauth.register(
        "account",
        client_id=entrance.client_id,
        client_secret=entrance.client_secret,
        server_metadata_url=f"{entrance.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )

    @server.get("/sign-in/google")
    def sign_in_google() -> Response:
        try:
            answer: Response = oauth.account.authorize_redirect(url_for("sign_in_back", _external=True))
        except (AuthlibBaseError, requests.RequestException) as error:
            return failed(error, page, "sign_in.no_answer", 502)
        return answer

    @server.get("/sign-in/back")
    def sign_in_back() -> Response:
        try:
            claims: Mapping[str, Any] = oauth.account.authorize_access_token().get("userinfo") or {}
        except requests.RequestException as error:
            return failed(error, page, "sign_in.no_answer", 502)
        except (AuthlibBaseError, JoseError, ValueError, KeyError) as error:  # forged, replayed, or given up half-way
            return failed(error, page, "sign_in.refused", 400)
        name = verified_address(claims)
        if name not in entrance.people:
            session.clear()
            return page("sign_in.not_listed", 403)
        return welcomed(office, name)
