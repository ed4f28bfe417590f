"""The 38 irregularities of staff's sheets, one test each, named by the number it has in the field reference (5.2).

Those that only a connector can see (5 ragged rows, 25 colours, 30 ID cards, 34-37) are tested with the connectors;
here is what the reading side does with what reaches it.
"""

from dataclasses import replace

import pytest
from raw_rosters import PROGRAMME, counts, day, lettered, roster, said, serial, sheet, values, women

from dashboard.reading.headers import join_header, match_header
from dashboard.roster import PARTIAL_KEY, Cell, RawSheet


def test_no_01_rows_above_the_header_are_counted() -> None:
    read = roster(sheet(first_row=5, key=["W1"], start_date=[serial("2025-01-06")]))
    assert said(read) == [("rows_above_header", "")]
    assert dict(read.findings[0].params) == {"count": 3}
    assert read.frame["row"].tolist() == [5]


def test_no_01_the_header_is_the_row_with_four_known_headers() -> None:
    title = match_header(["برنامج إشعاع", None, None, None, None], PROGRAMME)
    header = match_header(
        ["الرمز", "الاسم الكامل", "بداية؟", "Début de formation", "Fin de formation", "Salaire (DH)"], PROGRAMME
    )
    assert not title.is_header
    assert header.fields == {"key": 0, "start_date": 3, "completion_date": 4, "wage": 5}
    assert header.is_header
    assert header.unknown == ("الاسم الكامل", "بداية؟")
    assert header.missing == ("first_work_date",)


def test_no_02_two_row_header_joins_group_and_column() -> None:
    upper: list[Cell] = ["Code", "Début", None, "تتبع", None]
    lower: list[Cell] = [None, "de formation", "autre", "3 أشهر", "6 أشهر"]
    match = join_header(upper, lower, PROGRAMME)
    assert match.fields == {"key": 0, "start_date": 1, "check_3": 3, "check_6": 4}
    assert match.unknown == ("Début / autre",)


def test_no_03_merged_cohort_is_filled_down_only_where_the_sheet_says_so() -> None:
    keys: list[Cell] = ["W1", "W2", "W3", "W4"]
    read = roster(replace(sheet(key=keys, cohort=["فوج 2", None, None, None]), merges=(("B", 2, 4),)))
    assert values(read, "cohort") == ["c2", "c2", "c2", "unspecified"]
    assert said(read) == [("merged_filled", "B2"), ("cohort_gaps", "B")]
    assert [dict(finding.params) for finding in read.findings] == [{"count": 2}, {"count": 1}]


def test_no_03_other_merged_cells_are_not_filled_down() -> None:
    start: list[Cell] = [serial("2025-01-06"), None]
    read = roster(replace(sheet(key=["W1", "W2"], start_date=start), merges=(("B", 2, 3),)))
    assert values(read, "start_date") == [day("2025-01-06"), None]
    assert said(read) == [("merged_cells", "B2")]


def test_no_04_blank_rows_do_not_end_the_table() -> None:
    read = roster(sheet(key=["W1", None, None, "W2"], cohort=["فوج 1", None, " ", "فوج 1"]))
    assert read.frame["row"].tolist() == [2, 5]
    assert said(read) == [("blank_rows", "")]
    assert read.reconciliation.rows_read == 4
    assert read.reconciliation.skipped == 2


def test_no_05_ragged_columns_are_padded() -> None:
    read = roster(sheet(key=["W1", "W2", "W3"], cohort=["فوج 1"], start_date=[]))
    assert values(read, "cohort") == ["c1", "unspecified", "unspecified"]


@pytest.mark.parametrize("column", ["key", "cohort", "status"])
def test_no_06_section_rows_name_the_cohort_below_them(column: str) -> None:
    columns: dict[str, list[Cell]] = {
        "key": [None, "W1", None, "W2"],
        "cohort": [None, None, None, None],
        "status": [None, "En formation", None, "En formation"],
    }
    columns[column][0], columns[column][2] = "الفوج الثاني", "Promo 1"
    read = roster(RawSheet("المستفيدات", 1, 2, lettered(columns)))
    assert values(read, "cohort") == ["c2", "c1"]
    assert said(read) == [("section_row", "A2"), ("section_row", "A4")]
    assert read.reconciliation.skipped == 2
    assert counts(read, "status") == (2, 2, 0)


def test_no_06_a_section_may_name_a_track_or_a_cohort_nobody_knows_yet() -> None:
    read = roster(
        sheet(key=["فوج 9", "W1"], track=[None, None]), sheet("b", key=[None, "W2"], track=["Petite enfance", None])
    )
    assert values(read, "cohort") == ["فوج 9", "unspecified"]
    assert values(read, "track") == ["unspecified", "child"]


@pytest.mark.parametrize("label", ["المجموع", "Total", "TOTAL général", " المجموع : "])
def test_no_06_totals_are_no_women(label: str) -> None:
    read = roster(
        sheet(key=["W1", label], wage=[3000, 3000]), sheet("b", key=["W2", None], status=["placed", label], wage=[1, 2])
    )
    assert values(read, "woman") == ["W1", "W2"]
    assert [code for code, _ in said(read, "total_row")] == ["total_row", "total_row"]
    assert counts(read, "wage") == (2, 1, 1)


def test_no_07_spaces_and_line_breaks() -> None:
    read = women(track=["Petite  enfance", "Petite\xa0enfance", "Petite\nenfance ", "Petite enfance"])
    assert values(read, "track") == ["child"] * 4
    assert said(read) == [("spaces", "B")]
    assert dict(read.findings[0].params) == {"count": 3}


def test_no_08_tashkeel_and_tatweel() -> None:
    read = women(certificate=["نعـــم", "نَعَمْ", "نعم"])
    assert values(read, "certificate") == ["yes"] * 3
    assert said(read) == [("tashkeel", "B")]


def test_no_09_letters_written_alike() -> None:
    read = women(vulnerability=["أرملة", "ارمله", "أرملى"], status=["فقدت العمل", "فقدت ألعمل", "INSEREE"])
    assert values(read, "vulnerability") == ["widow", "widow", "unspecified"]
    assert values(read, "status") == ["job_lost", "job_lost", "placed"]
    assert said(read, "letter_variants", "criterion_unknown") == [("criterion_unknown", "B4"), ("letter_variants", "C")]


def test_no_10_invisible_marks_in_a_copied_date() -> None:
    read = women(start_date=["20\u200f/11\u200f/2024", "\ufeff20/11/2024"])
    assert values(read, "start_date") == [day("2024-11-20")] * 2
    assert ("invisible_marks", "B") in said(read)


def test_no_11_presentation_forms_and_persian_letters() -> None:
    read = women(certificate=["ﻧﻌﻢ"], start_date=["۲۰/۱۱/۲۰۲۴"], vulnerability=["ارملة"])
    assert values(read, "certificate") == ["yes"]
    assert values(read, "start_date") == [day("2024-11-20")]
    assert said(read, "presentation_forms") == [("presentation_forms", "B"), ("presentation_forms", "C")]


def test_no_12_arabic_indic_digits() -> None:
    read = women(wage=["٣٥٠٠", "٣٥٠٠٫٥٠", "٣٬٥٠٠"], start_date=["٢٠/١١/٢٠٢٤", None, None])
    assert values(read, "wage") == [3500.0, 3500.5, 3500.0]
    assert values(read, "start_date")[0] == day("2024-11-20")
    assert [code for code, _ in said(read, "arabic_digits")] == ["arabic_digits"] * 2


@pytest.mark.parametrize(
    ("cell", "wage"),
    [
        ("3 500,00 DH", 3500),
        ("3\xa0500", 3500),
        ("3.500,50", 3500.5),
        ("3,500.50", 3500.5),
        ("2800 درهم", 2800),
        ("3000dh", 3000),
    ],
)
def test_no_13_amounts_as_typed(cell: str, wage: float) -> None:
    read = women(wage=[cell])
    assert values(read, "wage") == [wage]
    assert ("number_as_text", "B") in said(read)
    assert not said(read, "number_ambiguous")


def test_no_13_thousands_or_decimals_are_decided_by_the_range_and_said() -> None:
    read = women(wage=["3.500", "3,500"], satisfaction=["4.500", "4,5"])
    assert values(read, "wage") == [3500, 3500]
    assert values(read, "satisfaction") == [4.5, 4.5]
    assert said(read, "number_ambiguous") == [
        ("number_ambiguous", "B2"),
        ("number_ambiguous", "B3"),
        ("number_ambiguous", "C2"),
    ]


def test_no_13_out_of_range_is_rejected_with_the_range() -> None:
    read = women(wage=[35, 350000, "50 000"])
    assert values(read, "wage") == [None] * 3
    assert counts(read, "wage") == (3, 0, 3)
    assert dict(read.findings[0].params) == {"low": "200", "high": "40000"}


def test_no_14_text_is_day_first() -> None:
    read = women(start_date=["05/03/2025", "5-3-2025", "5.3.2025", "5 3 2025"])
    assert values(read, "start_date") == [day("2025-03-05")] * 4
    assert said(read) == [("date_day_first", "B")]


def test_no_15_two_digit_years_fall_in_the_plausible_century() -> None:
    read = women(birth_date=["5/3/99", "5.3.01"], start_date=["6-1-25", "06/01/25"])
    assert values(read, "start_date") == [day("2025-01-06")] * 2
    assert values(read, "age_band") == ["25-34", "18-24"]
    assert [code for code, _ in said(read)] == ["date_two_digit_year"] * 2


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("20 نونبر 2024", "2024-11-20"),
        ("20 نوفمبر 2024", "2024-11-20"),
        ("20 nov. 2024", "2024-11-20"),
        ("1er août 2025", "2025-08-01"),
        ("1 aout 2025", "2025-08-01"),
        ("15 غشت 2025", "2025-08-15"),
        ("15 أغسطس 2025", "2025-08-15"),
        ("3 شتمبر 2025", "2025-09-03"),
        ("3 دسمبر 2024", "2024-12-03"),
        ("3 كانون الأول 2024", "2024-12-03"),
        ("١٢ يوليوز ٢٠٢٥", "2025-07-12"),
        ("2 décembr 2024", "2024-12-02"),
        ("March 5, 2025", "2025-03-05"),
    ],
)
def test_no_16_months_in_words(cell: str, expected: str) -> None:
    read = women(start_date=[cell])
    assert values(read, "start_date") == [day(expected)]
    assert ("date_month_name", "B") in said(read)


def test_no_16_unknown_month_is_rejected() -> None:
    read = women(start_date=["3 بلابلا 2025", "3 brumaire 2025"])
    assert said(read) == [("date_month_unknown", "B2"), ("date_month_unknown", "B3")]
    assert counts(read, "start_date") == (2, 0, 2)


def test_no_17_serial_numbers_count_from_1899_12_30() -> None:
    read = women(start_date=[45616, 45616.75, "45616", 47078, 1000])
    assert values(read, "start_date") == [day("2024-11-20")] * 3 + [None, None]
    assert said(read) == [
        ("date_with_time", "B"),
        ("date_serial_text", "B"),
        ("future_date", "B5"),  # 2028-11-21, what 45616 means in the 1904 system
        ("date_outside_window", "B6"),
    ]


def test_no_18_us_locale_swap_is_suspected_column_by_column() -> None:
    swapped: list[Cell] = [serial("2025-05-03"), "25/03/2025", serial("2025-05-20")]
    clean: list[Cell] = [serial("2025-06-03"), serial("2025-06-25"), None]
    for locale in (None, "en_US"):
        read = women(locale, start_date=swapped, completion_date=clean)
        assert said(read, "day_month_column", "day_month_cell") == [("day_month_column", "B"), ("day_month_cell", "B2")]
        assert values(read, "start_date")[0] == day("2025-05-03")  # nothing is swapped back on a suspicion


def test_no_18_a_swapped_date_that_lies_in_the_future_is_suspected_too() -> None:
    read = women(None, start_date=[serial("2026-12-02"), "25/03/2025"])  # typed 12/02/2026
    assert said(read, "future_date", "day_month_column", "day_month_cell") == [
        ("future_date", "B2"),
        ("day_month_column", "B"),
        ("day_month_cell", "B2"),
    ]


@pytest.mark.parametrize("number", [1e300, -1e300, 0, 1_000, 400_000])
def test_no_18_a_number_that_is_no_day_is_not_suspected(number: float) -> None:
    read = women(None, start_date=[number, "25/03/2025"])
    assert said(read, "day_month_column", "day_month_cell") == []


def test_no_18_a_date_with_a_remark_is_text_in_any_sheet() -> None:
    read = women(None, start_date=[serial("2025-05-03"), "05/09/2025 (crèche)"])
    assert not said(read, "day_month_column", "day_month_cell")


def test_no_18_a_day_first_locale_swaps_nothing() -> None:
    read = women("fr_FR", start_date=[serial("2025-05-03"), "25/03/2025"])
    assert not said(read, "day_month_column", "day_month_cell")


def test_no_19_vague_dates_become_intervals_not_days() -> None:
    read = women(
        first_work_date=["fin mars 2025", "mi-avril 2025", "2025", "نونبر 2024", "بعد العيد", "début 2026", 2025],
    )
    assert values(read, "first_work_date") == [None] * 7
    bounds = list(zip(values(read, "first_work_date_earliest"), values(read, "first_work_date_latest"), strict=True))
    assert bounds == [
        (day("2025-03-21"), day("2025-03-31")),
        (day("2025-04-11"), day("2025-04-20")),
        (day("2025-01-01"), day("2025-12-31")),
        (day("2024-11-01"), day("2024-11-30")),
        (day("2000-01-01"), day("2026-11-23")),
        (day("2026-01-01"), day("2026-04-30")),
        (day("2025-01-01"), day("2025-12-31")),
    ]
    assert [code for code, _ in said(read)] == ["date_vague"] * 7
    assert counts(read, "first_work_date") == (7, 7, 0)


def test_no_19_a_missing_year_is_bounded_by_the_start_of_training() -> None:
    read = women(
        start_date=[serial("2026-01-05"), serial("2025-01-06"), None],
        first_work_date=["فين مارس", "fin mars", "fin mars"],
    )
    bounds = list(zip(values(read, "first_work_date_earliest"), values(read, "first_work_date_latest"), strict=True))
    assert bounds[0] == (day("2026-03-21"), day("2026-03-31"))  # one March since she began
    assert bounds[1] == (day("2025-03-21"), day("2026-03-31"))  # two of them
    assert bounds[2] == (day("2000-03-21"), day("2026-03-31"))


def test_no_19_a_vague_date_is_no_use_where_no_interval_is_kept() -> None:
    read = women(start_date=["fin mars 2025"])
    assert said(read) == [("date_vague_unused", "B2")]
    assert counts(read, "start_date") == (1, 0, 1)


def test_no_20_several_dates_first_for_a_start_last_for_an_end() -> None:
    cell = "du 3/2/2025 au 5/6/2025"
    read = women(start_date=[cell, "du 20/12 au 5/1/2025"], completion_date=[cell, None])
    assert values(read, "start_date") == [day("2025-02-03"), day("2024-12-20")]
    assert values(read, "completion_date") == [day("2025-06-05"), None]
    assert said(read, "several_dates") == [("several_dates", "B2"), ("several_dates", "B3"), ("several_dates", "C2")]


def test_no_21_impossible_and_future_dates() -> None:
    read = women(start_date=["31/02/2025", "29/02/2025", "24/11/2026", serial("2026-11-24"), "23/11/2026"])
    assert values(read, "start_date") == [None] * 4 + [day("2026-11-23")]
    assert said(read, "date_impossible", "future_date") == [
        ("date_impossible", "B2"),
        ("date_impossible", "B3"),
        ("future_date", "B4"),
        ("future_date", "B5"),
    ]


def test_no_21_the_later_field_is_rejected_and_both_cells_are_named() -> None:
    read = women(
        birth_date=[serial("1999-01-01"), serial("2005-01-01")],
        start_date=[serial("2025-01-06"), serial("2004-12-31")],
        completion_date=[serial("2025-01-05"), None],
        first_work_date=[serial("2024-12-01"), None],
    )
    assert values(read, "completion_date") == [None, None]
    assert values(read, "first_work_date_earliest") == [None, None]
    assert values(read, "start_date") == [day("2025-01-06"), None]
    found = {(f.code, f.column, f.row, dict(f.params)["other"]) for f in read.findings}
    assert found == {
        ("before_birth", "C", 3, "'المستفيدات'!B3"),
        ("before_start", "D", 2, "'المستفيدات'!C2"),
        ("before_start", "E", 2, "'المستفيدات'!C2"),
    }
    assert counts(read, "completion_date") == (1, 0, 1)


def test_no_21_hired_before_completion_is_legal() -> None:
    read = women(completion_date=[serial("2025-06-30")], first_work_date=[serial("2025-06-01")])
    assert values(read, "first_work_date") == [day("2025-06-01")]
    assert said(read) == [("hired_before_completion", "C2")]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("نعم", "yes"),
        ("oui", "yes"),
        ("O", "yes"),
        ("x", "yes"),
        ("X", "yes"),
        ("✓", "yes"),
        ("✔️", "yes"),
        ("☑", "yes"),
        ("✅", "yes"),
        (1, "yes"),
        (1.0, "yes"),
        (True, "yes"),
        ("TRUE", "yes"),
        ("تم", "yes"),
        ("لا", "no"),
        ("non", "no"),
        ("N", "no"),
        (0, "no"),
        (False, "no"),
        ("قيد الإنجاز", "pending"),
        ("en cours", "pending"),
        ("-", None),
        ("/", None),
        ("", None),
    ],
)
def test_no_22_yes_no_and_pending(cell: Cell, expected: str | None) -> None:
    read = women(certificate=[cell])
    assert values(read, "certificate") == [expected]
    assert counts(read, "certificate") == ((1, 1, 0) if expected else (0, 0, 0))


def test_no_22_an_unknown_answer_is_rejected() -> None:
    read = women(certificate=["peut-être", "oui, non"], check_3=["jamais vu", "oui (CDI)"])
    assert said(read, "word_unknown", "check_unknown") == [
        ("word_unknown", "B2"),
        ("word_unknown", "B3"),
        ("check_unknown", "C2"),
    ]
    assert values(read, "check_3") == [None, "working"]


def test_no_23_free_statuses() -> None:
    read = women(status=["خدامة", "inserée", "En Recherche", "ربة بيت"])
    assert values(read, "status") == ["placed", "placed", "seeking", "unmapped"]
    assert said(read, "status_unmapped") == [("status_unmapped", "B5")]
    assert counts(read, "status") == (4, 4, 0)


def test_no_24_a_status_with_a_date_gives_both() -> None:
    read = women(
        status=["مدمجة - روض النور 3/5/2025", "مدمجة 3/5/2025", "منقطعة (3/5/2025)"],
        first_work_date=[None, serial("2025-04-01"), None],
    )
    assert values(read, "status") == ["placed", "placed", "dropped"]
    assert values(read, "first_work_date") == [day("2025-05-03"), day("2025-04-01"), None]
    assert values(read, "first_work_date_latest")[0] == day("2025-05-03")
    assert said(read, "status_two_facts") == [("status_two_facts", f"B{row}") for row in (2, 3, 4)]
    assert counts(read, "first_work_date") == (1, 1, 0)


def test_no_24_a_date_lent_by_the_status_is_rejected_at_the_status() -> None:
    read = women(start_date=[serial("2025-06-02")], status=["مدمجة - 3/5/2025"], first_work_date=[None])
    assert values(read, "first_work_date") == [None]
    assert said(read, "before_start") == [("before_start", "C2")]
    assert counts(read, "first_work_date") == (0, 0, 0)


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#ERROR!", "Loading...", "#NOM?"])
def test_no_26_failed_formulas_are_rejected_in_every_column(cell: str) -> None:
    read = women(start_date=[cell], status=[cell], wage=[cell], cohort=[cell], vulnerability=[cell])
    assert said(read) == [("broken_formula", f"{letter}2") for letter in "BCDEF"]
    assert values(read, "status") == [None]


def test_no_26_a_failed_key_leaves_the_row_unusable() -> None:
    read = roster(sheet(key=["W1", "#REF!"], status=["placed", "placed"]))
    assert read.reconciliation.quarantined == 1
    assert counts(read, "key") == (2, 1, 1)
    assert said(read, "broken_formula", "no_key") == [("no_key", "A3"), ("broken_formula", "A3")]


def test_no_27_age_is_computed_from_the_birth_date() -> None:
    read = women(birth_date=[serial("2000-05-01"), None], age=[40, 40], start_date=[serial("2025-04-30")] * 2)
    assert values(read, "age_band") == ["18-24", "35+"]  # 24 when she began; she was 25 a day later
    assert said(read) == [("age_recomputed", "C")]
    assert dict(read.findings[0].params) == {"count": 1}


def test_no_28_one_woman_in_two_cohorts() -> None:
    read = roster(
        sheet(
            key=["W1", "W2", "W1"],
            cohort=["فوج 1", "فوج 1", "فوج 2"],
            start_date=[serial("2025-01-06"), serial("2025-01-06"), serial("2025-09-01")],
            exit_date=[serial("2025-03-03"), None, None],
            first_work_date=[None, None, serial("2026-03-02")],
        )
    )
    assert values(read, "woman") == ["W2", "W1"]
    assert values(read, "cohort") == ["c1", "c2"]
    assert values(read, "exit_date") == [None, None]
    assert values(read, "start_date") == [day("2025-01-06")] * 2
    assert said(read) == [("re_enrolled", "A2")]
    assert read.reconciliation.duplicates_merged == 1


def test_no_25_colours_that_differ_are_said_once_and_never_guessed() -> None:
    plain = sheet(key=["W1", "W2"], status=["مدمجة", "مدمجة"])
    read = roster(replace(plain, coloured=("B",)))
    assert said(read, "coloured_cells") == [("coloured_cells", "B")]
    assert values(read, "status") == values(roster(plain), "status")


def test_a_key_with_a_part_missing_sets_the_row_aside_even_where_nothing_else_is_filled() -> None:
    read = roster(sheet(key=[PARTIAL_KEY, PARTIAL_KEY, "W1"], cohort=["فوج 1", None, None]))
    assert said(read, "no_key") == [("no_key", "A2"), ("no_key", "A3")]
    assert (read.reconciliation.quarantined, read.reconciliation.skipped, read.reconciliation.used) == (2, 0, 1)


def test_no_28_without_a_common_key_nothing_is_merged() -> None:
    assert len(women(birth_date=[serial("1999-01-01")] * 2, cohort=["فوج 1"] * 2).frame) == 2


def test_no_29_one_key_two_birth_dates_are_two_women() -> None:
    read = roster(sheet(key=["W1", "W1"], birth_date=[serial("1999-01-01"), serial("1985-07-20")]))
    assert values(read, "woman") == ["W1", "W1~2"]
    assert said(read) == [("same_key_two_women", "A3")]
    assert read.reconciliation.duplicates_merged == 0


def test_no_32_spelling_drift_of_tracks_and_districts() -> None:
    read = women(
        track=["as", "Aide soignante (AS)", "couture"],
        district=["MAARIF", "حي الألفة", "Hay Hassani - Oulfa"],
    )
    assert values(read, "track") == ["care", "care", "unspecified"]
    assert values(read, "prefecture") == ["anfa", "hay_hassani", "hay_hassani"]
    assert said(read, "category_unknown") == [("category_unknown", "B4")]


def test_no_33_duplicate_headers_clash_and_hidden_rows_are_said() -> None:
    match = match_header(["Code", "Salaire", "Notes", "الأجر", "Notes"], PROGRAMME)
    assert match.clashes == (("wage", 1, 3),)
    assert match.unknown == ("Notes", "Notes")
    read = roster(sheet(key=["W1"], hidden_rows=4))
    assert said(read) == [("hidden_rows", "")]


def test_no_34_columns_are_matched_by_header_not_by_letter() -> None:
    first = match_header(["Code", "Salaire", "Promotion", "Filière"], PROGRAMME)
    moved = match_header(["Filière", None, "Promotion", "Nouveau", "Salaire", "Code"], PROGRAMME)
    assert set(first.fields) == set(moved.fields)
    assert moved.fields["key"] == 5


def test_no_38_formulas_stored_as_text_are_rejected() -> None:
    read = women(wage=["=SUM(A1:A9)", " =B2"], status=["=HYPERLINK(1)", None])
    assert said(read) == [("formula_text", "B2"), ("formula_text", "B3"), ("formula_text", "C2")]
