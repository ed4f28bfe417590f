"""The audit of packages: silence of the service is not taken for health."""

import json
from typing import Any

import pytest

from tools.audit import audit

SOUND = {"name": "dash", "version": "4.4.1", "vulns": []}
FAULTY = {"name": "dash", "version": "4.4.0", "vulns": [{"id": "GHSA-x", "fix_versions": ["4.4.1"]}]}
SKIPPED = {"name": "dash", "skip_reason": "Dependency not found on PyPI and could not be audited: dash (4.4.1)"}


def told(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


@pytest.mark.parametrize(
    ("output", "lenient", "strict", "words"),
    [
        (told(SOUND), 0, 0, "1 packages audited"),
        (told(SOUND, FAULTY), 1, 1, "KNOWN FAULT  dash 4.4.0: GHSA-x"),
        (told(SKIPPED, SKIPPED), 0, 1, "NOT AUDITED"),
        (told(SKIPPED, FAULTY), 1, 1, "KNOWN FAULT"),
        ("", 0, 1, "NOT AUDITED"),
        ("Traceback", 0, 1, "NOT AUDITED"),
        ("[]", 0, 1, "NOT AUDITED"),
    ],
)
def test_what_was_not_looked_up_is_not_called_sound(output: str, lenient: int, strict: int, words: str) -> None:
    said: list[str] = []
    assert audit(lenient=True, run=lambda _: output, say=said.append) == lenient
    assert audit(lenient=False, run=lambda _: output, say=said.append) == strict
    assert words in "".join(said)
