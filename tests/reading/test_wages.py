"""Wages under a header that says net: counted as read, kept from the comparison with the gross minimum wage."""

from dataclasses import replace

import pytest
from raw_rosters import lettered, roster, said, values

from dashboard.roster import Cell, FieldCount, RawSheet, Roster

WAGES: list[Cell] = [3000, "3 500,00 DH", None, 50]


def under(header: str) -> Roster:
    """Four women who completed and work, their wages under a header."""
    keys: list[Cell] = ["W1", "W2", "W3", "W4"]
    dates: list[Cell] = ["15/07/2025"] * 4
    columns = lettered({"key": keys, "completion_date": ["30/06/2025"] * 4, "first_work_date": dates, "wage": WAGES})
    return roster(RawSheet("المستفيدات", 1, 2, (*columns[:3], replace(columns[3], header=header)), gid=7))


@pytest.mark.parametrize("header", ["Salaire net", "Salaire mensuel (NET)", "Net/Brut", "الأجر الصافي", "Net wage"])
def test_a_net_wage_is_read_and_not_compared(header: str) -> None:
    read = under(header)
    assert said(read, "wage_net") == [("wage_net", "D")]
    assert [finding.params for finding in read.findings if finding.code == "wage_net"] == [(("count", 2),)]
    assert values(read, "wage") == [None] * 4
    assert read.fields["wage"] == FieldCount(3, 2, 1)  # 50 is outside the possible range


@pytest.mark.parametrize("header", ["Salaire", "Salaire brut", "الأجرة", "Planet", "Internet"])
def test_a_wage_whose_header_does_not_say_net_is_compared(header: str) -> None:
    read = under(header)
    assert not said(read, "wage_net")
    assert values(read, "wage") == [3000.0, 3500.0, None, None]
