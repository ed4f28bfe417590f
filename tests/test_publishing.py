"""When a release is due, and whether it says anything new."""

from datetime import date

import pytest
from hand_made_release import hand_made

from dashboard.disclosure_rules import Policy
from dashboard.publishing import news, next_due
from dashboard.release import Cell

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("policy", "last", "due"),
    [
        ("monthly", date(2026, 11, 1), date(2026, 12, 1)),
        ("monthly", date(2026, 12, 31), date(2027, 1, 1)),
        ("quarterly", date(2026, 11, 25), date(2027, 1, 1)),
        ("quarterly", date(2026, 1, 1), date(2026, 4, 1)),
        ("quarterly", date(2026, 6, 30), date(2026, 7, 1)),
        ("monthly", None, TODAY),
        ("by_hand", date(2026, 1, 1), None),
        ("on_sign_off", date(2026, 1, 1), None),
    ],
)
def test_a_release_is_due_with_the_next_month_or_quarter(policy: Policy, last: date | None, due: date | None) -> None:
    assert next_due(policy, last, TODAY) == due


def test_only_another_number_is_news() -> None:
    first = hand_made(1)
    assert news(first, None) == sum(cell.fresh for cell in first.cells) > 10
    assert news(hand_made(2), first) == 0
    changed = tuple(Cell(id=c.id, value=211) if c.id == "all/applicants" else c for c in first.cells)
    assert news(first.model_copy(update={"cells": changed}), first) == 1
