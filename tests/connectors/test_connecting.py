"""From an unknown sheet to a remembered source: looked at, tried, written; over files and over the loopback Sheets."""

import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sheets_server import EMAIL, SheetsServer, service_account
from strangers import CANARIES, FIELDS, HEADER, PERSONAL, TITLE, WOMEN, rows, workbook

from connectors.base import SourceError
from connectors.connecting import Desk
from connectors.settings import ROOT, Settings, remembered_source
from dashboard.mapping import Edit, propose, proposed_edit
from dashboard.programme import ProgrammeError, load_programme

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EDIT = Edit((TITLE,), {str(header): FIELDS.get(str(header)) for header in HEADER})


@pytest.fixture
def sheets() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        server.put("Lisez-moi", [["Suivi du projet"]])
        server.put(TITLE, rows())
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copy(ROOT / "programme.toml", tmp_path / "programme.toml")
    return Settings("demo", tmp_path / "programme.toml", tmp_path / "data", b"a secret of the tests", None)


def desk(settings: Settings, key: Path | None = None, told: list[Settings] | None = None) -> Desk:
    told = [] if told is None else told
    return Desk(replace(settings, credentials=key), lambda: date(2026, 11, 23), told.append, lambda: NOW)


@pytest.mark.parametrize("kind", ["file", "google_sheets"])
def test_from_an_unknown_sheet_to_a_remembered_source(
    kind: str, settings: Settings, sheets: SheetsServer, tmp_path: Path
) -> None:
    source = str(workbook(tmp_path / "roster.xlsx")) if kind == "file" else sheets.address
    told: list[Settings] = []
    here = desk(settings, sheets.key_file(tmp_path), told)

    inspection = here.look(source)
    assert (inspection.kind, inspection.chosen) == (kind, (TITLE,))
    assert [(sheet.title, sheet.header_row) for sheet in inspection.sheets] == [("Lisez-moi", None), (TITLE, 3)]
    assert [header.text for header in inspection.sheets[1].headers] == HEADER
    proposal = proposed_edit(propose(inspection.sheets, here.programme()), [TITLE])
    assert all(proposal.fields[str(header)] is None for header in PERSONAL)

    tried = here.try_out(source, inspection, EDIT)
    assert (tried.reconciliation.rows_read, tried.reconciliation.used) == (WOMEN, WOMEN)
    assert tried.fields["first_work_date"].parsed == 13
    assert load_programme(settings.programme) == load_programme(ROOT / "programme.toml")
    assert not (settings.data / "source").exists()

    written = here.write(source, inspection, EDIT)
    assert (written.women, written.overruled_by) == (WOMEN, None)
    assert written.backup == f"{settings.programme}.20261123-090000.bak"
    programme = load_programme(settings.programme)
    assert set(PERSONAL) == set(programme.sheet.never)
    assert remembered_source(settings.data) == told[0].source == source
    assert stat.S_IMODE((settings.data / "source").stat().st_mode) == 0o600
    again = here.look(source)
    assert proposed_edit(propose(again.sheets_of(again.chosen), programme), again.chosen) == EDIT


def test_no_value_of_an_unmapped_column_is_ever_asked_for(
    settings: Settings, sheets: SheetsServer, tmp_path: Path
) -> None:
    here = desk(settings, sheets.key_file(tmp_path))
    inspection = here.look(sheets.address)
    searched = [f"'{TITLE}'!{n}:{n}" for n in (1, 2, 3)] + [f"'Lisez-moi'!{n}:{n}" for n in range(1, 16)]
    assert sorted(sheets.ranges) == sorted(searched)
    roster = here.try_out(sheets.address, inspection, EDIT)
    columns = [name for name in sheets.ranges if name.startswith(f"'{TITLE}'!A3:") or ":G" in name]
    assert columns == [f"'{TITLE}'!A3:A", f"'{TITLE}'!E3:G"]
    said = repr((inspection, roster, roster.frame.to_dict()))
    assert not [canary for canary in CANARIES if canary in said]


def test_a_sheet_that_is_not_shared_says_with_whom_to_share_it(
    settings: Settings, sheets: SheetsServer, tmp_path: Path
) -> None:
    here = desk(settings, sheets.key_file(tmp_path))
    assert here.share_with() == EMAIL
    sheets.shared = False
    with pytest.raises(SourceError) as caught:
        here.look(sheets.address)
    assert (caught.value.code, caught.value.params) == ("not_shared", {"address": EMAIL})


@pytest.mark.parametrize(
    ("source", "code"),
    [("nowhere.xlsx", "file_missing"), ("demo", "source_unknown"), ("roster.pdf", "source_unknown")],
)
def test_what_cannot_be_looked_at_is_named(settings: Settings, source: str, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        desk(settings).look(source)
    assert caught.value.code == code


def test_nothing_is_written_where_the_sheet_cannot_be_read_with_the_decisions(
    settings: Settings, tmp_path: Path
) -> None:
    source = str(workbook(tmp_path / "roster.xlsx"))
    here = desk(settings)
    before = settings.programme.read_bytes()
    incomplete = Edit((TITLE,), {**EDIT.fields, "Matr.": None})
    with pytest.raises(SourceError):
        here.write(source, here.look(source), incomplete)
    assert settings.programme.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["programme.toml", "roster.xlsx"]


def test_a_programme_that_does_not_load_stops_before_anything_is_asked(
    settings: Settings, sheets: SheetsServer, tmp_path: Path
) -> None:
    settings.programme.write_text("id = 'x'\n[rules\n", encoding="utf-8")
    with pytest.raises(ProgrammeError):
        desk(settings, sheets.key_file(tmp_path)).look(sheets.address)
    assert sheets.log == []


def test_a_source_that_is_set_wins_and_is_named(settings: Settings, tmp_path: Path) -> None:
    source = str(workbook(tmp_path / "roster.xlsx"))
    here = desk(replace(settings, source="other.xlsx", source_is_set=True))
    written = here.write(source, here.look(source), EDIT)
    assert written.overruled_by == "other.xlsx"
    assert here.settings.source == "other.xlsx"
    assert remembered_source(settings.data) == source


def test_a_files_path_is_remembered_in_full(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(tmp_path / "roster.xlsx")
    monkeypatch.chdir(tmp_path)
    here = desk(settings)
    here.write(" roster.xlsx ", here.look("roster.xlsx"), EDIT)
    assert remembered_source(settings.data) == str(tmp_path / "roster.xlsx")


def test_a_key_is_kept_for_its_owner_only_and_used_at_once(settings: Settings, sheets: SheetsServer) -> None:
    here = desk(settings)
    assert here.keep_key(json.dumps(service_account(sheets.url)).encode()) == EMAIL
    assert stat.S_IMODE((settings.data / "service-account.json").stat().st_mode) == 0o600
    assert [path.name for path in settings.data.iterdir()] == ["service-account.json"]
    assert here.look(sheets.address).label == sheets.title


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"type": "service_account"}', b" " * 30_000 + b"{}"])
def test_what_is_no_key_is_refused_and_leaves_nothing_behind(settings: Settings, content: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        desk(settings).keep_key(content)
    assert caught.value.code == "key_not_valid"
    assert not settings.data.exists() or list(settings.data.iterdir()) == []
