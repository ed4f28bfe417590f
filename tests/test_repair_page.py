"""The repair list as a page, as a file and over HTTP: what it says, what it links, what it must never hold."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from page_results import FEED, overview, shown
from test_service import Source, board
from test_tiles import said
from truth_results import deeper

from app import create_server
from callbacks.repair_file import register
from connectors.settings import ROOT, Settings
from dashboard.model import Lang
from dashboard.programme import LANGUAGES
from dashboard.repair import Group, Mend, Range, Repair
from dashboard.repair_groups import GROUPS
from dashboard.roster import Finding, Severity
from dashboard.text import Text
from layouts.page import management_page
from layouts.places import REPAIR
from layouts.repair_csv import BYTE_ORDER_MARK, COLUMNS, harmless, repair_csv
from layouts.repair_page import cost_words, repair_page, sentence, whole_words

URL = "https://sheets.example/d/1/edit#gid=7&range="


def mend(cell: str, code: str = "date_impossible", since: date | None = date(2026, 11, 12), **more: Any) -> Mend:
    finding = Finding(code, Severity.REJECTED, "المستفيدات", cell[0], int(cell[1:]), "first_work_date", 7, **more)
    return Mend(finding, URL + cell, since, costs=cell != "H40")


DATES = tuple(mend(f"H{row}") for row in (27, 31, 40))
WORK = Group("work_date", 2, 2, Range(0.915, 0.915, 0.944), (DATES,))
KEY = Group("key", 1, 1, Range(0.915, 0.903, 0.917), ((mend("A12", "no_key"),),))
WHOLE = Group("whole", 3, 3, Range(0.915, 0.903, 0.944), ())
FOUND = Repair((WORK, KEY), WHOLE, 12)
EMPTY = Repair((), Group("whole", 0, 0, Range(0.9, 0.9, 0.9), ()), 3)


def page(found: Repair, lang: Lang = "en", **changed: Any) -> str:
    view = shown(lang, page=REPAIR, depth=deeper(repair=found), **changed)
    return said(repair_page(view))


def test_what_it_costs_is_said_in_words() -> None:
    plain = _bare(said(whole_words(FOUND, Text("en"))))
    assert "3 cells keep 3 women from being counted as in work or not." in plain
    assert "91.5% today; between 90.3% and 94.4% once mended (−1.2 to +2.9 points)" in plain
    assert "up to 94.4% once mended (+2.9 points)" in _bare(" ".join(cost_words(WORK, Text("en"))))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("women", [0, 1, 2, 3, 11, 100])
def test_every_group_has_its_sentence(lang: Lang, group: str, women: int) -> None:
    words = " ".join(cost_words(Group(group, women, women, None, ()), Text(lang)))
    assert "{" not in words
    assert bool(words) == (group not in ("doubtful", "other"))
    assert Text(lang)(f"repair.group.{group}")


def test_progress_and_age_are_said() -> None:
    plain = page(FOUND)
    assert "12 mended in the last 7 days" in plain
    assert "4 findings to look at" in plain
    assert "since 12 November 2026" in plain
    older = (mend("A12", "no_key", date(2026, 11, 23)), mend("A13", "no_key"))
    aged = page(replace(FOUND, groups=(replace(KEY, kinds=(older,)),)))
    assert "New today" in aged
    assert "Since 12 November 2026" in aged
    assert "All since" not in aged


def test_one_age_of_all_is_said_once() -> None:
    assert "Since 12 November 2026" not in page(FOUND)
    assert "All since 12 November 2026" in page(FOUND)
    today = replace(FOUND, groups=(replace(KEY, kinds=((mend("A12", "no_key", date(2026, 11, 23)),),)),))
    assert "All first seen today" in page(today)


def test_the_worksheet_is_named_once_before_its_cells() -> None:
    other = replace(mend("H5"), finding=replace(mend("H5").finding, sheet="فوج 2"))
    plain = _bare(page(replace(FOUND, groups=(replace(WORK, kinds=((*DATES, other),)),))))
    assert plain.count("المستفيدات") == 2  # the cell that changes no rate stands apart
    assert plain.count("فوج 2") == 1
    assert "المستفيدات" not in page(FOUND)


def test_a_finding_of_a_whole_column_says_itself_what_it_costs() -> None:
    net = Finding("wage_net", Severity.WARNING, "S", "J", None, "wage", params=(("count", 20),))
    group = Group("measures", 0, 0, None, ((Mend(net, None, None, costs=False),),))
    assert cost_words(group, Text("en")) == []


def test_cells_that_contradict_their_own_row_share_a_sentence() -> None:
    pairs = tuple(mend(f"H{row}", "before_start", params=(("other", f"'المستفيدات'!G{row}"),)) for row in (27, 28, 30))
    several = _bare(page(replace(FOUND, groups=(replace(WORK, kinds=(pairs,)),))))
    assert several.count("before the start of training (G)") == 1
    alone = _bare(page(replace(FOUND, groups=(replace(WORK, kinds=(pairs[:1],)),))))
    assert "before the start of training (G27)" in alone
    elsewhere = mend("H27", "before_start", params=(("other", "'فوج 2'!G27"),))
    assert "'فوج 2'!G27" in _bare(page(replace(FOUND, groups=(replace(WORK, kinds=((elsewhere, *pairs),)),))))


@pytest.mark.parametrize(
    ("code", "field", "word"),
    [
        ("category_unknown", "track", "School-life assistant"),
        ("status_unmapped", "status", "Completed"),
        ("district_unknown", "district", "Anfa"),
        ("cohort_unknown", "cohort", "Cohort 2"),
    ],
)
def test_whoever_has_to_replace_a_word_sees_those_understood(code: str, field: str, word: str) -> None:
    unknown = replace(
        mend("H27", code), finding=Finding(code, Severity.WARNING, "S", "D", 4, field, 7, (("count", 2),))
    )
    plain = _bare(page(replace(FOUND, groups=(replace(KEY, kinds=((unknown,),)),))))
    assert "Words understood here" in plain
    assert word in plain
    assert "Words understood" not in page(FOUND)


def test_cells_that_change_nothing_stand_apart() -> None:
    assert page(FOUND).count("These change no rate today") == 1


def test_nothing_to_mend_is_said_in_words() -> None:
    plain = page(EMPTY)
    assert "Nothing to mend" in plain
    assert "3 mended in the last 7 days" in plain


def test_every_cell_is_a_link_that_opens_the_spreadsheet_there() -> None:
    tree = str(repair_page(shown("fr", page=REPAIR, depth=deeper(repair=FOUND))))
    for cell in ("H27", "H31", "H40", "A12"):
        assert f"{URL}{cell}" in tree


def test_a_cell_without_an_address_is_plain_text() -> None:
    bare = replace(FOUND, groups=(replace(KEY, kinds=((replace(mend("A12", "no_key"), link=None),),)),))
    tree = str(repair_page(shown("fr", page=REPAIR, depth=deeper(repair=bare))))
    assert "A12" in tree
    assert "noreferrer" not in tree


def test_many_cells_are_folded_and_none_is_left_out() -> None:
    many = tuple(mend(f"B{row}") for row in range(2, 42))
    plain = page(replace(FOUND, groups=(replace(WORK, kinds=(many,)),)))
    assert "28 more cells" in plain
    assert all(f"B{row}" in plain for row in range(2, 42))


def test_a_sentence_begins_without_its_cell_and_names_the_other_one() -> None:
    beside = mend("H27", "before_start", params=(("other", "'المستفيدات'!G27"),)).finding
    assert _bare(sentence(beside, Text("en"))).startswith("Date before the start of training (G27)")
    elsewhere = mend("H27", "before_start", params=(("other", "'فوج 2'!G27"),)).finding
    assert "'فوج 2'!G27" in _bare(sentence(elsewhere, Text("en")))


def test_the_page_is_of_the_whole_sheet_even_where_the_filters_match_nobody() -> None:
    nobody = shown("en", overview(women=0), page=REPAIR, depth=deeper(repair=FOUND))
    tree = str(management_page(nobody))
    assert "12 mended" in tree
    assert "hidden=True" not in tree.partition("id='results'")[2][:80]


def test_the_file_has_a_line_per_finding_in_the_order_of_the_page() -> None:
    text = Text("fr")
    content = repair_csv(FOUND, text)
    assert content.startswith(BYTE_ORDER_MARK)
    header, *lines = csv.reader(io.StringIO(content.removeprefix(BYTE_ORDER_MARK)), delimiter=";")
    assert header == [text(f"repair.column.{name}") for name in COLUMNS]
    assert [line[3] for line in lines] == ["H27", "H31", "H40", "A12"]
    assert [line[6] for line in lines] == ["oui", "oui", "non", "oui"]
    assert lines[0][7:] == ["2026-11-12", URL + "H27"]


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠", "\u2212", " =", "\u200f=", "\u2066+"]
)
def test_no_38_no_cell_of_the_file_begins_a_formula(start: str) -> None:
    assert harmless(start + "HYPERLINK(1)").startswith("'")


@pytest.mark.parametrize("sign", [";", ",", "\t", "; ", '"'])
def test_no_38_nor_where_another_countrys_spreadsheet_splits_it(sign: str) -> None:
    assert harmless(f"a{sign}=HYPERLINK(1)") == f"a{sign}'=HYPERLINK(1)"


def test_the_file_opens_in_columns_where_the_decimal_mark_is_a_comma() -> None:
    firsts = {lang: repair_csv(FOUND, Text(lang)).splitlines()[0] for lang in LANGUAGES}
    assert [firsts[lang].count(";") for lang in ("ar", "fr", "en")] == [8, 8, 0]


@pytest.mark.parametrize(
    "cell", ["H27", "'المستفيدات'!B2", "", "2026-11-12", "https://sheets.example", "a=b", "a, b; c − d", "(0 to 100)"]
)
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_no_38_a_worksheet_named_like_a_formula_is_harmless_in_the_file() -> None:
    evil = replace(mend("A12", "no_key"), finding=Finding("no_key", Severity.QUARANTINED, "=cmd|'/c calc'!A1", "A", 12))
    content = repair_csv(replace(FOUND, groups=(replace(KEY, kinds=((evil,),)),)), Text("en"))
    for line in csv.reader(io.StringIO(content.removeprefix(BYTE_ORDER_MARK))):
        assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@"))]


def test_without_a_roster_there_is_no_file_yet() -> None:
    server = Flask("test")
    register(server, board(Source()))
    assert server.test_client().get("/repair.csv?lang=fr").status_code == 503


def test_the_demo_hands_out_its_list_over_http(tmp_path: Path) -> None:
    settings = Settings("demo", ROOT / "programme.toml", tmp_path, b"only for this test run", None)
    client = create_server(settings, lambda: date(2026, 11, 23)).test_client()
    answer = client.get("/repair.csv?lang=ar")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    lines = list(csv.reader(io.StringIO(answer.text.removeprefix(BYTE_ORDER_MARK)), delimiter=";"))
    assert len(lines) > 15
    assert {line[7] for line in lines[1:]} == {"2026-11-23"}
    assert "P-0" not in answer.text
    assert client.get("/repair.csv?lang=ar&guests=1").status_code == 404  # every line leads to the row of a woman


def test_the_lead_says_how_to_find_a_cell() -> None:
    linked = replace(FEED, source=replace(FEED.source, url="https://sheets.example/d/1/edit"))  # type: ignore[type-var]
    assert "opens the spreadsheet at that cell" in page(FOUND, feed=linked)
    assert "by their address" in page(FOUND)


def _bare(words: str) -> str:
    """Words without the marks that keep their direction."""
    return words.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069")))
