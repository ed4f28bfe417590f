"""The page `/connect` over HTTP: four steps, nothing personal in any answer. Who may open it: tests/attack."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from connect_pages import OWN, assigned, connect_server, read_forms, send, settings_in
from flask.testing import FlaskClient
from sheets_server import EMAIL, SheetsServer, service_account
from strangers import CANARIES, FIELDS, HEADER, PERSONAL, TITLE, WOMEN, rows, workbook

from connectors.settings import Settings, remembered_source
from dashboard.programme import LANGUAGES, Lang, load_programme
from dashboard.text import Text


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "home")


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return connect_server(settings).test_client()


@pytest.fixture
def sheets() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        server.put(TITLE, rows())
        yield server


def written_book(path: Path, sheets: dict[str, list[list[str]]]) -> str:
    book = xlsxwriter.Workbook(str(path))
    for title, lines in sheets.items():
        sheet = book.add_worksheet(title)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.close()
    return str(path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_step_is_in_the_language_and_direction_of_the_address(client: FlaskClient, lang: Lang) -> None:
    answer = client.get(f"/connect?lang={lang}")
    body = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in body
    assert Text(lang)("connect.address_title") in body
    assert answer.headers["Cache-Control"] == "no-store"
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"].partition("style-src")[0]
    assert "<script>" not in body


def test_from_an_unknown_sheet_to_a_written_programme(settings: Settings, sheets: SheetsServer, tmp_path: Path) -> None:
    told: list[Settings] = []
    settings = settings_in(tmp_path / "home", sheets.key_file(tmp_path))
    client = connect_server(settings, told).test_client()
    assert EMAIL in client.get("/connect").get_data(as_text=True)

    columns = send(client, [("source", sheets.address), ("step", "look")])
    forms = read_forms(columns)
    assert list(forms.mapping) == HEADER
    assert all(forms.mapping[str(header)] == "" for header in PERSONAL)
    assert "▲" in columns.get_data(as_text=True) or forms.alerts

    trial = send(client, [*assigned(forms, FIELDS), ("step", "preview")])
    said = trial.get_data(as_text=True)
    assert f'<span class="term-number">{WOMEN}</span>' in said
    assert not told

    done = send(client, [*assigned(read_forms(trial), {}), ("step", "write")])
    assert Text("en").plural("connect.done_women", WOMEN) in done.get_data(as_text=True)
    assert remembered_source(settings.data) == sheets.address
    assert [new.source for new in told] == [sheets.address]
    assert set(load_programme(settings.programme).sheet.never) == set(PERSONAL)
    for answer in (columns, trial, done):
        assert answer.status_code == 200
        assert not [canary for canary in CANARIES if canary in answer.get_data(as_text=True)]


def test_a_required_column_that_is_missing_keeps_the_step(client: FlaskClient, tmp_path: Path) -> None:
    source = str(workbook(tmp_path / "roster.xlsx"))
    forms = read_forms(send(client, [("source", source), ("step", "look")]))
    answer = read_forms(send(client, [*assigned(forms, FIELDS | {"Matr.": ""}), ("step", "write")]))
    assert answer.mapping["Entrée le"] == "start_date"
    assert len(answer.alerts) == 1
    assert "Beneficiary code" in answer.alerts[0]


def test_what_is_required_is_a_list_to_do_before_it_is_a_problem(client: FlaskClient, tmp_path: Path) -> None:
    source = str(workbook(tmp_path / "roster.xlsx"))
    looked = send(client, [("source", source), ("step", "look")])
    assert read_forms(looked).alerts == []
    body = looked.get_data(as_text=True)
    assert (body.count('class="is-held" data-field'), body.count('class="is-open" data-field')) == (1, 3)
    pressed = read_forms(send(client, [*assigned(read_forms(looked), {}), ("step", "preview")]))
    assert len(pressed.alerts) == 1


def test_worksheets_that_lack_the_same_are_told_in_one_sentence(client: FlaskClient, tmp_path: Path) -> None:
    lines = [["Code", "Début de formation", "Fin de formation", "Salaire"], ["P-001"]]
    source = written_book(tmp_path / "roster.xlsx", {"Promo 1": lines, "Promo 2": lines})
    forms = read_forms(send(client, [("source", source), ("step", "look")]))
    alerts = read_forms(send(client, [*assigned(forms, {}), ("step", "preview")])).alerts
    assert len(alerts) == 1
    assert "Promo" not in alerts[0]


def test_files_at_hand_are_one_click_away(client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert 'class="nearby"' not in client.get("/connect").get_data(as_text=True)
    (tmp_path / "Downloads").mkdir()
    source = str(workbook(tmp_path / "Downloads" / "roster (3).xlsx"))
    forms = read_forms(client.get("/connect"))
    assert ("source", source) in forms.buttons
    looked = send(client, [("step", "look"), ("source", source)])
    assert list(read_forms(looked).mapping) == HEADER


def test_two_columns_for_one_field_are_named(client: FlaskClient, tmp_path: Path) -> None:
    source = str(workbook(tmp_path / "roster.xlsx"))
    forms = read_forms(send(client, [("source", source), ("step", "look")]))
    answer = read_forms(send(client, [*assigned(forms, FIELDS | {"Numéro CIN": "key"}), ("step", "preview")]))
    assert [alert.replace("\u2068", "").replace("\u2069", "") for alert in answer.alerts] == [
        f"In “{TITLE}” the columns A, C hold the same: Beneficiary code. Keep one of them."
    ]


def test_one_click_makes_a_column_personal(client: FlaskClient, tmp_path: Path) -> None:
    source = str(workbook(tmp_path / "roster.xlsx"))
    forms = read_forms(send(client, [("source", source), ("step", "look")]))
    mapped = read_forms(send(client, [*assigned(forms, FIELDS), ("step", "columns")]))
    assert ("never", "Matr.") in mapped.buttons
    clicked = read_forms(send(client, [*assigned(mapped, {}), ("never", "Matr.")]))
    assert clicked.mapping == mapped.mapping | {"Matr.": ""}


def test_a_field_that_does_not_exist_is_never_read(client: FlaskClient, tmp_path: Path) -> None:
    source = str(workbook(tmp_path / "roster.xlsx"))
    forms = read_forms(send(client, [("source", source), ("step", "look")]))
    answer = read_forms(send(client, [*assigned(forms, {"Observations": "notes"}), ("step", "columns")]))
    assert answer.mapping["Observations"] == ""


def test_columns_of_a_worksheet_chosen_later_are_shown_before_they_are_read(
    client: FlaskClient, tmp_path: Path
) -> None:
    header = ["Code", "Début de formation", "Fin de formation", "Date d'embauche"]
    source = written_book(
        tmp_path / "roster.xlsx", {"Promo 1": [header, ["P-001"]], "Suite": [[*header, "Salaire"], ["P-002"]]}
    )
    forms = read_forms(send(client, [("source", source), ("step", "look")]))
    assert ("worksheet", "Suite") not in forms.fields
    more = read_forms(send(client, [*assigned(forms, {}), ("worksheet", "Suite"), ("step", "write")]))
    assert more.mapping["Salaire"] == "wage"
    assert ("step", "preview") in more.buttons
    trial = send(client, [*assigned(more, {}), ("step", "preview")])
    assert '<span class="term-number">2</span>' in trial.get_data(as_text=True)


def test_no_worksheet_at_all_is_said(client: FlaskClient, tmp_path: Path) -> None:
    header = ["Code", "Début de formation", "Fin de formation", "Date d'embauche"]
    source = written_book(tmp_path / "roster.xlsx", {"Promo 1": [header], "Promo 2": [header]})
    forms = read_forms(send(client, [("source", source), ("step", "look")]))
    none = [pair for pair in assigned(forms, {}) if pair[0] != "worksheet"]
    assert read_forms(send(client, [*none, ("step", "preview")])).alerts == ["Choose at least one worksheet."]


def test_a_header_with_line_breaks_and_signs_survives_the_form(client: FlaskClient, tmp_path: Path) -> None:
    odd = 'Matricule <b>\n& n° "1"'
    source = written_book(tmp_path / "roster.xlsx", {"S": [[odd, *map(str, HEADER[1:])]]})
    first = send(client, [("source", source), ("step", "look")])
    assert "<b>" not in first.get_data(as_text=True)
    forms = read_forms(first)
    assert odd in forms.mapping
    sent = [(name, value.replace("\n", "\r\n")) for name, value in assigned(forms, {odd: "key"})]
    again = read_forms(send(client, [*sent, ("step", "columns")]))
    assert again.mapping[odd] == "key"


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ([["titre"], ["اسم أول", "حي", "شعبة", "12/03/2026", "C-NAME"]], "connect.like_data"),
        ([["titre"], ["deux", "mots"]], "connect.no_header"),
    ],
)
def test_a_sheet_without_headers_is_explained_and_not_shown(
    client: FlaskClient, tmp_path: Path, lines: list[list[str]], key: str
) -> None:
    answer = send(client, [("source", written_book(tmp_path / "r.xlsx", {"S": lines})), ("step", "look")])
    assert Text("en")(key) in answer.get_data(as_text=True)
    assert "C-NAME" not in answer.get_data(as_text=True)


def test_a_sheet_that_is_not_shared_says_with_whom(sheets: SheetsServer, tmp_path: Path) -> None:
    client = connect_server(settings_in(tmp_path / "home", sheets.key_file(tmp_path))).test_client()
    sheets.shared = False
    answer = read_forms(send(client, [("source", sheets.address), ("step", "look")]))
    assert EMAIL in "".join(answer.alerts)
    assert ("source", sheets.address) in answer.fields


@pytest.mark.parametrize("step", ["", "look", "columns", "preview", "write", "done", "x"])
def test_no_form_breaks_the_page(client: FlaskClient, step: str) -> None:
    for fields in (
        [],
        [("source", "")],
        [("source", "nowhere.xlsx")],
        [("source", "demo")],
        [("source", "https://docs.google.com/spreadsheets/d/" + "x" * 30)],
        [("source", "\x00.xlsx"), ("column", "a")],
        [("field", "key"), ("worksheet", "w")],
    ):
        assert send(client, [*fields, ("step", step)]).status_code == 200


def test_a_key_can_be_handed_in(settings: Settings, sheets: SheetsServer) -> None:
    client = connect_server(settings).test_client()
    before = client.get("/connect").get_data(as_text=True)
    assert 'type="file"' in before
    content = json.dumps(service_account(sheets.url)).encode()
    data = {"step": "key", "key": (io.BytesIO(content), "key.json")}
    answer = client.post("/connect", data=data, headers=OWN)
    assert EMAIL in answer.get_data(as_text=True)
    assert 'type="file"' not in answer.get_data(as_text=True)
    wrong = client.post("/connect?lang=en", data={"step": "key", "key": (io.BytesIO(b"x"), "key.json")}, headers=OWN)
    assert Text("en")("error.key_not_valid") in read_forms(wrong).alerts
    assert client.post("/connect", data={"step": "key"}, headers=OWN).status_code == 200


def test_too_much_is_refused(client: FlaskClient) -> None:
    assert send(client, [("source", "x" * 2_000_000)]).status_code == 413
