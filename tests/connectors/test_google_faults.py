"""Google at its worst, over real HTTP: each fault ends in time, with its own code, and the next pull recovers."""

import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from rosters import SECRET
from sheets_faults import Fault, Kind
from sheets_server import EMAIL, SheetsServer, service_account

from connectors.base import SourceError
from connectors.google_faults import PassingError, fault_of_response
from connectors.google_retry import MAX_TRIES
from connectors.google_sheets import GoogleSheets
from dashboard.programme import Programme


class Source(GoogleSheets):
    """A source that notes its waits instead of waiting."""

    waits: list[float]


@pytest.fixture
def source(server: SheetsServer, programme: Programme, tmp_path: Path) -> Iterator[Source]:
    waits: list[float] = []
    made = Source(server.address, programme, SECRET, server.key_file(tmp_path), deadline=0.9, sleep=waits.append)
    made.waits = waits
    yield made
    made.close()


@pytest.fixture
def patient(server: SheetsServer, programme: Programme, tmp_path: Path) -> Iterator[Source]:
    """The same with the deadline it has in use, so that any wait fits."""
    waits: list[float] = []
    made = Source(server.address, programme, SECRET, server.key_file(tmp_path), sleep=waits.append)
    made.waits = waits
    yield made
    made.close()


def refused(source: GoogleSheets) -> SourceError:
    started = time.monotonic()
    with pytest.raises(SourceError) as caught:
        source.fetch()
    assert time.monotonic() - started < 3, "the deadline of 0.9 seconds was not kept"
    return caught.value


LASTING: list[tuple[str, Fault, Kind, int, str, str]] = [
    ("forbidden", "status", "metadata", 403, "The caller does not have permission", "not_shared"),
    ("api off", "status", "metadata", 403, "Google Sheets API has not been used in project 1 before", "api_disabled"),
    ("no such file", "status", "metadata", 404, "Requested entity was not found.", "not_found"),
    ("an Excel file", "status", "metadata", 400, "This operation is not supported for this document", "not_native"),
    ("refused", "status", "metadata", 400, "Invalid value", "google_refused"),
    ("signed out", "status", "metadata", 401, "Request had invalid authentication credentials", "credentials_revoked"),
    ("portal", "html", "metadata", 0, "", "not_google"),
    ("portal at values", "html", "values", 0, "", "not_google"),
    ("portal at sign-in", "html", "token", 0, "", "not_google"),
    ("portal forbids", "html_status", "values", 403, "", "not_google"),
    ("portal 511", "html_status", "values", 511, "", "not_google"),
    ("portal redirects", "redirect", "values", 0, "", "not_google"),
    ("portal redirects sign-in", "redirect", "token", 0, "", "not_google"),
    ("revoked", "revoked", "token", 0, "", "credentials_revoked"),
    ("wrong clock", "skewed", "token", 0, "", "clock_wrong"),
]
PASSING: list[tuple[str, Fault, Kind, int, str]] = [
    ("too many", "status", "values", 429, "quota"),
    ("internal", "status", "values", 500, "google_down"),
    ("unavailable", "status", "metadata", 503, "google_down"),
    ("bad gateway page", "html_status", "values", 502, "google_down"),
    ("sign-in down", "status", "token", 503, "google_down"),
    ("sign-in reset", "reset", "token", 0, "connection_lost"),
    ("reset", "reset", "values", 0, "connection_lost"),
    ("truncated", "truncated", "values", 0, "connection_lost"),
    ("half a JSON", "cut_json", "values", 0, "connection_lost"),
]
SLOW: list[tuple[str, Fault, Kind]] = [
    ("hang", "hang", "values"),
    ("hang at sign-in", "hang", "token"),
    ("drip", "drip", "values"),
    ("drip at sign-in", "drip", "token"),
    ("drip of headers", "drip_headers", "values"),
]


def ids(cases: list[Any]) -> list[str]:
    return [case[0] for case in cases]


@pytest.mark.parametrize(("name", "fault", "on", "status", "message", "code"), LASTING, ids=ids(LASTING))
def test_a_lasting_fault_is_told_at_once_and_over_when_mended(
    server: SheetsServer, source: Source, name: str, fault: Fault, on: Kind, status: int, message: str, code: str
) -> None:
    server.fail_next(fault, on=on, times=99, status=status, message=message)
    assert refused(source).code == code, name
    assert source.waits == []
    server.mend()
    assert len(source.fetch().sheets) == 1


@pytest.mark.parametrize(("name", "fault", "on", "status", "code"), PASSING, ids=ids(PASSING))
def test_a_passing_fault_is_tried_again(
    server: SheetsServer, patient: Source, name: str, fault: Fault, on: Kind, status: int, code: str
) -> None:
    server.fail_next(fault, on=on, times=2, status=status)
    assert len(patient.fetch().sheets) == 1, name
    # Full jitter: any moment up to 1, then 2 seconds.
    assert len(patient.waits) == 2
    assert patient.waits[0] <= 1
    assert patient.waits[1] <= 2


@pytest.mark.parametrize(("name", "fault", "on", "status", "code"), PASSING, ids=ids(PASSING))
def test_a_fault_that_does_not_pass_is_told_after_five_tries(
    server: SheetsServer, patient: Source, name: str, fault: Fault, on: Kind, status: int, code: str
) -> None:
    server.fail_next(fault, on=on, times=99, status=status)
    assert refused(patient).code == code, name
    assert len(server.requests(on)) == MAX_TRIES


@pytest.mark.parametrize(("name", "fault", "on"), SLOW, ids=ids(SLOW))
def test_no_slowness_outlasts_the_deadline(
    server: SheetsServer, source: Source, name: str, fault: Fault, on: Kind
) -> None:
    server.fail_next(fault, on=on, times=99)
    error = refused(source)
    assert (error.code, error.params) == ("timeout", {"seconds": 1}), name
    server.mend()
    assert len(source.fetch().sheets) == 1


def test_retry_after_is_honoured(server: SheetsServer, patient: Source) -> None:
    server.fail_next(on="values", status=429, retry_after="7")
    patient.fetch()
    assert patient.waits == [7]


def test_a_retry_after_beyond_the_deadline_is_not_waited_for(server: SheetsServer, source: Source) -> None:
    server.fail_next(on="values", status=429, retry_after="120")
    assert refused(source).code == "quota"
    assert (source.waits, len(server.requests("values"))) == ([], 1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("3", 3), ("Mon, 23 Nov 2026 09:00:30 GMT", 30), ("Mon, 23 Nov 2026 08:00:00 GMT", 0), ("soon", None), ("", None)],
)
def test_both_forms_of_retry_after_are_understood(header: str, seconds: float | None) -> None:
    response = requests.Response()
    response.status_code = 503
    response.headers["Retry-After"] = header
    fault = fault_of_response(response, datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    assert isinstance(fault, PassingError)
    assert fault.retry_after == seconds


def test_an_unshared_sheet_says_which_address_to_share_it_with(server: SheetsServer, source: Source) -> None:
    server.shared = False
    error = refused(source)
    assert (error.code, error.params) == ("not_shared", {"address": EMAIL})


def test_a_wrong_id_says_which_spreadsheet(server: SheetsServer, programme: Programme, tmp_path: Path) -> None:
    other = "2" + server.sheet_id[1:]
    source = GoogleSheets(other, programme, SECRET, server.key_file(tmp_path))
    error = refused(source)
    assert error.code == "not_found"
    assert other in str(error.params["url"])
    source.close()


def test_no_network(programme: Programme, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    path = tmp_path / "key.json"
    path.write_text(json.dumps(service_account(f"http://127.0.0.1:{port}")), encoding="utf-8")
    source = GoogleSheets("1" * 44, programme, SECRET, path, sleep=lambda _: None)
    assert refused(source).code == "no_network"
    source.close()


def test_a_name_that_does_not_resolve_is_no_network(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    path = tmp_path / "key.json"
    path.write_text(json.dumps(service_account("https://sheets.googleapis.com")), encoding="utf-8")
    source = GoogleSheets("1" * 44, programme, SECRET, path, sleep=lambda _: None)
    assert refused(source).code == "no_network"
    source.close()


def test_a_host_without_tls_is_not_google(server: SheetsServer, programme: Programme, tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    path.write_text(json.dumps(service_account(server.url.replace("http:", "https:"))), encoding="utf-8")
    source = GoogleSheets("1" * 44, programme, SECRET, path, sleep=lambda _: None)
    assert refused(source).code == "not_google"
    source.close()


def test_a_fault_in_the_second_request_leaves_the_next_pull_at_two(server: SheetsServer, patient: Source) -> None:
    patient.fetch()
    server.log.clear()
    server.before = lambda _: server.fail_next("reset") if len(server.log) == 1 else None
    patient.fetch()
    assert len(patient.waits) == 1
    server.before = lambda _: None
    server.log.clear()
    patient.fetch()
    assert [request.kind for request in server.log] == ["values", "values"]
