"""What the connector tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import Desk
from rosters import HEADER, NOW, SECRET, TITLE, TITLE_BLOCK, WOMEN
from sheets_server import SheetsServer

from connectors.google_sheets import GoogleSheets
from dashboard.programme import Programme, load_programme


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_programme(Path(__file__).parents[2] / "programme.toml")


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    """Three women on one worksheet, the header in row 4."""
    with SheetsServer() as server:
        server.put(TITLE, [*TITLE_BLOCK, HEADER, *WOMEN])
        yield server


@pytest.fixture
def source(server: SheetsServer, programme: Programme, tmp_path: Path) -> Iterator[GoogleSheets]:
    made = GoogleSheets(server.address, programme, SECRET, server.key_file(tmp_path), deadline=10, now=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def desk(server: SheetsServer, programme: Programme, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(server, programme, tmp_path)
    first = made.pull()
    assert first.error is None
    yield made
    made.source.close()
