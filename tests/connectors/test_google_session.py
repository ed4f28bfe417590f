"""Key files of service accounts: each bad one is named, and a mended one is taken without a restart."""

import json
from pathlib import Path

import pytest
from rosters import SECRET
from sheets_server import EMAIL, SheetsServer, service_account

from connectors.base import SourceError
from connectors.google_session import SCOPES, read_account
from connectors.google_sheets import GoogleSheets
from dashboard.programme import Programme


def refused(source: GoogleSheets) -> SourceError:
    with pytest.raises(SourceError) as caught:
        source.fetch()
    return caught.value


def test_an_account_has_read_only_rights(server: SheetsServer, tmp_path: Path) -> None:
    account = read_account(server.key_file(tmp_path))
    assert (account.email, account.api_root) == (EMAIL, server.url)
    assert tuple(account.credentials.scopes) == SCOPES
    assert all(scope.endswith(".readonly") for scope in SCOPES)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "credentials_not_found"),
        ("", "credentials_invalid"),
        ("not JSON", "credentials_invalid"),
        ("[]", "credentials_invalid"),
        ('{"type": "authorized_user", "client_id": "x"}', "credentials_invalid"),
        ("broken key", "credentials_invalid"),
    ],
)
def test_a_bad_key_file_is_named_and_read_again_once_mended(
    server: SheetsServer, programme: Programme, tmp_path: Path, content: str | None, code: str
) -> None:
    path = tmp_path / "service-account.json"
    if content == "broken key":
        content = json.dumps(service_account(server.url) | {"private_key": "-----BEGIN PRIVATE KEY-----"})
    if content is not None:
        path.write_text(content, encoding="utf-8")
    source = GoogleSheets(server.address, programme, SECRET, path)
    error = refused(source)
    assert (error.code, error.params) == (code, {"path": str(path)})
    server.key_file(tmp_path)
    assert len(source.fetch().sheets) == 1
    source.close()


def test_no_key_file_set(server: SheetsServer, programme: Programme) -> None:
    error = refused(GoogleSheets(server.address, programme, SECRET, None))
    assert (error.code, error.params) == ("credentials_missing", {"setting": "GOOGLE_APPLICATION_CREDENTIALS"})
