"""Signing off: the document comes back exactly, and what is changed in it is noticed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from women import AS_OF, PROGRAMME, programme_text, roster, tallied

from dashboard.decisions import Concerned, Decision, Measure
from dashboard.overview import overview
from dashboard.programme import load_programme, parse_programme
from dashboard.report import report
from dashboard.restatement import Part
from dashboard.signed_review import (
    FORMAT,
    Basis,
    Json,
    SignedReview,
    SignedReviewError,
    from_document,
    programme_hash,
    to_document,
    without,
)

BASIS = Basis(AS_OF, 12, "c" * 64, "test", "p" * 64, "t1", {"cohort": ("c1",), "track": ()}, date(2026, 11, 16), 9)
DECISION = Decision(
    "d1", "اتصلوا بالنساء الثلاث", "أمينة", date(2026, 11, 30), AS_OF, "r1",
    (Concerned("W1", "followup"), Concerned("W2", None)), "insertion_90", Measure(1, 3, 1 / 3, 0.1, 0.7),
    date(2026, 11, 29), "تم",
)  # fmt: skip
SIGNED = SignedReview(
    "r1",
    datetime(2026, 11, 23, 10, 30, 15, 123456, tzinfo=UTC),
    "Amina",
    BASIS,
    {
        "report": {"indicators": [{"id": "insertion_90", "numerator": 3, "denominator": 8, "rate": 0.1 + 0.2}]},
        "review": {},
    },
    ("Note", "ملاحظة"),
    (DECISION,),
)


def stored(signed: SignedReview) -> Json:
    """The document as it comes out of a store of text."""
    document: Json = json.loads(json.dumps(to_document(signed)))
    return document


def test_it_comes_back_exactly() -> None:
    assert from_document(stored(SIGNED)) == SIGNED
    assert stored(from_document(stored(SIGNED))) == stored(SIGNED)
    first = replace(SIGNED, basis=replace(BASIS, since=None, since_version=None), notes=(), decisions=())
    assert from_document(stored(first)) == first


def test_the_numbers_of_the_page_come_back_to_the_last_digit() -> None:
    women = [{"start_date": -400, "completion_date": -200 - n, "first_work_date": -170 + n} for n in range(7)]
    numbers = report(overview(tallied(*women), tallied(*women), {}), roster(*women), PROGRAMME)
    signed = replace(SIGNED, numbers={"report": numbers, "review": {}})
    assert from_document(stored(signed)).numbers["report"] == numbers
    assert json.dumps(from_document(stored(signed)).numbers["report"]) == json.dumps(numbers)
    assert from_document(stored(signed)).headline == Part(7, 7)


finite = st.floats(allow_nan=False, allow_infinity=False)


@settings(max_examples=50, deadline=None)
@given(st.text(), st.lists(finite), st.datetimes(timezones=st.just(UTC)), st.dates())
def test_whatever_is_written(text: str, numbers: list[float], at: datetime, day: date) -> None:
    decision = replace(DECISION, text=text, due=day, measure=Measure(None, None, *numbers[:1] or (None,)))
    signed = replace(SIGNED, signed_at=at, notes=(text,), numbers={"report": {text: numbers}}, decisions=(decision,))
    assert from_document(stored(signed)) == signed


def test_a_time_elsewhere_is_the_same_time() -> None:
    casablanca = SIGNED.signed_at.astimezone(timezone(timedelta(hours=1)))
    assert from_document(stored(replace(SIGNED, signed_at=casablanca))) == SIGNED
    with pytest.raises(ValueError, match="time zone"):
        to_document(replace(SIGNED, signed_at=SIGNED.signed_at.replace(tzinfo=None)))


@pytest.mark.parametrize(
    "path",
    [("signed_by",), ("notes", 0), ("basis", "data_version"), ("decisions", 0, "text"), ("decisions", 0, "due"),
     ("numbers", "report", "indicators", 0, "numerator")],
)  # fmt: skip
def test_a_changed_document_is_noticed(path: tuple[str | int, ...]) -> None:
    document = stored(SIGNED)
    place = document
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]
    old = place[path[-1]]  # type: ignore[index]
    place[path[-1]] = old + 1 if isinstance(old, int) else "2026-12-24" if path[-1] == "due" else "other"  # type: ignore[index]
    with pytest.raises(SignedReviewError) as caught:
        from_document(document)
    assert (caught.value.code, caught.value.params) == ("review_damaged", {"review": "r1"})


@pytest.mark.parametrize("missing", ["numbers", "basis", "fingerprint", "signed_at"])
def test_a_document_with_a_hole_is_noticed(missing: str) -> None:
    document = {name: value for name, value in stored(SIGNED).items() if name != missing}
    with pytest.raises(SignedReviewError, match="review_damaged"):
        from_document(document)


@pytest.mark.parametrize("version", [0, FORMAT + 1, "1", None])
def test_a_format_that_is_not_known(version: object) -> None:
    with pytest.raises(SignedReviewError) as caught:
        from_document({**stored(SIGNED), "format": version})
    assert (caught.value.code, caught.value.params["known"]) == ("review_format", FORMAT)


def test_a_woman_can_be_taken_out() -> None:
    erased = without(SIGNED, "W1")
    assert [one.woman for one in erased.decisions[0].women] == ["W2"]
    assert "W1" not in json.dumps(to_document(erased))
    assert erased.fingerprint == SIGNED.fingerprint
    assert from_document(stored(erased)) == erased
    assert without(SIGNED, "nobody") == SIGNED


def test_the_headline_as_signed() -> None:
    assert SIGNED.headline == Part(3, 8)


def test_the_hash_of_a_programme_is_that_of_what_it_says() -> None:
    text = programme_text()
    assert programme_hash(parse_programme(text + "\n# a comment\n")) == programme_hash(PROGRAMME)
    assert programme_hash(parse_programme(text.replace("enrolled = 30", "enrolled = 31"))) != programme_hash(PROGRAMME)
    shipped = load_programme(Path(__file__).resolve().parent.parent / "programme.toml")
    assert len(programme_hash(shipped)) == 64
