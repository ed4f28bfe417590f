"""Who may read next, and how often, by hand: a bucket of 8 into which 32 a minute run, one turn after another."""

import pytest

from connectors.google_faults import PassingError
from connectors.quota import BURST, RATE, REFUSED_SECONDS, JointLease, Share, Shares

SECOND = RATE / 60  # what runs in


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Right:
    """A lease that nobody else has, unless `free` says so."""

    def __init__(self) -> None:
        self.free, self.held = True, False

    def take(self) -> bool:
        self.held = self.free
        return self.held

    def holds(self) -> bool:
        self.held = self.held and self.free
        return self.held

    def release(self) -> None:
        self.held = False


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def share(clock: Clock) -> Share:
    made = Share(Right(), clock)
    assert made.take()
    return made


def full(clock: Clock) -> None:
    clock.now += BURST / SECOND


def test_whoever_begins_to_read_begins_with_nothing(share: Share, clock: Clock) -> None:
    assert share.turn("a", 2, asked=False) == pytest.approx(2 / SECOND)
    clock.now += 2 / SECOND
    assert share.turn("a", 2, asked=False) == 0


def test_a_long_rest_fills_the_bucket_and_no_more(share: Share, clock: Clock) -> None:
    clock.now += 3600
    spent = 0
    with pytest.raises(PassingError) as caught:
        for _ in range(100):
            share.spend("a")
            spent += 1
    assert spent == BURST
    assert caught.value.code == "quota"
    assert caught.value.retry_after == pytest.approx(1 / SECOND)


def test_what_a_turn_has_set_aside_is_its_own_and_goes_back_where_it_is_not_read(share: Share, clock: Clock) -> None:
    full(clock)
    assert share.turn("a", 6, asked=False) == 0
    share.spend("b")
    share.spend("b")
    with pytest.raises(PassingError):
        share.spend("b")  # six are left, and they are a's
    for _ in range(4):
        share.spend("a")
    share.done("a")
    share.spend("b")
    share.spend("b")
    with pytest.raises(PassingError):
        share.spend("b")


def test_what_is_set_aside_lies_in_the_bucket_still(share: Share, clock: Clock) -> None:
    full(clock)
    assert share.turn("a", 8, asked=False) == 0
    clock.now += 60  # a does not read: nothing runs in where there is no room
    with pytest.raises(PassingError):
        share.spend("b")


def test_turns_go_by_how_long_one_has_waited(share: Share, clock: Clock) -> None:
    assert share.turn("first", 4, asked=False) > 0
    clock.now += 1
    assert share.turn("second", 1, asked=False) > 0
    clock.now += 2 / SECOND  # enough for the second, which waits for the first all the same
    assert share.turn("second", 1, asked=False) > 0
    full(clock)
    assert share.turn("second", 1, asked=False) == 0  # there is enough for both
    assert share.turn("first", 4, asked=False) == 0


def test_one_who_never_rests_waits_behind_all_others(share: Share, clock: Clock) -> None:
    order: list[str] = []
    waiting = {"noisy", "b", "c", "d"}
    for _ in range(2000):
        clock.now += 0.5
        for one in sorted(waiting, reverse=True):
            if share.turn(one, 2, asked=False) == 0:
                share.spend(one)
                share.spend(one)
                share.done(one)
                order.append(one)
                if one != "noisy":
                    waiting.discard(one)
        if not waiting - {"noisy"}:
            break
    assert order.count("noisy") <= 1 + order.index("b")  # never twice while another waits
    assert {"b", "c", "d"} <= set(order)
    assert clock.now < 5 * 2 / SECOND + 5


def test_those_asked_for_by_hand_go_first_but_not_twice_in_a_row(share: Share, clock: Clock) -> None:
    for one in ("a", "b"):
        share.turn(one, 8, asked=False)
        clock.now += 0.1
    for one in ("hand 1", "hand 2"):
        share.turn(one, 8, asked=True)
        clock.now += 0.1
    order: list[str] = []
    left = ["a", "b", "hand 1", "hand 2"]
    while left:
        clock.now += 0.5
        for one in list(left):
            if share.turn(one, 8, asked=one.startswith("hand")) == 0:
                for _ in range(8):
                    share.spend(one)
                share.done(one)
                order.append(one)
                left.remove(one)
    assert order == ["hand 1", "a", "hand 2", "b"]


def test_who_has_gone_away_holds_up_nobody_for_long(share: Share, clock: Clock) -> None:
    assert share.turn("gone", 8, asked=False) > 0
    full(clock)
    assert share.turn("here", 8, asked=False) > 0
    clock.now += 31
    assert share.turn("here", 8, asked=False) == 0


def test_a_turn_larger_than_the_bucket_begins_with_what_it_holds(share: Share, clock: Clock) -> None:
    full(clock)
    assert share.turn("a", 50, asked=False) == 0


def test_a_refusal_stops_everyone_and_halves_the_rate_until_it_recovers(share: Share, clock: Clock) -> None:
    full(clock)
    share.refused(20)
    clock.now += 20
    with pytest.raises(PassingError):
        share.spend("a")
    clock.now += 2 / SECOND  # at half the rate one has run in
    share.spend("a")
    with pytest.raises(PassingError) as caught:
        share.spend("a")
    assert caught.value.retry_after == pytest.approx(2 / SECOND)
    clock.now += 4 * 60  # four eighths have come back
    share.spend("a")
    for _ in range(7):
        share.spend("a")
    with pytest.raises(PassingError) as caught:
        share.spend("a")
    assert caught.value.retry_after == pytest.approx(1 / SECOND)


def test_a_refusal_without_a_time_is_a_rest_of_half_a_minute(share: Share, clock: Clock) -> None:
    share.refused(None)
    clock.now += REFUSED_SECONDS
    with pytest.raises(PassingError):
        share.spend("a")


def test_the_bucket_is_empty_whenever_the_right_to_read_comes_back(clock: Clock) -> None:
    right = Right()
    share = Share(right, clock)
    assert share.take()
    full(clock)
    right.free = False
    assert not share.holds()
    right.free = True
    assert share.take()
    with pytest.raises(PassingError):
        share.spend("a")


def test_a_feed_is_pulled_only_with_the_right_to_read_for_its_account(clock: Clock) -> None:
    account, own = Right(), Right()
    share = Share(account, clock)
    joint = JointLease(own, lambda: share)
    account.free = False
    assert not joint.take()
    assert not own.held  # whoever has the account can have the feed
    account.free = True
    assert joint.take()
    assert joint.holds()
    joint.release()
    assert account.held  # for its other sheets
    account.free = False
    assert not joint.holds()


def test_an_account_has_one_share_in_a_process() -> None:
    shares = Shares(lambda _email: Right())
    assert shares.of("a@x.example") is shares.of("a@x.example")
    assert shares.of("a@x.example") is not shares.of("b@x.example")
