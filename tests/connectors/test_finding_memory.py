"""The file that remembers findings: private, whole at any moment, and never in the way."""

import json
import logging
import stat
from datetime import date
from pathlib import Path

import pytest
from raw_rosters import women

from connectors.finding_memory import LARGEST, MEMORY_FILE, FindingMemory, load
from dashboard.mending import Memory
from dashboard.roster import Roster

FIRST, SECOND = date(2026, 11, 20), date(2026, 11, 23)


def faulty() -> Roster:
    """Two cells that cannot be dates, with a canary among them."""
    return women(start_date=["31/02/2025", "C-CANARY"], first_work_date=[None, "بعد العيد"])


def test_what_is_noted_is_known_to_the_next_process(tmp_path: Path) -> None:
    FindingMemory(tmp_path, lambda: FIRST).note(faulty())
    later = FindingMemory(tmp_path, lambda: SECOND)
    assert {later.current().first_seen(finding) for finding in faulty().findings} == {FIRST}
    later.note(women(start_date=[None, None]))
    assert later.current().mended_lately(SECOND) == 3
    assert FindingMemory(tmp_path, lambda: SECOND).current() == later.current()


def test_the_file_holds_addresses_codes_and_days_and_is_private(tmp_path: Path) -> None:
    FindingMemory(tmp_path / "data", lambda: FIRST).note(faulty())
    file = tmp_path / "data" / MEMORY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [MEMORY_FILE]
    assert json.loads(file.read_text("utf-8")) == {
        "source": "trial.xlsx",
        "since": [
            ["المستفيدات", "first_work_date", "date_vague", [[3, "2026-11-20"]]],
            ["المستفيدات", "start_date", "date_impossible", [[2, "2026-11-20"]]],
            ["المستفيدات", "start_date", "date_unreadable", [[3, "2026-11-20"]]],
        ],
        "mended": {},
    }


def test_an_unchanged_memory_is_not_written_again(tmp_path: Path) -> None:
    memory = FindingMemory(tmp_path, lambda: FIRST)
    memory.note(faulty())
    before = (tmp_path / MEMORY_FILE).stat().st_ino
    memory.note(faulty())
    assert (tmp_path / MEMORY_FILE).stat().st_ino == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"source": "x"}',
        b'{"source": "x", "since": [["a", "b", "c", [["1", "never"]]]], "mended": {}}',
        b'{"source": "x", "since": [[1]], "mended": {}}',
        b'{"source": "x", "since": [], "mended": {"2026-11-20": null}}',
        b"[" * 100_000,
        b" " * (LARGEST + 1),
    ],
)
def test_a_damaged_file_begins_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MEMORY_FILE).write_bytes(content)
    assert load(tmp_path / MEMORY_FILE) is None
    memory = FindingMemory(tmp_path, lambda: FIRST)
    assert memory.current() == Memory()
    memory.note(faulty())
    assert load(tmp_path / MEMORY_FILE) == memory.current()


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    memory = FindingMemory(tmp_path / "file", lambda: FIRST)
    with caplog.at_level(logging.WARNING):
        memory.note(faulty())
    assert memory.current().first_seen(faulty().findings[0]) == FIRST
    assert "not kept" in caplog.text
    assert "CANARY" not in caplog.text
