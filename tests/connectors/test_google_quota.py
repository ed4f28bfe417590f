"""Fifty requests in any minute, twelve where nobody asks for more, counted together by all who share a ledger."""

import stat
from pathlib import Path

import pytest

from connectors.google_faults import PassingError
from connectors.google_quota import MOST, STEADY, Quota


class Clock:
    now = 1_795_420_800.0  # seconds since 1970

    def __call__(self) -> float:
        return self.now


def taken(quota: Quota, times: int) -> None:
    for _ in range(times):
        quota.take()


def test_the_fifty_first_request_of_a_minute_waits_until_the_first_is_a_minute_old() -> None:
    clock = Clock()
    quota = Quota(clock)
    quota.take()
    clock.now += 20
    taken(quota, MOST - 1)
    with pytest.raises(PassingError) as caught:
        quota.take()
    assert caught.value.code == "quota"
    assert caught.value.retry_after == pytest.approx(40, abs=0.1)
    clock.now += caught.value.retry_after or 0
    quota.take()
    with pytest.raises(PassingError):
        quota.take()


def test_rest_lasts_until_the_requests_to_come_fit() -> None:
    clock = Clock()
    quota = Quota(clock)
    assert quota.rest(3, STEADY) == 0
    for _ in range(3):  # three requests every fifteen seconds
        taken(quota, 3)
        clock.now += 15
    assert quota.rest(3, STEADY) == 0
    assert quota.rest(4, STEADY) == pytest.approx(15, abs=0.1)  # the first three leave a minute after they were made
    assert quota.rest(99, STEADY) == pytest.approx(45, abs=0.1)  # more than ever fit: after a minute of silence


def test_processes_share_what_they_have_left(tmp_path: Path) -> None:
    clock = Clock()
    one, other = (Quota(clock, tmp_path / "ledger") for _ in range(2))
    for _ in range(MOST // 2):
        one.take()
        other.take()
    with pytest.raises(PassingError):
        one.take()
    assert stat.S_IMODE((tmp_path / "ledger").stat().st_mode) == 0o600
    assert len((tmp_path / "ledger").read_text().split()) == MOST


def test_a_clock_set_back_does_not_stop_everything(tmp_path: Path) -> None:
    clock = Clock()
    quota = Quota(clock, tmp_path / "ledger")
    taken(quota, MOST)
    clock.now -= 3600
    quota.take()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"not a time\n1", b"9" * 10_000])
def test_a_damaged_ledger_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger").write_bytes(content)
    quota = Quota(Clock(), tmp_path / "ledger")
    taken(quota, MOST)
    with pytest.raises(PassingError):
        quota.take()


def test_without_a_folder_for_the_ledger_each_counts_for_itself(tmp_path: Path) -> None:
    quota = Quota(Clock(), tmp_path / "missing" / "ledger")
    taken(quota, MOST)
    with pytest.raises(PassingError):
        quota.take()
