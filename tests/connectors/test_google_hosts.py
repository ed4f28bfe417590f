"""A key file may name Google as the place to sign in, and nobody else: or it would steer what this computer asks."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sheets_server import SheetsServer, service_account

from connectors.base import SourceError
from connectors.connecting import Desk
from connectors.google_hosts import LOOPBACK_SETTING, check_hosts
from connectors.google_session import read_account
from connectors.settings import ROOT, Settings

TOKENS = "https://oauth2.googleapis.com/token"  # what Google writes into its key files
ALLOWED = {LOOPBACK_SETTING: "1"}


@pytest.mark.parametrize(
    "info",
    [
        {"token_uri": TOKENS},
        {"token_uri": "https://accounts.google.com/o/oauth2/token", "universe_domain": "googleapis.com"},
        {"token_uri": "https://oauth2.mtls.googleapis.com:443/token"},
        {},
    ],
)
def test_what_google_writes_is_taken(info: dict[str, Any]) -> None:
    check_hosts(info, {})


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data", "https://evil.example/token", "http://oauth2.googleapis.com/token",
        "https://oauth2.googleapis.com.evil.example/token", "https://evilgoogleapis.com/", "https://googleapis.com@evil/",
        "https://evil\\@oauth2.googleapis.com/", "https://oauth2.googleapis.com:8080/token", "//oauth2.googleapis.com",
        "http://127.0.0.1:6379/", "http://localhost/token", "http://[::1]/", "file:///etc/passwd", "https://[", "", 7,
        "https://oauth2.googleapis.com:x/", "https://evil.example/\nx.googleapis.com", ["https://oauth2.googleapis.com"],
    ],
)  # fmt: skip
def test_any_other_address_is_refused_wherever_it_stands(address: Any) -> None:
    for name in ("token_uri", "api_root"):
        with pytest.raises(SourceError) as caught:
            check_hosts({"token_uri": TOKENS} | {name: address}, {})
        assert (caught.value.code, caught.value.params) == ("credentials_elsewhere", {"name": name})


def test_another_universe_is_not_googles() -> None:
    with pytest.raises(SourceError):
        check_hosts({"token_uri": TOKENS, "universe_domain": "evil.example"}, ALLOWED)


def test_this_computer_plays_google_only_where_it_was_told_to() -> None:
    check_hosts({"token_uri": "http://127.0.0.1:9/token"}, ALLOWED)
    for environ in ({}, {LOOPBACK_SETTING: "0"}, {LOOPBACK_SETTING: ""}):
        with pytest.raises(SourceError):
            check_hosts({"token_uri": "http://127.0.0.1:9/token"}, environ)
    with pytest.raises(SourceError):
        check_hosts({"token_uri": "http://10.0.0.1/token"}, ALLOWED)


def test_nobody_is_asked_when_a_forged_key_is_handed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server on this computer stands for one in the network: it hears nothing, and nothing is kept."""
    settings = Settings("demo", ROOT / "programme.toml", tmp_path / "data", b"k" * 32, None)
    with SheetsServer() as inside:
        key = json.dumps(service_account(inside.url))
        monkeypatch.delenv(LOOPBACK_SETTING)
        with pytest.raises(SourceError) as caught:
            Desk(settings, lambda: date(2026, 11, 23)).keep_key(key.encode())
        assert caught.value.code == "credentials_elsewhere"
        assert list(settings.data.iterdir()) == []
        (tmp_path / "key.json").write_text(key)
        with pytest.raises(SourceError):
            read_account(tmp_path / "key.json")
        assert inside.log == []
