"""Whom a key file may make this computer speak to: Google, and nobody else.

A key file names the address at which its account signs in. A manager may upload one (`/connect`), so that a forged file
could make the server knock at any door of the network it stands in.
"""

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from connectors.base import SourceError
from connectors.door_settings import LOOPBACK

LOOPBACK_SETTING = "DASHBOARD_GOOGLE_ON_LOOPBACK"  # "1" where this computer plays Google: in tests, and nowhere else
_ADDRESSES = ("token_uri", "api_root")
_UNIVERSE = "googleapis.com"


def check_hosts(info: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> None:
    """Look at the addresses of a key file. Raises SourceError credentials_elsewhere for one that is not Google's."""
    loopback = environ.get(LOOPBACK_SETTING) == "1"
    for name in _ADDRESSES:
        address = info.get(name)
        if address is not None and not _is_ours(address, loopback):
            raise SourceError("credentials_elsewhere", name=name)
    if info.get("universe_domain", _UNIVERSE) != _UNIVERSE:
        raise SourceError("credentials_elsewhere", name="universe_domain")


def _is_ours(address: Any, loopback: bool) -> bool:
    """Whether an address is Google's by https, or this computer's where that is allowed."""
    if not isinstance(address, str) or any(letter <= " " or letter in "\\@" for letter in address):
        return False  # what two readers of addresses may read as two hosts
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if loopback and host in LOOPBACK:
        return True
    google = host == "accounts.google.com" or host.endswith("." + _UNIVERSE)
    return google and parts.scheme == "https" and port in (None, 443)
