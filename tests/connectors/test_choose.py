"""A source setting opens the source it names."""

from datetime import date

import pytest
from rosters import SECRET

from connectors.base import RosterSource, SourceError
from connectors.choose import open_source, source_key
from connectors.demo import DemoSource
from connectors.google_sheets import GoogleSheets
from connectors.table_file import TableFile
from dashboard.programme import Programme

IDENTITY = "1AbCdEfGhIjKlMnOpQrStUvWxYz_-0123456789"


def opened(spec: str, programme: Programme) -> RosterSource:
    return open_source(spec, programme, SECRET, None, lambda: date(2026, 11, 23))


@pytest.mark.parametrize(
    ("spec", "kind"),
    [
        ("demo", DemoSource),
        (" Demo ", DemoSource),
        ("data/roster.csv", TableFile),
        ("~/Liste des bénéficiaires.XLSX", TableFile),
        (f"https://docs.google.com/spreadsheets/d/{IDENTITY}/edit#gid=0", GoogleSheets),
        (f"docs.google.com/spreadsheets/d/{IDENTITY}", GoogleSheets),
        (IDENTITY, GoogleSheets),
    ],
)
def test_each_form_of_the_setting(programme: Programme, spec: str, kind: type) -> None:
    assert isinstance(opened(spec, programme), kind)


@pytest.mark.parametrize("end", ["edit", "edit#x.csv", "x.csv"])
def test_an_address_goes_by_its_id_whatever_its_end_looks_like(programme: Programme, end: str) -> None:
    address = f"docs.google.com/spreadsheets/d/{IDENTITY}/{end}"
    assert isinstance(opened(address, programme), GoogleSheets)
    assert source_key(address) == source_key(f"https://{address}") == f"google_sheets:{IDENTITY}"


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("", "source_unknown"),
        ("roster.pdf", "source_unknown"),
        ("demos", "source_unknown"),
        ("~nobody-of-this-name/roster.csv", "source_unknown"),
        ("https://example.org/roster", "wrong_id"),
    ],
)
def test_anything_else_is_refused(programme: Programme, spec: str, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        opened(spec, programme)
    assert (caught.value.code, caught.value.params) == (code, {"source": spec})
