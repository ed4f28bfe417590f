"""Every finding has its sentence in three languages, and says nothing about anyone."""

import random
import re
from dataclasses import replace
from string import Formatter

import pytest
from messy import messy_table
from raw_rosters import PROGRAMME, TODAY, serial, sheet, table

from dashboard.programme import LANGUAGES, Lang
from dashboard.reading import FINDING_CODES, SEVERITY, read
from dashboard.roster import RawColumn, RawNotes, RawSheet, RawTable, Severity
from dashboard.text import Text

PLACES = {"cell", "count", "other", "low", "high"}


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", FINDING_CODES)
def test_every_code_has_a_sentence(lang: Lang, code: str) -> None:
    key = f"finding.{code}"
    assert Text(lang).has(key)
    said = places(Text(lang)(key))
    assert "cell" in said
    assert said <= PLACES
    assert said == places(Text("en")(key))
    assert len(re.split(r"[.؛;:]\s", Text(lang)(key))) >= 2  # what happened, and what to do


def net_headed(sheet: RawSheet) -> RawSheet:
    return replace(sheet, columns=tuple(replace(column, header="Salaire net") for column in sheet.columns))


def noted() -> list[RawTable]:
    """Worksheets of notes that are not there, have no header, or a text without a day."""
    columns = RawColumn("note_date", "Date", "A", [None]), RawColumn("note_text", "Note", "B", ["x"])
    undated = RawNotes("Notes", RawSheet("Notes", 1, 2, columns))
    found = (RawNotes("Notes"), RawNotes("Notes", fault="notes_header"), undated)
    return [replace(table(sheet(key=["W1"])), notes=notes) for notes in found]


def test_findings_fill_their_sentences() -> None:
    """Findings of a hundred random messy sheets can all be said."""
    text = Text("ar")
    seen: set[str] = set()
    births = [serial("1999-05-03"), serial("2006-11-20")]
    rare = table(sheet(key=["W1", "W1"], birth_date=births, start_date=["", "01/01/2005"], age=[27, None]))
    net = table(sheet(key=["W1"], wage=[3000]))
    net = replace(net, sheets=(net_headed(net.sheets[0]),))
    for raw in (rare, net, *noted(), *(messy_table(random.Random(seed)) for seed in range(100))):
        for finding in read(raw, PROGRAMME, TODAY).findings:
            said = places(text(f"finding.{finding.code}"))
            assert said <= {"cell", *dict(finding.params)}
            assert finding.severity is SEVERITY[finding.code]
            seen.add(finding.code)
    assert seen == set(FINDING_CODES), set(FINDING_CODES) - seen


def test_severities_are_those_of_the_field_reference() -> None:
    assert SEVERITY["date_impossible"] is Severity.REJECTED
    assert SEVERITY["hired_before_completion"] is Severity.WARNING
    assert SEVERITY["spaces"] is Severity.NORMALISED
    assert SEVERITY["no_key"] is Severity.QUARANTINED
