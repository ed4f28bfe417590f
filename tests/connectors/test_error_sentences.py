"""Every way a source or a programme can fail has one sentence in each language, filled from its params."""

import re
from pathlib import Path

import pytest

from dashboard.programme import LANGUAGES, Lang
from dashboard.text import Text

ROOT = Path(__file__).parents[2]
# What each error carries. A sentence may leave a param out, never ask for another.
PARAMS: dict[str, set[str]] = {
    "file_missing": {"path"},
    "file_unreadable": {"path", "detail"},
    "file_too_large": {"path", "megabytes", "limit"},
    "file_not_writable": {"path", "detail"},
    "not_a_spreadsheet": {"path"},
    "encoding_unknown": {"path"},
    "csv_broken": {"path", "line"},
    "empty_sheet": {"worksheet"},
    "no_header": {"worksheet", "rows", "wanted"},
    "header_clash": {"field", "first", "second"},
    "required_missing": {"worksheet", "row", "fields", "wanted"},
    "worksheet_missing": {"worksheet"},
    "headers_moved": set(),
    "credentials_missing": {"setting"},
    "credentials_not_found": {"path"},
    "credentials_invalid": {"path"},
    "credentials_elsewhere": {"name"},
    "credentials_revoked": {"path"},
    "clock_wrong": set(),
    "api_disabled": set(),
    "not_shared": {"address"},
    "not_found": {"url"},
    "not_native": {"url"},
    "wrong_id": {"source"},
    "source_unknown": {"source"},
    "no_network": set(),
    "connection_lost": set(),
    "timeout": {"seconds"},
    "quota": set(),
    "google_down": set(),
    "google_refused": {"status"},
    "not_google": set(),
    "rows_dropped": {"before", "after"},
    "unexpected": {"kind"},
    "programme_missing": {"file"},
    "programme_not_utf8": {"file"},
    "programme_not_toml": {"file", "detail"},
    "programme_invalid": {"file", "place", "detail"},
    "programme_not_writable": {"file", "detail"},
    "header_conflict": {"header"},
    "worksheets_overlap": {"worksheet"},
    "source_not_kept": {"path", "detail"},
    "source_of_another": {"setting"},
    "key_not_valid": set(),
    "key_not_kept": {"path", "detail"},
}
WITHIN = {"bad_range"}  # never leaves google_pull


def raised_codes() -> set[str]:
    """Codes written in the source, as the first argument of what fails or in the tables of google_faults."""
    files = [*ROOT.glob("connectors/*.py"), ROOT / "dashboard" / "programme.py"]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    codes = re.findall(r'(?:SourceError|PassingError|ProgrammeError|Failure|Held)\(\s*"(\w+)"', source)
    faults = (ROOT / "connectors" / "google_faults.py").read_text(encoding="utf-8")
    tables = faults[faults.index("_SAID =") : faults.index("_PASSING =")]
    return {*codes, *re.findall(r', "(\w+)"\)', tables), *re.findall(r'\d: "(\w+)"', tables)}


def test_the_list_of_errors_is_complete() -> None:
    assert raised_codes() == PARAMS.keys() | WITHIN


@pytest.mark.parametrize("code", PARAMS)
def test_each_error_has_a_sentence_with_the_same_places_in_every_language(code: str) -> None:
    sentences = {lang: Text(lang)(f"error.{code}") for lang in LANGUAGES}
    asked = {lang: sorted(re.findall(r"{(\w+)}", sentence)) for lang, sentence in sentences.items()}
    assert asked["ar"] == asked["fr"] == asked["en"]
    assert set(asked["ar"]) <= PARAMS[code]
    assert len(set(sentences.values())) == len(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", PARAMS)
def test_each_sentence_can_be_filled_and_ends(lang: Lang, code: str) -> None:
    filled = Text(lang)(f"error.{code}", **dict.fromkeys(PARAMS[code], "X"))
    assert "{" not in filled
    assert filled.endswith((".", ")."))
