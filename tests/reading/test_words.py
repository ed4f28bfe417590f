"""Words -> ids."""

import pytest
from raw_rosters import PROGRAMME, TODAY, day

from dashboard.reading.words import (
    category_reader,
    check_reader,
    cohort_reader,
    criteria_reader,
    district_reader,
    status_reader,
    work_kind_reader,
)
from dashboard.roster import Cell


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("أرملة, مطلقة", "divorced|widow", ()),
        ("أرملة، مطلقة", "divorced|widow", ()),
        ("مطلقة؛ أرملة", "divorced|widow", ()),
        ("Veuve / Divorcée", "divorced|widow", ()),
        ("Veuve+Divorcée", "divorced|widow", ()),
        ("أرملة\nمطلقة", "divorced|widow", ("spaces",)),
        ("أرملة و مطلقة", "divorced|widow", ()),
        ("أرملة ومطلقة", "divorced|widow", ()),
        ("veuve et isolée", "alone|widow", ()),
        ("وحيدة", "alone", ()),  # begins with و and is one word
        ("أرملة ووحيدة", "alone|widow", ()),
        ("أرملة، شيء آخر", "widow", ("criterion_unknown",)),
        ("شيء آخر", None, ("criterion_unknown",)),
        ("أرملة, أرملة", "widow", ()),
        ("لا", None, ()),
    ],
)
def test_criteria(cell: str, value: str | None, codes: tuple[str, ...]) -> None:
    reading = criteria_reader(PROGRAMME)(cell)
    assert (reading.value, reading.codes) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("نعم", "working"),
        ("x", "working"),
        (1, "working"),
        ("خدامة", "working"),
        ("CDI", "working"),
        ("auto-emploi", "working"),
        ("نفس المشغل", "same_employer"),
        ("oui (même employeur)", "same_employer"),
        ("oui - même employeur", "same_employer"),
        ("لا", "not_working"),
        ("تبحث عن شغل", "not_working"),
        ("فقدت العمل", "not_working"),
        ("en cours", None),
        ("-", None),
    ],
)
def test_checks(cell: Cell, value: str | None) -> None:
    reading = check_reader(PROGRAMME)(cell)
    assert reading.value == value
    assert not reading.rejected


@pytest.mark.parametrize("cell", ["Abandon", "oui mais", "oui, non", "45000", "لا أدري"])
def test_checks_that_say_nothing_certain_are_rejected(cell: str) -> None:
    assert check_reader(PROGRAMME)(cell).codes == ("check_unknown",)


def test_a_remark_in_parentheses_is_left_out_and_said() -> None:
    assert check_reader(PROGRAMME)("oui (depuis peu)").codes == ("text_beside_word",)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("CDI", "salaried"), ("خدامة", "salaried"), ("مشروع خاص", "own_business"), ("À son compte", "own_business")],
)
def test_work_kinds(cell: str, value: str) -> None:
    assert work_kind_reader(PROGRAMME)(cell).value == value


@pytest.mark.parametrize("cell", ["فقدت العمل", "CDI, auto-emploi", "autre"])
def test_what_names_no_kind_of_work_or_two_is_rejected(cell: str) -> None:
    assert work_kind_reader(PROGRAMME)(cell).codes == ("kind_unknown",)


@pytest.mark.parametrize(
    ("cell", "prefecture"),
    [
        ("أنفا", "anfa"),
        ("المعاريف", "anfa"),
        ("Maârif, Casablanca", "anfa"),
        ("مقاطعة المعاريف", "anfa"),
        ("Quartier Oulfa", "hay_hassani"),
        ("الحي الحسني", "hay_hassani"),
        ("arrondissement d'Anfa", "anfa"),
        ("Anfa / Oulfa", None),
        ("Rabat", None),
    ],
)
def test_districts_lead_to_their_prefecture(cell: str, prefecture: str | None) -> None:
    reading = district_reader(PROGRAMME)(cell)
    assert reading.value == prefecture
    assert ("district_unknown" in reading.codes) == (prefecture is None)


@pytest.mark.parametrize(
    ("cell", "value", "codes", "aside"),
    [
        ("Insérée", "placed", (), None),
        ("placed", "placed", (), None),
        ("مدمجة - 3/5/2025", "placed", ("status_two_facts",), "2025-05-03"),
        ("Insérée: crèche", "placed", ("status_two_facts",), None),
        ("Abandon - 3/5/2025", "dropped", ("status_two_facts",), None),
        ("Non insérée", "unmapped", ("status_unmapped",), None),
        ("3/5/2025", "unmapped", ("status_unmapped",), None),
        ("- ", None, (), None),
    ],
)
def test_statuses(cell: str, value: str | None, codes: tuple[str, ...], aside: str | None) -> None:
    reading = status_reader(PROGRAMME, TODAY)(cell)
    assert (reading.value, reading.codes, reading.aside) == (value, codes, None if aside is None else day(aside))


@pytest.mark.parametrize(
    ("cell", "cohort"), [(2, "c2"), (2.0, "c2"), ("Promo 1", "c1"), ("Promo 7", "promo 7"), ("A, b | c", "a b c")]
)
def test_cohorts(cell: Cell, cohort: str) -> None:
    assert cohort_reader(PROGRAMME)(cell).value == cohort


def test_a_category_without_a_list_is_unknown_never_free_text() -> None:
    assert category_reader(())("anything").codes == ("category_unknown",)
