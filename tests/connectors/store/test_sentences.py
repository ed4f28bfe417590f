"""Every way the store can fail has one sentence in each language, filled from its params."""

import re
from pathlib import Path

import pytest

from connectors.store.errors import _POSTGRES, _SQLITE
from dashboard.programme import LANGUAGES
from dashboard.text import Text

ROOT = Path(__file__).parents[3]
DATABASE = {"place", "kind"}
PARAMS: dict[str, set[str]] = {
    **dict.fromkeys({*_SQLITE.values(), *_POSTGRES.values(), "store_failed"}, DATABASE),
    "store_busy": {"place"},
    "store_url_invalid": {"setting"},
    "store_newer": {"place", "revision"},
    "store_overtaken": {"place", "number"},
    "store_person_unknown": set(),
    "store_person_current": set(),
    "store_code_invalid": {"parts"},
    "store_keeps_for_ever": {"setting"},
    "store_backup_exists": {"path"},
    "store_backup_not_written": {"path", "detail"},
    "store_backup_missing": {"path"},
    "store_backup_broken": {"path", "detail"},
    "store_backup_newer": {"path", "revision"},
    "store_not_empty": {"path"},
    "version_gone": {"number"},
    "store_review_damaged": {"number"},
    "store_review_overtaken": set(),
    "store_reviews_full": {"most"},
    "store_decision_gone": set(),
    "release_overtaken": {"number"},
    "link_unknown": {"link"},
}


def test_the_list_of_errors_is_complete() -> None:
    files = [*(ROOT / "connectors" / "store").glob("*.py"), ROOT / "connectors" / "keeping.py"]
    source = "".join(path.read_text("utf-8") for path in files)
    raised = set(re.findall(r'(?:StoreError|HistoryError)\(\s*"(\w+)"', source))
    assert raised <= PARAMS.keys()
    assert PARAMS.keys() <= raised | {*_SQLITE.values(), *_POSTGRES.values(), "store_failed"}


@pytest.mark.parametrize("code", sorted(PARAMS))
def test_each_error_has_a_sentence_with_the_same_places_in_every_language(code: str) -> None:
    sentences = {lang: Text(lang)(f"error.{code}") for lang in LANGUAGES}
    asked = {lang: sorted(re.findall(r"{(\w+)}", sentence)) for lang, sentence in sentences.items()}
    assert asked["ar"] == asked["fr"] == asked["en"]
    assert set(asked["ar"]) <= PARAMS[code]
    assert len(set(sentences.values())) == len(LANGUAGES)
    assert all(sentence.endswith(".") for sentence in sentences.values())
