"""The table twins hold the numbers of the results, in the reader's digits and words."""

from dataclasses import replace

import pytest
from figure_results import ALL_OPEN, CLOSED, COHORTS, CURVE, HALF_OPEN, NO_CURVE, PROGRAMME, STAGES

from dashboard.programme import LANGUAGES, Lang
from dashboard.schema import UNSPECIFIED
from dashboard.tables import ALL, Table, cohort_name, curve_table, days, funnel_table, insertion_table, stage_name
from dashboard.text import NONE, Text

ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def plain(table: Table) -> list[list[str]]:
    return [[cell.translate(ISOLATES) for cell in row] for row in table.rows]


def test_the_funnel_table_has_every_count_and_share() -> None:
    rows = plain(funnel_table(STAGES, PROGRAMME, Text("en")))
    assert rows == [
        ["First contact", "60", "60", "0", "0", "100%", NONE, "5"],
        ["Enrolled", "45", "40", "5", "0", "75%", "75%", "4"],
        ["Completed", "30", "24", "2", "4", "50%", "67%", "9"],
        [rows[3][0], "21", "21", "0", "0", "35%", "70%", "21"],
    ]


def test_the_funnel_table_names_the_stocks_that_are_no_stage() -> None:
    last = replace(STAGES[-1], now=None)
    stocks = {"contact": 5, "followup": 12, "business": 3, "lost": 0}
    rows = plain(funnel_table((*STAGES[:-1], last), PROGRAMME, Text("en"), stocks))
    assert rows[3][-1] == NONE
    names = {stage.id: stage.name.en for stage in PROGRAMME.now}
    assert rows[4:] == [[names["followup"], *[NONE] * 6, "12"], [names["lost"], *[NONE] * 6, "0"]]


def test_the_insertion_table_tells_states_rate_interval_and_bounds() -> None:
    rows = plain(insertion_table(COHORTS, PROGRAMME, Text("en")))
    assert rows[0][1:] == ["40", "2", "2", "1", "0", "0", "45", "89%", "77% to 95%", "89% to 96%"]
    assert rows[1][1:] == ["8", "2", "0", "0", "10", "4", "10", "80%", "49% to 94%", "80% to 80%"]


def test_an_open_cohort_has_no_rate_even_if_one_is_given() -> None:
    (row,) = plain(insertion_table({"c3": ALL_OPEN}, PROGRAMME, Text("en")))
    assert row[-3:] == [NONE, NONE, NONE]
    assert row[5:8] == ["12", "3", "0"]


def test_the_curve_table_ends_where_too_few_are_at_risk() -> None:
    rows = plain(curve_table(CURVE, PROGRAMME, Text("en")))
    assert [row[0] for row in rows] == ["12", "30", "45", "60", "75"]
    assert rows[1] == ["30", "11", "2", "25%", "9% to 58%"]
    assert rows[2] == ["45", "8", "1", "34%", NONE]
    assert curve_table(NO_CURVE, PROGRAMME, Text("en")).rows == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_a_cell_for_each_header_and_no_header_stands_twice(lang: Lang) -> None:
    text = Text(lang)
    everyone = COHORTS | {ALL: HALF_OPEN, UNSPECIFIED: CLOSED}
    for table in (
        funnel_table(STAGES, PROGRAMME, text),
        insertion_table(everyone, PROGRAMME, text),
        curve_table(CURVE, PROGRAMME, text),
    ):
        assert {len(row) for row in table.rows} == {len(table.headers)}
        assert len(set(table.headers)) == len(table.headers)


def test_names_come_from_the_programme_else_from_the_sheet() -> None:
    text = Text("fr")
    assert cohort_name("c1", PROGRAMME, text) == PROGRAMME.cohorts[0].name.fr
    assert cohort_name("Groupe du soir", PROGRAMME, text) == "\u2068Groupe du soir\u2069"
    assert cohort_name(UNSPECIFIED, PROGRAMME, text) == "Non précisé"
    assert stage_name("followup", PROGRAMME, text) == {s.id: s.name.fr for s in PROGRAMME.now}["followup"]
    assert stage_name("elsewhere", PROGRAMME, text) == "\u2068elsewhere\u2069"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "يوم واحد"), (2, "يومين"), (6, "6 أيام"), (46.6, "47 يوما"), (100, "100 يوم")]
)
def test_days_agree_with_their_number_in_arabic(count: float, said: str) -> None:
    assert days(count, Text("ar")) == said
