"""The one proxy in front: believed only where there is one, and only about what it adds."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

HERE = ("127.0.0.1", "localhost", "[::1]")


def believe_proxy(server: Flask, address: str | None) -> None:
    """Take the visitor's address and the scheme from the proxy, and answer under no name but the public one and this
    computer's own. `address` is the public one; None: there is no proxy."""
    if address is not None:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
        server.config["TRUSTED_HOSTS"] = [urlsplit(address).hostname or "", *HERE]
