"""The demo keeps its promises on any day. The counts below are the story's, added up by hand."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from connectors.base import SourceError
from connectors.demo import DemoSource
from connectors.demo_grid import COLUMNS, HEADER_ROW, demo_grid, serial
from connectors.demo_mess import MESS
from connectors.demo_people import demo_people
from connectors.demo_sheet import write_demo_sheet
from connectors.table_file import TableFile
from dashboard.programme import LANGUAGES, Programme, load_programme
from dashboard.reading import read
from dashboard.roster import RawTable, Roster, Severity
from dashboard.text import Text

PROGRAMME = load_programme(Path(__file__).resolve().parents[2] / "programme.toml")
SECRET = b"a secret of the tests"
TODAYS = (date(2026, 11, 23), date(2027, 2, 28), date(2028, 2, 29))
TODAY = TODAYS[0]


def fetched(today: date = TODAY) -> RawTable:
    return DemoSource(PROGRAMME, SECRET, lambda: today).fetch()


_ROSTERS: dict[date, Roster] = {}


@pytest.fixture(params=TODAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture
def roster(today: date) -> Roster:
    if today not in _ROSTERS:
        _ROSTERS[today] = read(fetched(today), PROGRAMME, today)
    return _ROSTERS[today]


def day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def per_cohort(frame: pd.DataFrame) -> dict[str, int]:
    return {str(cohort): int(n) for cohort, n in frame.groupby("cohort").size().items()}


def test_every_row_is_accounted_for(roster: Roster) -> None:
    account = roster.reconciliation
    # 15 new files, 195 of the intakes; one woman twice; one without a code; 3 sections, 2 blanks, 1 total.
    assert (account.used, account.duplicates_merged, account.quarantined, account.skipped) == (210, 1, 1, 6)
    assert account.rows_read == 218
    assert len(roster.frame) == 210


def test_135_started_in_three_intakes_of_45(roster: Roster) -> None:
    frame = roster.frame
    assert per_cohort(frame[frame["start_date"].notna()]) == {"c1": 45, "c2": 45, "c3": 45}
    assert per_cohort(frame) == {"c1": 63, "c2": 65, "c3": 67, "unspecified": 15}


def test_the_windows_of_90_days_are_closed_for_71_and_open_for_12(roster: Roster, today: date) -> None:
    completed = roster.frame[roster.frame["completion_date"].notna()]
    assert per_cohort(completed) == {"c1": 42, "c2": 41}
    closed = completed[completed["completion_date"] + 90 <= day_number(today)]
    assert per_cohort(closed) == {"c1": 42, "c2": 29}
    # Of the third chapter of intake 2 the windows closed four days ago: the meeting has something to talk about.
    assert int((closed["completion_date"] + 90 > day_number(today) - 7).sum()) == 9


def test_insertion_within_90_days_is_38_of_42_and_27_of_29(roster: Roster, today: date) -> None:
    frame = roster.frame
    closed = frame[frame["completion_date"] + 90 <= day_number(today)]
    for_sure = closed[closed["first_work_date_latest"] - closed["completion_date"] <= 90]
    possibly = closed[closed["first_work_date_earliest"] - closed["completion_date"] <= 90]
    assert per_cohort(for_sure) == per_cohort(possibly) == {"c1": 38, "c2": 27}
    assert int((for_sure["work_kind"] == "own_business").sum()) == 8
    assert int((for_sure["first_work_date"] < for_sure["completion_date"]).sum()) == 2  # hired from their internship
    late = closed[closed["first_work_date_earliest"] - closed["completion_date"] > 90]
    assert len(late) == 1


def test_the_remaining_six_are_late_lost_undated_or_at_home(roster: Roster, today: date) -> None:
    frame = roster.frame
    without = frame[(frame["completion_date"] + 90 <= day_number(today)) & frame["first_work_date_earliest"].isna()]
    assert without["status"].value_counts().to_dict() == {"lost": 2, "placed": 2, "inactive": 1}
    lost = without[without["status"] == "lost"]
    assert bool((lost["last_contact"] < lost["completion_date"] + 90).all())


def test_six_of_the_twelve_open_ones_work_already(roster: Roster, today: date) -> None:
    frame = roster.frame
    waiting = frame[frame["completion_date"] + 90 > day_number(today)]
    assert len(waiting) == 12
    assert int(waiting["first_work_date"].notna().sum()) == 6
    assert set(waiting.loc[waiting["first_work_date"].isna(), "status"]) == {"seeking"}


def test_nine_left_each_with_a_reason(roster: Roster) -> None:
    left = roster.frame[roster.frame["start_date"].notna() & roster.frame["exit_date"].notna()]
    assert per_cohort(left) == {"c1": 3, "c2": 3, "c3": 3}
    assert left["exit_reason"].value_counts().to_dict() == {
        "pregnancy": 1, "transport": 2, "family": 2, "health": 2, "income": 1, "motivation": 1,
    }  # fmt: skip
    assert set(left["status"]) == {"dropped"}


def test_43_are_in_training_one_of_them_overdue(roster: Roster, today: date) -> None:
    frame = roster.frame
    still = frame[frame["start_date"].notna() & frame["completion_date"].isna() & frame["exit_date"].isna()]
    assert per_cohort(still) == {"c2": 1, "c3": 42}
    assert per_cohort(still[still["planned_end"] < day_number(today)]) == {"c2": 1}
    assert still["status"].value_counts().to_dict() == {
        "internship": 14,
        "in_training": 16,
        "softskills": 12,
        "unmapped": 1,
    }


def test_every_outcome_track_prefecture_and_age_occurs(roster: Roster) -> None:
    frame = roster.frame
    assert set(frame["status"]) == {
        "contacted", "eligible", "enrolled", "softskills", "in_training", "internship", "seeking", "inactive", "placed",
        "business", "job_lost", "dropped", "lost", "declined", "deceased", "unmapped",
    }  # fmt: skip
    city = {place.id for place in PROGRAMME.prefectures if not place.outside}
    assert city < set(frame["prefecture"])
    started = frame[frame["start_date"].notna()]
    assert set(started["track"]) == {"school_life", "social_life", "early_childhood", "nursing"}
    assert started["age_band"].nunique() >= 4
    assert set(started["certificate"].dropna()) == {"yes", "no", "pending"}


def test_retention_can_be_measured_at_three_six_and_twelve_months(roster: Roster) -> None:
    first = roster.frame[(roster.frame["cohort"] == "c1") & roster.frame["first_work_date_latest"].notna()]
    assert len(first) == 39
    answers = {field: first[field].value_counts(dropna=False).to_dict() for field in ("check_3", "check_6", "check_12")}
    idle = {field: counts.get("not_working", 0) for field, counts in answers.items()}
    unknown = {field: int(first[field].isna().sum()) for field in answers}
    assert idle == {"check_3": 2, "check_6": 2, "check_12": 5}
    assert unknown == {"check_3": 0, "check_6": 2, "check_12": 4}


def test_the_last_seven_days_always_bring_news(roster: Roster, today: date) -> None:
    def recent(field: str) -> int:
        return int(roster.frame[field].between(day_number(today) - 6, day_number(today)).sum())

    started = roster.frame[roster.frame["start_date"].notna()]
    assert recent("first_work_date") == 2
    assert int(started["exit_date"].between(day_number(today) - 6, day_number(today)).sum()) == 1
    assert recent("internship_start") == 4
    assert recent("certificate_date") >= 3
    assert recent("contact_date") >= 3


def test_some_scores_have_no_counterpart(roster: Roster) -> None:
    completed = roster.frame[roster.frame["completion_date"].notna()]
    both = completed["pre_score"].notna() & completed["post_score"].notna()
    assert 60 <= int(both.sum()) <= 78
    assert bool((completed.loc[both, "post_score"] > completed.loc[both, "pre_score"]).all())


def test_wages_lie_around_the_minimum_wage(roster: Roster) -> None:
    full_time = roster.frame[roster.frame["weekly_hours"] == 44]["wage"].dropna()
    assert 3111 <= float(full_time.quantile(0.1)) <= float(full_time.median()) <= 4300
    assert len(full_time) >= 40


def test_irregularities_are_found_where_they_were_put(roster: Roster) -> None:
    codes = {finding.code for finding in roster.findings}
    assert codes >= {
        "spaces", "tashkeel", "invisible_marks", "presentation_forms", "arabic_digits", "letter_variants",  # 7-12
        "number_as_text", "date_day_first", "date_two_digit_year", "date_month_name", "date_serial_text",  # 13-17
        "date_vague", "several_dates", "date_impossible", "future_date", "status_unmapped", "status_two_facts",  # 19-24
        "broken_formula", "duplicate_merged", "category_unknown", "district_unknown", "number_outside_range",  # 26-32
        "section_row", "total_row", "no_key",  # 6
    }  # fmt: skip
    counts = {code: sum(finding.code == code for finding in roster.findings) for code in codes}
    assert counts["status_unmapped"] == counts["date_impossible"] == counts["broken_formula"] == counts["no_key"] == 1
    assert counts["section_row"] == 3
    assert counts["date_vague"] == 2


def test_faults_stay_few_enough_to_be_read(roster: Roster) -> None:
    listed = [finding for finding in roster.findings if finding.severity is not Severity.NORMALISED]
    assert 20 <= len(listed) <= 60


def test_a_finding_leads_to_the_cell(roster: Roster) -> None:
    # Title block 3, header 1, new files 15, no code 1, then section, 63 women, blank before P-046, section, ...
    row = HEADER_ROW + 15 + 1 + 1 + 45 + 1 + (49 - 45)
    place = next(finding.cell for finding in roster.findings if finding.code == "date_impossible")
    assert place == f"'المستفيدات'!L{row}"
    assert demo_grid(TODAY)[0].rows[row - 1][1] == "P-049"


def test_personal_columns_never_reach_the_table(today: date) -> None:
    raw = fetched(today)
    everything = repr(raw)
    for canary in ("اسم 0", "CIN-", "هاتف 0", "ملاحظة", "مؤسسة 0", "P-0", "p-1"):
        assert canary not in everything
        assert any(canary in str(cell) for row in demo_grid(today)[0].rows for cell in row)
    assert raw.unread == ("ر.ت", "الاسم الكامل", "رقم البطاقة الوطنية", "الهاتف", "المشغل", "ملاحظات")
    assert [sheet.title for sheet in raw.sheets] == ["المستفيدات"]  # the lists are no roster


def test_the_placeholders_are_plainly_no_one(today: date) -> None:
    personal = {header for header, field in COLUMNS if field.startswith("*")}
    assert personal == set(fetched(today).unread)


def test_the_same_women_tomorrow_with_every_date_a_day_later() -> None:
    now, then = demo_people(TODAY, 135), demo_people(TODAY + timedelta(days=1), 135)
    for woman, later in zip(now, then, strict=True):
        shifted = {
            field: value + timedelta(days=1) if isinstance(value, date) else value
            for field, value in woman.cells.items()
        }
        assert later.cells == shifted


def test_another_seed_tells_the_same_story_of_other_women() -> None:
    one, other = demo_people(TODAY, 1), demo_people(TODAY, 2)
    assert [woman.cells.get("completion_date") for woman in one] == [
        woman.cells.get("completion_date") for woman in other
    ]
    assert [woman.cells["birth_date"] for woman in one] != [woman.cells["birth_date"] for woman in other]


def test_two_fetches_of_a_day_are_equal() -> None:
    assert fetched().sheets == fetched().sheets


def test_serial_numbers_are_those_of_spreadsheets() -> None:
    assert serial(date(2024, 11, 20)) == 45616


def test_the_mess_touches_women_who_exist() -> None:
    assert set(MESS) <= {woman.number for woman in demo_people(TODAY, 135)}
    assert len(MESS) >= 12


def test_headers_the_programme_does_not_know_are_an_error() -> None:
    headers = {"key": ("Schlüssel",)}
    strange: Programme = PROGRAMME.model_copy(update={"sheet": PROGRAMME.sheet.model_copy(update={"headers": headers})})
    with pytest.raises(SourceError) as caught:
        DemoSource(strange, SECRET, lambda: TODAY).fetch()
    assert caught.value.code == "no_header"


def test_the_written_file_reads_as_the_demo_itself(tmp_path: Path) -> None:
    write_demo_sheet(tmp_path / "demo.xlsx", TODAY)
    from_file = TableFile(tmp_path / "demo.xlsx", PROGRAMME, SECRET).fetch()
    assert from_file.sheets == fetched().sheets
    assert from_file.unread == fetched().unread


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "no such folder" / "demo.xlsx"
    with pytest.raises(SourceError) as caught:
        write_demo_sheet(path, TODAY)
    assert (caught.value.code, caught.value.params["path"]) == ("file_not_writable", str(path))
    assert caught.value.params["detail"] == "No such file or directory"
    for lang in LANGUAGES:
        said = Text(lang)(
            "error.file_not_writable", **{name: str(value) for name, value in caught.value.params.items()}
        )
        assert str(path) in said


def test_the_written_file_reads_right_to_left_and_holds_real_dates(tmp_path: Path) -> None:
    write_demo_sheet(tmp_path / "demo.xlsx", TODAY)
    page = load_workbook(tmp_path / "demo.xlsx")["المستفيدات"]
    assert page.sheet_view.rightToLeft
    # P-001: row 22, start of training in column O, 690 days before today.
    assert page["B22"].value == "P-001"
    assert page["O22"].value == datetime(2025, 1, 2)
    assert page["O23"].value == "2/01/2025"  # P-002's was typed as text
