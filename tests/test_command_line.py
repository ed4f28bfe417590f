"""`flask --app app report`: the page's numbers in a terminal, and errors in one sentence."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from app import create_server
from callbacks.command_line import render, terminal_language
from connectors.settings import settings_from_environment

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parent.parent


@pytest.fixture
def run(tmp_path: Path) -> Any:
    environ = {"DASHBOARD_SECRET": "s" * 32, "DASHBOARD_DATA": str(tmp_path)}

    def command(*arguments: str, **more: str) -> Result:
        """A command in a folder of its own."""
        server = create_server(settings_from_environment(environ | more), today=lambda: TODAY)
        return server.test_cli_runner().invoke(args=list(arguments))

    return command


def numbers(run: Any, *arguments: str) -> dict[str, Any]:
    result = run("report", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_demo_report_says_what_the_demo_promises(run: Any) -> None:
    """Expected values: the demo's own table of contents (connectors/demo_story.py), counted by hand."""
    found = numbers(run)
    assert found["as_of"] == "2026-11-23"
    account = found["reconciliation"]
    assert account["rows_read"] == 218
    assert account["rows_read"] == sum(
        account[part] for part in ("used", "duplicates_merged", "quarantined", "skipped")
    )
    indicators = {indicator["id"]: indicator for indicator in found["indicators"]}
    assert indicators["enrolled"]["numerator"] == 135
    insertion = indicators["insertion_90"]
    assert (insertion["numerator"], insertion["denominator"], insertion["open"]) == (65, 71, 12)
    assert insertion["rate"] == pytest.approx(65 / 71)
    assert insertion["worst"] <= insertion["rate"] <= insertion["best"]


def test_cohorts_add_up_to_the_whole(run: Any) -> None:
    found = numbers(run)
    parts = [
        indicator["denominator"]
        for cohort in found["cohorts"]
        for indicator in cohort["indicators"]
        if indicator["id"] == "insertion_90"
    ]
    assert sum(parts) == 71


def test_findings_carry_addresses_and_nothing_else(run: Any) -> None:
    for finding in numbers(run)["findings"]:
        assert set(finding) == {"code", "severity", "cell"}
        assert finding["cell"].startswith("'")


def test_as_of_an_earlier_day_counts_fewer(run: Any) -> None:
    before = {i["id"]: i for i in numbers(run, "--as-of", "2026-08-01")["indicators"]}
    assert before["insertion_90"]["denominator"] < 71


def test_csv_has_one_value_a_line_and_no_formula(run: Any) -> None:
    result = run("report", "--format", "csv")
    rows = dict(list(csv.reader(io.StringIO(result.stdout)))[1:])
    assert rows["indicators.insertion_90.numerator"] == "65"
    assert not [value for value in rows.values() if value[:1] in ("=", "+", "@")]


def test_a_formula_in_a_value_is_disarmed() -> None:
    assert render({"programme": "=HYPERLINK(1)"}, "csv").splitlines()[1] == "programme,'=HYPERLINK(1)"


def test_the_same_words_are_disarmed_as_in_every_other_file() -> None:
    told = render({"cohort": "-2+3|cmd!A0", "full_width": "＝1+1", "split": "a;=1", "change": -3}, "csv").splitlines()
    assert told[1:] == ["cohort,'-2+3|cmd!A0", "full_width,'＝1+1", "split,a;'=1", "change,-3"]


def test_the_table_shows_the_same_number(run: Any) -> None:
    line = next(line for line in run("report").stdout.splitlines() if line.startswith("insertion_90"))
    assert {"rate", "65", "71", f"{65 / 71:.4f}"} <= set(line.split())


@pytest.mark.parametrize(
    ("source", "said"),
    [("nowhere.xlsx", "nowhere.xlsx"), ("roster.pdf", "roster.pdf"), ("https://docs.google.com/document/x", "")],
)
def test_a_source_that_cannot_be_had_is_one_sentence_and_status_2(run: Any, source: str, said: str) -> None:
    result = run("report", "--source", source)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_broken_programme_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text("id = 'x'\n[rules\n", encoding="utf-8")
    environ = os.environ | {
        "DASHBOARD_PROGRAMME": str(tmp_path / "programme.toml"),
        "DASHBOARD_DATA": str(tmp_path),
        "LC_ALL": "fr_FR.UTF-8",
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "report"]
    result = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    assert result.returncode == 2
    assert "programme.toml" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_demo_sheet_writes_a_workbook_that_another_library_opens(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "demo.xlsx"
    assert run("demo-sheet", str(path)).exit_code == 0
    assert openpyxl.load_workbook(path).sheetnames[0] == "المستفيدات"


@pytest.mark.parametrize(
    ("environ", "lang"),
    [({"LANG": "fr_MA.UTF-8"}, "fr"), ({"LC_ALL": "ar_MA", "LANG": "fr_FR"}, "ar"), ({}, "en"), ({"LANG": "C"}, "en")],
)
def test_the_terminal_is_spoken_to_in_its_language(environ: dict[str, str], lang: str) -> None:
    assert terminal_language(environ) == lang
