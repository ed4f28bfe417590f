"""Parts are made once per view and state of the data, and anew for any other."""

from dataclasses import replace

import pytest
from page_results import shown

from callbacks.prepared import Prepared
from dashboard.view import View


def test_an_equal_view_is_drawn_from_the_same_parts() -> None:
    prepared = Prepared()
    assert prepared.parts(shown("fr")) is prepared.parts(replace(shown("fr"), search="?lang=fr&nothing=1"))
    assert prepared.folded(shown("fr")) is prepared.folded(shown("fr"))


OTHER: list[dict[str, object]] = [
    {"view": View("fr", filters={"cohort": ("c1",)})},
    {"pulse": "2-"},
    {"today": shown("fr").today.replace(day=1)},
    {"restated": {"no_tile": 1}},
]


@pytest.mark.parametrize("change", OTHER)
def test_another_view_another_version_or_another_day_is_made_anew(change: dict[str, object]) -> None:
    prepared, before = Prepared(), shown("fr")
    assert prepared.parts(before) is not prepared.parts(replace(before, **change))  # type: ignore[arg-type]


def test_numbers_counted_by_other_rules_are_not_mistaken_for_these() -> None:
    prepared, before = Prepared(), shown("fr")
    assert prepared.parts(before) is not prepared.parts(replace(before, programme=before.programme.model_copy()))
