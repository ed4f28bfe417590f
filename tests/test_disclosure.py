"""Disclosure control: the rules of field reference 4.3, each by a case worked by hand, and the boundaries of each."""

import pytest
from release_counts_by_hand import IMPRINT, RULES, by_hand, released, told

from dashboard.disclosure import Refused, release
from dashboard.disclosure_attack import attack
from dashboard.disclosure_rules import DisclosureRules


@pytest.mark.parametrize(("women", "said"), [(0, 0), (1, "too_few"), (4, "too_few"), (5, 5), (6, 6)])
def test_a_count_of_one_to_four_is_hidden(women: int, said: object) -> None:
    (one,) = released(by_hand({"started": women}))
    assert told(one, ["all/started"]) == [said]


@pytest.mark.parametrize(("women", "said"), [(2, "too_few"), (3, 3)])
def test_the_threshold_is_the_programmes(women: int, said: object) -> None:
    (one,) = released(by_hand({"started": women}), rules=DisclosureRules(min_count=3, min_base=6, min_sensitive=3))
    assert told(one, ["all/started"]) == [said]


@pytest.mark.parametrize(
    ("hits", "said"),
    [
        (0, (0, 4)),  # nobody of 45: said of each of them
        (1, (0, 4)),
        (4, (0, 4)),
        (5, 5),
        (40, 40),
        (41, (41, 45)),
        (44, (41, 45)),  # the one who was not would be known
        (45, (41, 45)),  # or the band would say "not all"
    ],
)
def test_a_rate_near_its_ends_becomes_a_band(hits: int, said: object) -> None:
    (one,) = released(by_hand({"closed": 45, "inserted": hits}))
    assert told(one, ["all/closed", "all/inserted"]) == [45, said]


def test_44_of_45_is_at_least_90_percent_without_an_interval() -> None:
    (one,) = released(by_hand({"closed": 45, "inserted": 44}))
    rate = one.rate("all", "insertion_90")
    assert (rate.rate, rate.at_least, rate.at_most, rate.base, rate.interval) == (None, 0.9, None, 45, None)


def test_4_of_45_is_at_most_10_percent() -> None:
    (one,) = released(by_hand({"closed": 45, "inserted": 4}))
    assert (one.rate("all", "insertion_90").at_least, one.rate("all", "insertion_90").at_most) == (None, 0.1)


@pytest.mark.parametrize("base", range(10, 120))
def test_a_band_leaves_five_values_and_is_read_back_as_it_was_made(base: int) -> None:
    (one,) = released(by_hand({"closed": base, "inserted": base - 1}))
    cell, rate = one.by_id["all/inserted"], one.rate("all", "insertion_90")
    assert cell.low is not None
    assert rate.at_least is not None
    assert base - cell.low >= 4
    assert (cell.low - 1) / base < rate.at_least <= cell.low / base + 1e-9  # the least number that the words allow


@pytest.mark.parametrize("hits", [0, 4, 5, 9])
def test_no_rate_of_fewer_than_ten(hits: int) -> None:
    (one,) = released(by_hand({"closed": 9, "inserted": hits}))
    rate = one.rate("all", "insertion_90")
    assert (rate.rate, rate.at_least, rate.at_most, rate.reason) == (None, None, None, "too_few")


def test_a_rate_of_nobody_yet_is_not_mature() -> None:
    (one,) = released(by_hand({"closed": 0, "inserted": 0}))
    assert one.rate("all", "insertion_90").reason == "not_mature"


@pytest.mark.parametrize(("women", "said"), [(0, "too_few"), (9, "too_few"), (10, 10)])
def test_a_sensitive_group_needs_ten_and_its_zero_is_hidden(women: int, said: object) -> None:
    others = {"vulnerability:d": {"started": 30}, "vulnerability:unspecified": {"started": 30}}
    groups = {"vulnerability:w": {"started": women}, **others}
    (one,) = released(by_hand({"started": 60, "completed": 0, "closed": 0, "inserted": 0}, groups))
    assert told(one, ["vulnerability:w/started"]) == [said]


def test_a_sensitive_group_that_is_nearly_everybody_is_hidden() -> None:
    others = {"vulnerability:d": {"started": 30}, "vulnerability:unspecified": {"started": 5}}
    groups = {"vulnerability:w": {"started": 55}, **others}
    (one,) = released(by_hand({"started": 60, "completed": 0, "closed": 0, "inserted": 0}, groups))
    assert told(one, ["all/started", "vulnerability:w/started"]) == [60, "too_few"]


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    """45 = 3 + 12 + 30: 3 is hidden, and 12, which would give it away; the total stays."""
    groups = {f"track:{name}": {"started": n} for name, n in (("a", 3), ("b", 12), ("c", 30))}
    (one,) = released(by_hand({"started": 45, "completed": 0, "closed": 0, "inserted": 0}, groups))
    said = told(one, ["all/started", "track:a/started", "track:b/started", "track:c/started"])
    assert said == [45, "too_few", "too_few", 30]


def test_small_groups_that_hide_each_other_need_no_third() -> None:
    """60 = 4 + 4 + 52: the two small ones sum to 8, each could be 0 to 8."""
    groups = {f"track:{name}": {"started": n} for name, n in (("a", 4), ("b", 4), ("c", 52))}
    (one,) = released(by_hand({"started": 60, "completed": 0, "closed": 0, "inserted": 0}, groups))
    assert told(one, ["track:a/started", "track:c/started"]) == ["too_few", 52]


def test_two_women_between_two_stages_hide_one_of_them() -> None:
    (one,) = released(by_hand({"started": 45, "training": 43, "completed": 30}))
    assert told(one, ["all/started", "all/training", "all/completed"]) == [45, "too_few", 30]


def test_a_stage_that_nobody_left_is_shown() -> None:
    (one,) = released(by_hand({"started": 45, "training": 45}))
    assert told(one, ["all/started", "all/training"]) == [45, 45]


def test_the_states_of_an_outcome_do_not_give_away_a_banded_rate() -> None:
    """closed - inserted = 3 is anything from 0 to 4, and so are the two states that it may consist of."""
    states = {"closed_without": 2, "unknown": 1, "undated": 0, "open": 20}
    (one,) = released(by_hand({"started": 90, "completed": 65, "closed": 45, "inserted": 42, **states}))
    said = told(one, ["all/closed", "all/inserted", "all/closed_without", "all/unknown", "all/undated"])
    assert said == [45, (41, 45), "too_few", "too_few", 0]


@pytest.mark.parametrize(
    ("after", "said", "since"), [(20, 20, 1), (21, 20, 1), (24, 20, 1), (25, 25, None), (29, 29, None)]
)
def test_a_change_of_one_to_four_keeps_the_old_figure(after: int, said: int, since: int | None) -> None:
    """Differencing in time: "10-19", then "20-29" a month later, tells of the newcomer."""
    _, two = released(by_hand({"started": 20}), by_hand({"started": after}, week=1))
    cell = two.by_id["all/started"]
    assert (cell.value, cell.since) == (said, since)


def test_small_changes_add_up_until_they_may_be_told() -> None:
    found = released(*(by_hand({"started": 20 + 2 * week}, week=week) for week in range(4)))
    assert [one.by_id["all/started"].value for one in found] == [20, 20, 20, 26]
    assert [one.by_id["all/started"].since for one in found] == [None, 1, 1, None]


def test_a_rate_keeps_its_old_figure_while_the_rest_grew_by_too_few() -> None:
    """14 more windows closed, 12 of them inserted: the two others would be known."""
    _, two = released(by_hand({"closed": 80, "inserted": 70}), by_hand({"closed": 94, "inserted": 82}, week=1))
    rate = two.rate("all", "insertion_90")
    assert (rate.hits, rate.base, rate.since) == (70, 80, 1)
    assert two.by_id["all/closed"].value == 94


def test_a_group_does_not_tell_what_the_total_keeps() -> None:
    """8 more: 6 in one track, 2 in the other. Whoever knows the total and one track would know the two."""
    before = {"track:a": {"started": 30}, "track:b": {"started": 30}}
    after = {"track:a": {"started": 36}, "track:b": {"started": 32}}
    rest = {"completed": 0, "closed": 0, "inserted": 0}
    first, second = by_hand({"started": 60, **rest}, before), by_hand({"started": 68, **rest}, after, week=1)
    one, two = released(first, second)
    fresh = {cell.id for cell in two.cells if cell.fresh and cell.value}
    assert not {"all/started", "track:a/started"} <= fresh
    assert attack([one, two], [first.values, second.values], RULES) == []


def test_what_is_shown_adds_up() -> None:
    before = {"track:a": {"started": 30}, "track:b": {"started": 30}}
    after = {"track:a": {"started": 36}, "track:b": {"started": 32}}
    rest = {"completed": 0, "closed": 0, "inserted": 0}
    _, two = released(by_hand({"started": 60, **rest}, before), by_hand({"started": 68, **rest}, after, week=1))
    whole, a, b = (two.by_id[name].value for name in ("all/started", "track:a/started", "track:b/started"))
    assert None in (whole, a, b) or whole == (a or 0) + (b or 0)


def test_counts_that_contradict_the_definitions_are_refused() -> None:
    found = release(by_hand({"started": 10, "completed": 11}), (), RULES, IMPRINT)
    assert isinstance(found, Refused)
    assert [(reason.code, set(reason.cells)) for reason in found.reasons] == [
        ("release_contradicts", {"all/started", "all/completed"})
    ]


def test_a_release_does_not_go_back_in_time() -> None:
    (one,) = released(by_hand({"started": 20}, week=3))
    found = release(by_hand({"started": 20}, week=2), [one], RULES, IMPRINT)
    assert isinstance(found, Refused)
    assert found.reasons[0].code == "release_goes_back"


def test_a_release_without_news_says_so() -> None:
    one, two = released(by_hand({"started": 20}), by_hand({"started": 21}, week=1))
    assert (one.news, two.news) == (1, 0)


def test_the_curve_is_left_out_with_a_reason() -> None:
    (one,) = released(by_hand({"started": 20}))
    assert [(left.id, left.code) for left in one.left_out] == [("curve", "curve_reveals")]
