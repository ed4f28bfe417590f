"""The mark of a roster: equal for equal data, another one for any other."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from women import roster

from dashboard.fingerprint import fingerprint

WOMEN = ({"start_date": -200, "completion_date": -100}, {"start_date": -50})


def test_equal_rosters_have_an_equal_mark_whenever_they_were_read() -> None:
    one, two = roster(*WOMEN), roster(*WOMEN)
    later = replace(two, source=replace(two.source, fetched_at=datetime(2027, 1, 1, tzinfo=UTC)))
    assert fingerprint(one) == fingerprint(later)
    assert re.fullmatch(r"\d{5}-\d{5}", fingerprint(one))


@pytest.mark.parametrize("change", [{"start_date": -199}, {"completion_date": None}, {"row": 77}, {"track": "t2"}])
def test_any_change_of_a_value_or_a_place_is_another_mark(change: dict[str, object]) -> None:
    changed = ({**WOMEN[0], **change}, WOMEN[1])
    wanted = tuple({key: value for key, value in woman.items() if value is not None} for woman in changed)
    if "row" in change:
        found = roster(*WOMEN)
        found.frame.loc[0, "row"] = 77
        assert fingerprint(found) != fingerprint(roster(*WOMEN))
    else:
        assert fingerprint(roster(*wanted)) != fingerprint(roster(*WOMEN))


def test_a_secret_that_changes_pseudonyms_does_not_change_the_mark() -> None:
    other = roster(*WOMEN)
    other.frame["woman"] = ["Q-1", "Q-2"]
    assert fingerprint(other) == fingerprint(roster(*WOMEN))
