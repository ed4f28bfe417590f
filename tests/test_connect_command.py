"""`flask --app app connect SOURCE`: asked and unasked, in three languages, and one sentence where it cannot be done."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from connect_pages import connect_server, settings_in
from strangers import CANARIES, FIELDS, PERSONAL, TITLE, WOMEN, workbook

from app import create_server
from connectors.keeping import who
from connectors.settings import Settings, remembered_source
from dashboard.programme import LANGUAGES, Lang, load_programme
from dashboard.text import Text

MAPS = [part for header, field in FIELDS.items() for part in ("--map", f"{header}={field}")]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "home")


@pytest.fixture
def source(tmp_path: Path) -> str:
    return str(workbook(tmp_path / "roster.xlsx"))


def run(settings: Settings, *arguments: str, answers: str = "", lang: Lang = "en") -> Result:
    return connect_server(settings, lang=lang).test_cli_runner().invoke(args=["connect", *arguments], input=answers)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unasked_with_the_columns_named(settings: Settings, source: str, lang: Lang) -> None:
    result = run(settings, source, "--yes", *MAPS, lang=lang)
    assert result.exit_code == 0, result.output
    assert Text(lang).plural("connect.done_women", WOMEN) in result.stdout
    assert str(settings.programme) in result.stdout
    assert remembered_source(settings.data) == source
    assert set(load_programme(settings.programme).sheet.never) == set(PERSONAL)
    assert not [canary for canary in CANARIES if canary in result.output]


def test_unasked_and_incomplete_names_what_is_missing_and_how_to_say_it(settings: Settings, source: str) -> None:
    before = settings.programme.read_bytes()
    result = run(settings, source, "--yes", *MAPS[:-2])
    assert result.exit_code == 2
    assert "Date of first job" in result.stderr
    assert "--map" in result.stderr
    assert settings.programme.read_bytes() == before


def test_asked_step_by_step(settings: Settings, source: str) -> None:
    """Columns 1, 5, 6, 7 get their fields, one of them after a look at the list; then on, and yes."""
    answers = "1\n?\nnonsense\nkey\n5\nstart_date\n6\ncompletion_date\n7\nfirst_work_date\n\ny\n"
    result = run(settings, source, answers=answers)
    assert result.exit_code == 0, result.output
    assert "satisfaction" in result.stdout  # the list of fields
    assert "There is no field of that name: nonsense" in result.stdout
    assert f"Rows: {WOMEN} read = {WOMEN} used + 0 duplicates + 0 not usable + 0 blank or totals" in result.stdout
    assert remembered_source(settings.data) == source


def test_no_writes_nothing(settings: Settings, source: str) -> None:
    before = settings.programme.read_bytes()
    result = run(settings, source, *MAPS, answers="\nn\n")
    assert result.exit_code == 1
    assert "Nothing was written." in result.stdout
    assert settings.programme.read_bytes() == before
    assert remembered_source(settings.data) is None


def test_a_column_that_would_be_read_can_be_made_personal(settings: Settings, source: str) -> None:
    result = run(settings, source, "--yes", *MAPS, "--map", "Observations=exit_reason", "--never", "Observations")
    assert result.exit_code == 0, result.output
    assert "Observations" in load_programme(settings.programme).sheet.never


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.xlsx", "--yes"], "nowhere.xlsx"),
        (["--yes", "SOURCE", "--map", "Nom=key"], "No column has this header: Nom"),
        (["--yes", "SOURCE", "--map", "Matr.=code"], "There is no field of that name: code"),
        (["--yes", "SOURCE", "--worksheet", "Lisez-moi"], "has a header row"),
        (["--yes", "SOURCE", "--worksheet", "Nulle part"], "Nulle part"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_status_2(
    settings: Settings, source: str, arguments: list[str], said: str
) -> None:
    result = run(settings, *(source if part == "SOURCE" else part for part in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_worksheet_can_be_chosen(settings: Settings, source: str) -> None:
    result = run(settings, source, "--yes", "--worksheet", TITLE, *MAPS)
    assert result.exit_code == 0, result.output
    assert TITLE in load_programme(settings.programme).sheet.worksheets


def test_connecting_is_noted_once_it_is_done_and_only_then(settings: Settings, source: str) -> None:
    noted: list[str] = []
    server = connect_server(settings, note=lambda: noted.append("connect"))
    asked = server.test_cli_runner()
    assert asked.invoke(args=["connect", source, *MAPS], input="\nn\n").exit_code == 1
    assert asked.invoke(args=["connect", source, "--yes", *MAPS[:-2]]).exit_code == 2
    assert noted == []
    assert asked.invoke(args=["connect", source, "--yes", *MAPS]).exit_code == 0
    assert noted == ["connect"]


def test_the_audit_names_whoever_connected_from_a_terminal(settings: Settings, source: str) -> None:
    server = create_server(settings, lambda: date(2026, 11, 23))
    try:
        done = server.test_cli_runner().invoke(args=["connect", source, "--yes", *MAPS])
        assert done.exit_code == 0, done.output
        listed = server.test_cli_runner().invoke(args=["store", "audit"]).output
        assert [line.split()[-2:] for line in listed.splitlines() if "connect" in line] == [[who(), "connect"]], listed
    finally:
        server.extensions["dashboard"].stop()
