"""`flask --app app store …`: history by hand, from a terminal."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import Result

from app import create_server
from connectors.choose import source_key
from connectors.settings import Settings, settings_from_environment
from connectors.store import open_store
from connectors.table_file import TableFile
from dashboard.programme import load_programme
from dashboard.reading import read

TODAY = date(2026, 11, 23)
HEADER = "الرمز;تاريخ بداية التكوين;تاريخ نهاية التكوين;تاريخ الإدماج"
Run = Callable[..., Result]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "roster.csv"


@pytest.fixture
def settings(tmp_path: Path, sheet: Path) -> Settings:
    environ = {"DASHBOARD_SECRET": "s" * 32, "DASHBOARD_DATA": str(tmp_path / "data"), "DASHBOARD_SOURCE": str(sheet)}
    return settings_from_environment(environ)


@pytest.fixture
def run(settings: Settings) -> Run:
    def command(*arguments: str) -> Result:
        server = create_server(settings, today=lambda: TODAY)
        return server.test_cli_runner().invoke(args=["store", *arguments])

    return command


def pull(settings: Settings, sheet: Path, *codes: str, day: int = 1) -> None:
    """Read a sheet with these women, and remember it on a day of November."""
    lines = [HEADER, *(f"{code};05/01/2026;05/06/2026;" for code in codes)]
    sheet.write_text("\n".join(lines), encoding="utf-8")
    programme = load_programme(settings.programme)
    found = read(TableFile(sheet, programme, settings.secret).fetch(), programme, TODAY)
    assert found.reconciliation.used == len(codes)
    store = open_store(settings.store_url)
    store.feed(programme.id, source_key(settings.source)).record(
        found,
        at=datetime(2026, 11, day, tzinfo=UTC),
        read_on=TODAY,
        content_hash="x" * 64,
        source_version=None,
        seconds=0.1,
    )
    store.close()


def test_a_woman_is_erased_by_the_code_that_was_typed(run: Run, settings: Settings, sheet: Path) -> None:
    pull(settings, sheet, "P-014", "P-015")
    standing = run("erase", "p-014", "--yes")
    assert (standing.exit_code, standing.stderr) == (
        2,
        "This woman still stands in the sheet: the next reading would remember her again. "
        "Delete her row, wait until the sheet was read, then try again.\n",
    )
    pull(settings, sheet, "P-015", day=2)
    refused = run("erase", "P-014")
    assert refused.exit_code == 1
    erased = run("erase", "P-014", "--yes")
    assert (erased.exit_code, erased.output.splitlines()[0][:28]) == (0, "Erased: states 1, versions 1")
    assert run("erase", "P-014", "--yes").exit_code == 2
    assert "2026-11-01 00:00:00            1" in run("history").output


@pytest.mark.parametrize("code", [[" "], ["P-014", "P-015"], ["المجموع"]])
def test_what_is_no_code_erases_nobody(run: Run, settings: Settings, sheet: Path, code: list[str]) -> None:
    pull(settings, sheet, "P-014")
    result = run("erase", *code, "--yes")
    assert (result.exit_code, result.stderr.partition(".")[0]) == (2, "This is not the code of a woman")


def test_a_history_is_backed_up_lost_and_restored(run: Run, settings: Settings, sheet: Path, tmp_path: Path) -> None:
    pull(settings, sheet, "P-014")
    file = tmp_path / "copy.zip"
    assert run("backup", str(file)).exit_code == 0
    assert run("backup", str(file)).exit_code == 2
    pull(settings, sheet, "P-014", "P-015", day=2)
    assert run("restore", str(file)).exit_code == 2
    assert len(run("history").output.splitlines()) == 3  # the names of the columns, and two versions
    assert run("restore", str(file), "--replace").exit_code == 0
    assert len(run("history").output.splitlines()) == 1 + 1
    assert run("check").output == "History is sound: all versions (1) were rebuilt.\n"


def test_pruning_wants_a_number_of_days(settings: Settings, sheet: Path, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        pull(settings, sheet, *(f"P-{number}" for number in range(day)), day=day)
    environ = {"DASHBOARD_SECRET": "s" * 32, "DASHBOARD_DATA": str(tmp_path / "data"), "DASHBOARD_SOURCE": str(sheet)}
    for days, code, kept in (("", 2, 3), ("36500", 0, 3), ("1", 0, 1)):
        server = create_server(settings_from_environment(environ | {"DASHBOARD_KEEP_DAYS": days}), lambda: TODAY)
        runner = server.test_cli_runner()
        assert runner.invoke(args=["store", "prune"]).exit_code == code
        assert len(runner.invoke(args=["store", "history"]).output.splitlines()) == 1 + kept


def test_a_damaged_history_is_told_in_one_sentence(run: Run, settings: Settings, tmp_path: Path) -> None:
    assert run("history").output == "No history yet.\n"
    (tmp_path / "data" / "history.sqlite3").write_bytes(b"P-014" * 2000)
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"The history in {tmp_path / 'data' / 'history.sqlite3'} is damaged")
    assert "P-014" not in result.stderr
