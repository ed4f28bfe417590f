"""Where there is no code: ID card, or name and birth date, become a pseudonym on arrival and are kept nowhere."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rosters import HEADER, NAME, SECRET, TITLE, column
from sheets_grid import Value
from sheets_server import SheetsServer

from connectors.assemble import raw_sheet
from connectors.base import SourceError
from connectors.google_hosts import LOOPBACK_SETTING
from connectors.google_sheets import GoogleSheets
from connectors.locate import Table
from connectors.pseudonyms import Pseudonyms
from connectors.table_file import TableFile
from dashboard.programme import Programme, ProgrammeError, load_programme, parse_programme
from dashboard.reading import read
from dashboard.reading.headers import match_header
from dashboard.roster import PARTIAL_KEY, Cell

ROOT = Path(__file__).parents[2]
NAMED: list[Value] = ["الاسم الكامل", "تاريخ الازدياد", "الفوج", "تاريخ بداية التكوين", "تاريخ نهاية التكوين",
                      "رقم البطاقة الوطنية", "تاريخ الإدماج"]  # fmt: skip
BORN = date(1999, 5, 3)


def keyed(programme: Programme, *parts: str) -> Programme:
    return programme.model_copy(update={"sheet": programme.sheet.model_copy(update={"key": parts})})


def woman(number: int, born: Value = BORN) -> list[Value]:
    return [f"{NAME} {number}", born, "فوج 1", date(2025, 11, 3), date(2026, 5, 29), f"ab 12{number}", None]


def pseudonyms(programme: Programme, *parts: str) -> Pseudonyms:
    return Pseudonyms(SECRET, keyed(programme, *parts))


# Spelling


@pytest.mark.parametrize("typed", ["AB123456", "ab 123456", " AB-123 456\u200f", "AB١٢٣٤٥٦"])
def test_spellings_of_an_id_card_are_one_woman(programme: Programme, typed: str) -> None:
    cin = pseudonyms(programme, "cin")
    assert cin.of(typed) == cin.of("AB123456")
    assert cin.of(typed) != cin.of("AB123457")


@pytest.mark.parametrize("born", [36283, 36283.0, "03/05/1999", "3-5-1999", "1999-05-03", "٠٣/٠٥/١٩٩٩"])
def test_a_birth_date_is_one_however_it_is_stored(programme: Programme, born: Cell) -> None:
    both = pseudonyms(programme, "name", "birth_date")
    assert both.of("مستفيدة أ", born) == both.of("مُستفيدة  ا", 36283)
    assert both.of("مستفيدة أ", born) != both.of("مستفيدة أ", 36284)


def test_parts_do_not_run_into_each_other(programme: Programme) -> None:
    both = pseudonyms(programme, "name", "cin")
    assert both.of("a b", "c") != both.of("a", "b c")
    assert both.of("a\x1fb", "c") != both.of("a", "b\x1fc")


@pytest.mark.parametrize(
    ("cells", "made"),
    [
        ((None, None), None),
        (("-", " "), None),
        (("C-NAME", None), PARTIAL_KEY),
        ((None, 36283), PARTIAL_KEY),
        (("C-NAME", "#N/A"), "#N/A"),
        (("الفوج الثاني", None), "الفوج الثاني"),
        (("المجموع", 45), "المجموع"),
    ],
)
def test_half_a_key_is_none_and_labels_stay_labels(
    programme: Programme, cells: Sequence[Cell], made: str | None
) -> None:
    assert pseudonyms(programme, "name", "birth_date").of(*cells) == made


def test_another_secret_gives_other_pseudonyms(programme: Programme) -> None:
    rotated = Pseudonyms(SECRET + b"!", keyed(programme, "cin"))
    assert rotated.of("AB123456") != pseudonyms(programme, "cin").of("AB123456")


# Headers


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [(("key",), {"key"}), (("cin",), {"cin"}), (("name", "birth_date"), {"name", "birth_date"})],
)
def test_identifiers_are_known_only_where_the_key_names_them(
    programme: Programme, parts: tuple[str, ...], wanted: set[str]
) -> None:
    match = match_header(["الرمز", "CIN", "Nom et prénom", "Date de naissance", "الفوج"], keyed(programme, *parts))
    assert set(match.fields) == wanted | {"birth_date", "cohort"}
    assert set(match.missing) == {"start_date", "completion_date", "first_work_date"}


def test_a_header_marked_as_never_is_not_read_even_as_a_key(programme: Programme) -> None:
    sheet = programme.sheet.model_copy(update={"key": ("cin",), "never": ("CIN",)})
    match = match_header(["CIN", "الفوج"], programme.model_copy(update={"sheet": sheet}))
    assert "cin" in match.missing


def test_the_missing_part_is_named_by_a_header_that_would_do(
    server: SheetsServer, programme: Programme, tmp_path: Path
) -> None:
    server.put(TITLE, [[header for header in HEADER if header != "رقم البطاقة الوطنية"]])
    source = GoogleSheets(server.address, keyed(programme, "cin"), SECRET, server.key_file(tmp_path))
    with pytest.raises(SourceError) as caught:
        source.fetch()
    source.close()
    assert (caught.value.code, caught.value.params["wanted"]) == ("required_missing", "رقم البطاقة الوطنية")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('key = ["passport"]', "passport"),
        ("key = []", "sheet.key"),
        ('key = ["key"]\nidentifiers = { cohort = ["x"] }', "cohort"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_its_place(line: str, said: str) -> None:
    text = (ROOT / "tests" / "data" / "trial_programme.toml").read_text(encoding="utf-8")
    with pytest.raises(ProgrammeError) as caught:
        parse_programme(text.replace("[sheet]\n", f"[sheet]\n{line}\n", 1))
    assert caught.value.code == "programme_invalid"
    assert said in f"{caught.value.params['place']} {caught.value.params['detail']}"


# Columns


def test_the_key_stands_where_its_first_part_stood_and_identifiers_are_gone(programme: Programme) -> None:
    columns = (("cohort", 1, "الفوج"), ("birth_date", 2, "الازدياد"), ("name", 4, "الاسم"))
    table = Table("S", 1, ((None,) * 4,), columns, ())
    made = raw_sheet(
        table, {1: ["فوج 1"], 2: [36283], 4: ["C-NAME", "C-NAME"]}, pseudonyms(programme, "name", "birth_date")
    )
    assert [(column.field, column.letter) for column in made.columns] == [
        ("cohort", "A"), ("birth_date", "B"), ("key", "D"),
    ]  # fmt: skip
    assert made.columns[2].values == [pseudonyms(programme, "name", "birth_date").of("C-NAME", 36283), PARTIAL_KEY]
    assert "C-NAME" not in repr(made)


def test_from_a_spreadsheet_and_from_a_file_a_woman_has_one_pseudonym(
    server: SheetsServer, programme: Programme, tmp_path: Path
) -> None:
    named = keyed(programme, "name", "birth_date")
    server.put(TITLE, [NAMED, woman(1), woman(2, None), woman(3)])
    source = GoogleSheets(server.address, named, SECRET, server.key_file(tmp_path))
    live = source.fetch()
    source.close()
    assert server.ranges[-3:-1] == [f"'{TITLE}'!A1:E", f"'{TITLE}'!G1:G"]  # the ID card is not asked for
    path = tmp_path / "roster.csv"
    rows = [[*row[:1], "03/05/1999" if row[1] else "", "فوج 1", "03/11/2025", "29/05/2026", "", ""]
            for row in (woman(1), woman(2, None), woman(3))]  # fmt: skip
    path.write_text("\n".join(";".join(map(str, row)) for row in [NAMED, *rows]), encoding="utf-8")
    filed = TableFile(path, named, SECRET).fetch()
    assert column(live, "key") == column(filed, "key")
    assert column(live, "key")[1] == PARTIAL_KEY
    roster = read(live, named, date(2026, 11, 23))
    assert (roster.reconciliation.used, roster.reconciliation.quarantined) == (2, 1)
    assert [(f.code, f.cell) for f in roster.findings if f.code == "no_key"] == [("no_key", f"'{TITLE}'!A3")]


# Memory


def remembered(server: SheetsServer, tmp_path: Path, parts: str) -> dict[str, Any]:
    """What a process of its own still holds after pulls."""
    arguments = [server.address, str(server.key_file(tmp_path)), str(ROOT / "programme.toml"), parts]
    ran = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("memory.py")), *arguments],
        env={"PYTHONPATH": str(ROOT), LOOPBACK_SETTING: "1"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


@pytest.mark.parametrize("parts", ["name+birth_date", "name"])
def test_after_a_pull_no_object_holds_a_name(server: SheetsServer, tmp_path: Path, parts: str) -> None:
    server.put(TITLE, [NAMED, *map(woman, range(50))])
    answer = remembered(server, tmp_path, parts)
    assert (answer["women"], answer["error"]) == (50, None)
    assert answer["logged"] > 0
    assert (answer["held"], answer["shown"]) == ([], 0)


@pytest.mark.parametrize("fault", ["truncated", "cut_json"])
def test_after_a_pull_that_failed_half_way_no_object_holds_a_name(
    server: SheetsServer, tmp_path: Path, fault: Any
) -> None:
    """What had arrived when the line broke is in the exceptions of the libraries: none of them is kept."""
    server.put(TITLE, [NAMED, *map(woman, range(50))])
    server.before = lambda request: (
        server.fail_next(fault) if any(name.endswith("A1:E") for name in request.ranges) else None
    )
    answer = remembered(server, tmp_path, "name+birth_date")
    assert (answer["women"], answer["error"]) == (0, "connection_lost")
    assert (answer["held"], answer["shown"]) == ([], 0)


def test_the_programme_here_uses_a_code_and_knows_what_could_stand_for_it() -> None:
    sheet = load_programme(ROOT / "programme.toml").sheet
    assert sheet.key == ("key",)
    assert {"cin", "name"} <= set(sheet.identifiers)
