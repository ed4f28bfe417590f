"""The irregularities of field reference 5.2 as grids of cells, with what staff are told of them and what is read.

A CSV has neither merged cells nor real dates: what a format cannot carry is said with the case.
"""

from datetime import date

from irregular_case import END, HEADER, NAME, START, Case, table, woman
from raw_rosters import day
from sheets_grid import Value

ANSWERS: tuple[Value, ...] = (
    *("نعم", "oui", "x", "✓", "✔️", True, 1),
    *("لا", "non", False, 0),
    *("قيد الإنجاز", "-", "/", "peut-être"),
)
CASES: tuple[Case, ...] = (
    Case(
        1,
        [["برنامج إشعاع"], [], ["لائحة المستفيدات", None, "2026"], *table(woman(1, cohort="فوج 1"))],
        values={"row": [5], "cohort": ["c1"]},
    ),
    Case(
        2,
        [
            ["الرمز", "تاريخ", None, None, "تتبع", None, None],
            [None, "بداية التكوين", "نهاية التكوين", "الإدماج", "3 أشهر", "6 أشهر", "ملاحظات"],
            ["P-001", START, END, date(2025, 7, 15), "oui", "non", "C-NOTE"],
        ],
        values={"row": [3], "start_date": [day("2025-01-06")], "check_3": ["working"], "check_6": ["not_working"]},
        merges=((1, 1, 2, 4), (1, 1, 5, 6)),
        doors=("xlsx", "sheets"),  # a group over several columns is a merged cell
    ),
    Case(
        3,
        table(woman(1, cohort="فوج 2", start_date=START), woman(2), woman(3), woman(4)),
        [("merged_cells", "E2"), ("cohort_gaps", "C")],
        {"cohort": ["c2", "c2", "c2", "unspecified"], "start_date": [day("2025-01-06"), None, None, None]},
        merges=((2, 4, 3, 3), (2, 3, 5, 5)),
        doors=("xlsx", "sheets"),
    ),
    Case(4, table(woman(1), [], [None, "  "], woman(2)), values={"row": [2, 5]}),
    Case(
        5,
        table(["P-001"], woman(2, wage=3000), ["P-003", NAME, "فوج 1"]),
        [("cohort_gaps", "C")],
        {"wage": [None, 3000.0, None], "cohort": ["unspecified", "unspecified", "c1"]},
    ),
    Case(
        6,
        table(["الفوج الأول"], woman(1), ["Promotion 2"], woman(2, wage=3000), ["المجموع", None, 2], ["Total : 2"]),
        [("section_row", "A2"), ("section_row", "A4"), ("total_row", "A6"), ("total_row", "A7")],
        {"cohort": ["c1", "c2"], "row": [3, 5]},
    ),
    Case(
        7,
        table(woman(1, track="مربية  الطفولة\nالصغرى "), woman(2, track="مربية\xa0الطفولة الصغرى")),
        values={"track": ["early_childhood"] * 2},
    ),
    Case(
        8,
        table(woman(1, certificate="نعـــم"), woman(2, certificate="نَعَم")),
        [("completed_without_date", "F2"), ("completed_without_date", "F3")],
        {"certificate": ["yes"] * 2},
    ),
    Case(
        9,
        table(woman(1, cohort="الفوج الاول"), woman(2, status="INSEREE")),
        [("cohort_gaps", "C"), ("placed_without_date", "H3"), ("completed_without_date", "F3")],
        {"status": [None, "placed"], "cohort": ["c1", "unspecified"]},
    ),
    Case(
        10,
        table(woman(1, start_date="20\u200f/11\u200f/2024"), woman(2, start_date="\ufeff20/11/2024")),
        values={"start_date": [day("2024-11-20")] * 2},
    ),
    Case(
        11,
        table(woman(1, certificate="ﻧﻌﻢ", start_date="۲۰/۱۱/۲۰۲۴")),
        [("completed_without_date", "F2")],
        {"certificate": ["yes"], "start_date": [day("2024-11-20")]},
    ),
    Case(
        12,
        table(woman(1, wage="٣٥٠٠", start_date="٢٠/١١/٢٠٢٤"), woman(2, wage="٣٥٠٠٫٥٠")),
        values={"wage": [3500.0, 3500.5], "start_date": [day("2024-11-20"), None]},
    ),
    Case(
        13,
        table(woman(1, wage="3\xa0500,00 DH"), woman(2, wage="3.500"), woman(3, wage=35), woman(4, wage=3500.5)),
        [("number_ambiguous", "J3"), ("number_outside_range", "J4")],
        {"wage": [3500.0, 3500.0, None, 3500.5]},
    ),
    Case(
        14,
        table(woman(1, start_date="05/03/2025"), woman(2, start_date="5-3-2025")),
        values={"start_date": [day("2025-03-05")] * 2},
    ),
    Case(
        15,
        table(woman(1, start_date="6-1-25"), woman(2, start_date="06.01.25")),
        values={"start_date": [day("2025-01-06")] * 2},
    ),
    Case(
        16,
        table(
            woman(1, start_date="20 نونبر 2024"),
            woman(2, start_date="1 aout 2025"),
            woman(3, start_date="3 brumaire 2025"),
        ),
        [("date_month_unknown", "E4")],
        {"start_date": [day("2024-11-20"), day("2025-08-01"), None]},
    ),
    Case(
        17,
        table(
            woman(1, start_date=45616),
            woman(2, start_date=45616.75),
            woman(3, start_date=47078),
            woman(4, start_date=1000),
        ),
        [("future_date", "E4")],
        {"start_date": [day("2024-11-20"), day("2024-11-20"), None, None]},
        not_csv=[("date_outside_window", "E5")],
        only_csv=[("date_unreadable", "E5")],
    ),
    Case(
        18,
        table(
            woman(1, start_date=date(2025, 5, 3)),
            woman(2, start_date="25/03/2025"),
            woman(3, start_date=date(2025, 5, 20)),
        ),
        values={"start_date": [day("2025-05-03"), day("2025-03-25"), day("2025-05-20")]},
        not_csv=[("day_month_column", "E"), ("day_month_cell", "E2")],
    ),
    Case(
        19,
        table(woman(1, completion_date=END, first_work_date="fin mars 2026"), woman(2, first_work_date="بعد العيد")),
        [("completed_without_date", "F3"), ("date_vague", "G2"), ("date_vague", "G3")],
        {"first_work_date": [None, None], "first_work_date_earliest": [day("2026-03-21"), day("2000-01-01")]},
    ),
    Case(
        20,
        table(woman(1, start_date="du 3/2/2025 au 5/6/2025", completion_date="du 3/2/2025 au 5/6/2025")),
        [("several_dates", "E2"), ("several_dates", "F2")],
        {"start_date": [day("2025-02-03")], "completion_date": [day("2025-06-05")]},
    ),
    Case(
        21,
        table(
            woman(1, start_date="31/02/2025"),
            woman(2, start_date=END, completion_date=START),
            woman(3, start_date=date(2026, 11, 24)),
            woman(4, completion_date=END, first_work_date=date(2025, 6, 1)),
        ),
        [("date_impossible", "E2"), ("future_date", "E4"), ("before_start", "F3"), ("hired_before_completion", "G5")],
        {"start_date": [None, day("2025-06-30"), None, None], "completion_date": [None, None, None, day("2025-06-30")]},
    ),
    Case(
        22,
        table(*(woman(n, certificate=cell) for n, cell in enumerate(ANSWERS, start=1))),
        [("word_unknown", "I16"), *(("completed_without_date", f"F{row}") for row in range(2, 9))],
        {"certificate": ["yes"] * 7 + ["no"] * 4 + ["pending", None, None, None]},
    ),
    Case(
        23,
        table(woman(1, status="كتقلب على خدمة"), woman(2, status="En formation"), woman(3, status="خاص نشوفو")),
        [("status_unmapped", "H4"), ("completed_without_date", "F2")],
        {"status": ["seeking", "in_training", "unmapped"]},
    ),
    Case(
        24,
        table(woman(1, completion_date=date(2025, 4, 1), status="مدمجة - روض تجريبي 3/5/2025")),
        [("status_two_facts", "H2")],
        {"status": ["placed"], "first_work_date": [day("2025-05-03")]},
    ),
    Case(
        26,
        table(woman(1, start_date="#REF!", wage="#N/A"), woman(2, status="#NAME?"), ["#VALUE!", NAME, "فوج 1"]),
        [
            ("no_key", "A4"),
            ("broken_formula", "A4"),
            ("broken_formula", "E2"),
            ("broken_formula", "J2"),
            ("broken_formula", "H3"),
        ],
        {"start_date": [None, None]},
    ),
    Case(
        26,
        table(woman(1, start_date="#NOM?", wage="Loading..."), ["#N/D", NAME, "فوج 1"]),
        [
            ("no_key", "A3"),
            ("broken_formula", "A3"),
            ("broken_formula", "E2"),
            ("broken_formula", "J2"),
        ],
        {"wage": [None]},
    ),
    Case(
        27,
        [
            ["Code", "Âge", "Date de naissance", "Début de formation", "Fin de formation", "Date d'embauche"],
            ["P-001", 40, date(2000, 5, 1), date(2025, 4, 30), None, None],
            ["P-002", 40, None, START, None, None],
        ],
        values={"age_band": ["18-24", "35-44"]},
    ),
    Case(
        28,
        table(
            woman(1, cohort="فوج 1", start_date=START),
            woman(2, cohort="فوج 1"),
            woman(1, cohort="فوج 2", start_date=date(2025, 9, 1)),
        ),
        [("re_enrolled", "A2")],
        {"row": [3, 4], "cohort": ["c1", "c2"], "start_date": [None, day("2025-01-06")]},
    ),
    Case(
        29,
        [
            ["Code", "Date de naissance", "Début de formation", "Fin de formation", "Date d'embauche"],
            ["P-001", date(1999, 1, 1), START],
            ["P-001", date(1985, 7, 20), START],
            ["P-002", "05/03/1999", START],
        ],
        [("same_key_two_women", "A3")],
        {"row": [2, 3, 4]},
        not_csv=[("day_month_column", "B"), ("day_month_cell", "B2")],
    ),
    Case(
        32,
        table(woman(1, track="AVS"), woman(2, track="خياطة")),
        [("category_unknown", "D3")],
        {"track": ["school_life", "unspecified"]},
    ),
    Case(
        34,
        [
            ["Observations", *reversed(HEADER), "Nouveau"],
            ["C-NOTE", *reversed(woman(1, cohort="فوج 1", wage=3000)), "C-NEW"],
        ],
        values={"cohort": ["c1"], "wage": [3000.0]},
    ),
    Case(
        38,
        table(woman(1, wage="=SUM(A1:A9)", status="=HYPERLINK(1)"), woman(2, start_date=" =B2")),
        [("formula_text", "E3"), ("formula_text", "H2"), ("formula_text", "J2")],
        {"wage": [None, None]},
    ),
)
