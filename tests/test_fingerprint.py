"""The mark of a roster: equal for equal data, another one for any other."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest
from women import roster

from dashboard.fingerprint import csv_text, fingerprint

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


def test_a_mark_stays_what_it_was() -> None:
    """It stands on paper: an equal roster must not get another one from a later dashboard."""
    frame = roster(*WOMEN).frame
    frame["sheet"] = ["Groupe 1, « soir »", 'dit "A"\nB']
    frame["wage"] = [3500.5, None]
    assert "".join(csv_text(frame)) == frame.to_csv(index=False)


def test_the_text_of_many_rows_is_the_same_in_pieces() -> None:
    frame = roster(*WOMEN).frame
    frame = frame.loc[frame.index.repeat(10_500)].reset_index(drop=True)
    frame["wage"] = pd.Series([0.1 * number for number in range(len(frame))], dtype="Float64")
    pieces = list(csv_text(frame))
    assert len(pieces) == 3  # the names, 20,000 rows, the rest
    assert "".join(pieces) == frame.to_csv(index=False)


def test_no_rows_are_a_line_of_names() -> None:
    frame = roster().frame
    assert "".join(csv_text(frame)) == frame.to_csv(index=False)
