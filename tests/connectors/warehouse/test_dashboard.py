"""The pages on a warehouse: the numbers of the sheet it was filled from, and a sentence where lists would be."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app import create_server
from callbacks.service import Dashboard
from connectors.demo import DemoSource
from connectors.settings import settings_from_environment
from connectors.settled import settled_roster
from connectors.warehouse.following import WarehouseFollower
from dashboard.programme import LANGUAGES, Programme
from dashboard.reading import read
from dashboard.roster import Roster
from dashboard.tally import tally
from layouts.messages import has_results, instead
from layouts.page import content, drawn, rendered
from layouts.places import DATA, OVERVIEW, REPAIR, REVIEW
from warehouse.tables import in_duckdb

DAY = date(2026, 11, 23)
SECRET = b"s" * 32


@pytest.fixture(scope="module")
def sheet(programme: Programme) -> Roster:
    return read(DemoSource(programme, SECRET, lambda: DAY).fetch(), programme, DAY)


@pytest.fixture(scope="module")
def address(sheet: Roster, tmp_path_factory: pytest.TempPathFactory) -> str:
    return in_duckdb(sheet, tmp_path_factory.mktemp("warehouse"))


@pytest.fixture(scope="module")
def service(address: str, programme: Programme) -> Iterator[Dashboard]:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    follower = WarehouseFollower(address, programme, 15, lambda: now)
    yield Dashboard(programme, follower, lambda: DAY, lambda: now)
    follower.stop(60)


def test_the_first_page_is_that_of_the_sheet(service: Dashboard, sheet: Roster, programme: Programme) -> None:
    for search in ("?lang=fr", "?lang=ar&cohort=c2&vulnerability=single_mother"):
        shown = service.show(search, 60)
        filters = dict(shown.view.filters)
        expected = tally(sheet, programme, DAY).where(filters)
        assert shown.overview is not None
        assert shown.overview.women == expected.women > 0
        assert shown.overview.whole.outcomes.inserted == expected.count("outcome__inserted")
        assert "headline" in rendered(shown)
    assert set(shown.choices["cohort"]) >= {"c1", "c2"}
    assert shown.feed.source is not None
    assert shown.feed.source.kind == "warehouse"
    assert len(shown.feed.fingerprint) == 11


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_of_women_are_not_on_offer(service: Dashboard, lang: str) -> None:
    for page in (REVIEW, REPAIR):
        shown = service.show(f"?lang={lang}", 60, page)
        assert not has_results(shown)
        assert shown.text("warehouse.no_list.why") in str(instead(shown))
        assert not any(drawn(shown).values())
    assert has_results(service.show(f"?lang={lang}", 60, OVERVIEW))
    data = service.show(f"?lang={lang}", 60, DATA)
    assert data.text("warehouse.history") in str(content(data))


def test_the_report_is_that_of_the_sheet(sheet: Roster, address: str, tmp_path: Path) -> None:
    environ = {"DASHBOARD_DATA": str(tmp_path), "DASHBOARD_SECRET": SECRET.decode(), "DASHBOARD_SOURCE": address}
    server = create_server(settings_from_environment(environ), lambda: DAY)
    runner = server.test_cli_runner()
    asked = ["report", "--format", "json", "--source"]
    found, expected = (json.loads(runner.invoke(args=[*asked, one]).output) for one in (address, "demo"))
    for told in (found, expected):
        del told["findings"], told["reconciliation"]
        for item in told["accounting"]["evidence"]:
            del item["contradicted"], item["rejected"]
        del told["accounting"]["line"]
    assert found == expected
    server.extensions["dashboard"].stop()


def test_a_command_writes_the_table(address: str, programme: Programme, tmp_path: Path) -> None:
    environ = {"DASHBOARD_DATA": str(tmp_path), "DASHBOARD_SECRET": SECRET.decode(), "DASHBOARD_SOURCE": "demo"}
    settings = settings_from_environment(environ)
    runner = create_server(settings, lambda: DAY).test_cli_runner()
    written = runner.invoke(args=["canonical", str(tmp_path / "out.parquet")])
    assert written.output == f"{tmp_path / 'out.parquet'}: 210\n"
    again = runner.invoke(args=["canonical", str(tmp_path / "out.parquet")])
    assert again.exit_code == 2
    held = settled_roster(settings, programme, lambda: DAY, datetime.now, f"parquet:{tmp_path / 'out.parquet'}")
    assert held.rows == 210


def test_files_of_lists_hold_nobody(service: Dashboard) -> None:
    found = service.repair_list(60)
    assert found is not None
    assert found.whole.women == 0
    draft = service.review_document("?lang=fr", None)
    assert draft is not None
    assert '"woman"' not in json.dumps(draft.numbers)
