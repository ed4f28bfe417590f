"""Where a request comes from: this computer or another, a page of our own or somebody else's."""

import ipaddress
from urllib.parse import urlsplit

from flask import Request

# A proxy in front makes every visitor look like this computer; it gives itself away by what it adds.
_PROXIED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def is_here(asked: Request) -> bool:
    """Whether a request comes from this computer: not from another, not under another site's name that points here."""
    named_so = _is_loopback(asked.remote_addr) and _is_loopback(urlsplit(f"//{asked.host}").hostname)
    return named_so and not any(header in asked.headers for header in _PROXIED)


def _is_loopback(host: str | None) -> bool:
    # Names below it are this computer too, and nobody can have another (RFC 6761, 6.3).
    if host == "localhost" or (host or "").endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def is_own_page(asked: Request) -> bool:
    """Browsers say where a form was sent from, in one header or in both; what says nothing is refused."""
    site, origin = asked.headers.get("Sec-Fetch-Site"), asked.headers.get("Origin")
    if site is None and origin is None:
        return False
    return site in (None, "same-origin") and origin in (None, asked.host_url.rstrip("/"))
