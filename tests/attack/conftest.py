"""One server for all attacks, with a viewer and a manager signed in."""

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from issuer import CLIENT, SECRET, issuing
from knocking import Visitor, recorded, served, unlimited

from app import create_server
from attack.site import MANAGER, TODAY, VIEWER, Site, publish
from connectors.door_settings import DoorSettings
from connectors.one_time import OneTime
from connectors.settings import ROOT, Settings


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("attacked")
    with issuing() as issuer, pytest.MonkeyPatch.context() as patched:
        patched.setenv("DASH_MCP_ENABLED", "true")  # Dash would open a door for machines by it
        people: dict[str, Any] = {VIEWER: "viewer", MANAGER: "manager"}
        doors = DoorSettings("google", people, CLIENT, SECRET, issuer.address)
        settings = Settings("demo", ROOT / "programme.toml", data, b"only for this test run", None, doors=doors)
        with unlimited():  # only while it is made: other tests of this process count attempts
            server = create_server(settings, lambda: TODAY)
        with served(server) as address, closing(publish(settings)) as donors:
            yield Site(server, address, issuer, OneTime(data), donors, data)


@pytest.fixture(scope="session")
def viewer(site: Site) -> Visitor:
    return site.signed_in(VIEWER)


@pytest.fixture(scope="session")
def manager(site: Site) -> Visitor:
    return site.signed_in(MANAGER)


@pytest.fixture(scope="session")
def donor(site: Site) -> Visitor:
    return site.donor()


@pytest.fixture(scope="session")
def calls(viewer: Visitor) -> list[dict[str, Any]]:
    """What a browser sends to each callback."""
    for _ in range(100):
        if viewer.get("/repair.csv?lang=en").status == 200:
            return recorded(viewer)
        time.sleep(0.1)
    raise AssertionError("no roster was read")
