"""The types of history: an error that explains itself, and the version known at a moment."""

from datetime import UTC, date, datetime

import pytest

from dashboard.history import Head, HistoryError, Version, newest_at


def version(number: int, hour: int) -> Version:
    return Version(number, datetime(2026, 11, 23, hour, tzinfo=UTC), date(2026, 11, 23), "x", None, 3, 4)


@pytest.mark.parametrize(("hour", "number"), [(8, None), (9, 2), (10, 2), (11, 3), (23, 3)])
def test_of_versions_at_one_moment_the_last_is_the_known_one(hour: int, number: int | None) -> None:
    kept = [version(1, 9), version(2, 9), version(3, 11)]
    found = newest_at(kept, datetime(2026, 11, 23, hour, tzinfo=UTC))
    assert (found and found.number) == number


def test_nothing_is_known_before_the_first_version() -> None:
    assert newest_at([], datetime(2026, 11, 23, tzinfo=UTC)) is None
    assert Head().version is None


def test_a_version_that_is_gone_is_a_lookup_error_with_a_code() -> None:
    error = HistoryError("version_gone", number=3)
    assert isinstance(error, LookupError)
    assert (error.code, error.params) == ("version_gone", {"number": 3})
