"""What holds of every review, whatever the rosters say."""

from dashboard.movements import Flow, Movements
from dashboard.restatement import Change, Part
from dashboard.review import Review
from dashboard.waterfall import Waterfall


def assert_lawful(found: Review) -> None:
    """All of them."""
    for change in found.changes:
        assert_explained(change)
    assert_balanced(found.movements)
    head = found.headline
    ends = [Part(one.numerator or 0, one.denominator or 0) for one in (head.known, head.now)]
    assert [head.waterfall.start, head.waterfall.end] == ends
    assert_adds_up(head.waterfall)


def assert_explained(found: Change) -> None:
    """The causes are the whole difference, the kinds the whole of what was restated."""
    if not found.parts:
        assert found.id == "time_to_insertion"
        return
    for side in ("numerator", "denominator"):
        known, restated, now = (getattr(one, side) or 0 for one in (found.known, found.restated, found.now))
        parts = {cause: getattr(part, side) for cause, part in found.parts.items()}
        assert known + parts["restated"] == restated, (found.id, side)
        assert restated + parts["time"] + parts["progress"] == now, (found.id, side)
        assert sum(getattr(part, side) for part in found.kinds.values()) == parts["restated"], (found.id, side)


def assert_balanced(found: Movements) -> None:
    """Every place balances, and all places together are the roster."""
    for flow in (found.whole, *found.flows):
        assert_identity(flow)
    for stock in ("start", "restated", "end"):
        assert sum(getattr(flow, stock) for flow in found.flows) == getattr(found.whole, stock)
    assert sum(route.women for route in found.routes) == found.moved
    assert all((route.kind is not None) == (route.cause == "restated") for route in found.routes)


def assert_identity(found: Flow) -> None:
    """Stock at the end = stock at the start + in - out."""
    assert found.start + found.came - found.went == found.end, found
    assert (sum(found.came_by.values()), sum(found.went_by.values())) == (found.came, found.went)


def assert_adds_up(found: Waterfall) -> None:
    """The steps lead from one end to the other on both sides, and none is unaccounted for."""
    hits = found.start.numerator + sum(step.numerator for step in found.steps)
    women = found.start.denominator + sum(step.denominator for step in found.steps)
    assert Part(hits, women) == found.end
    assert not [step for step in found.steps if step.code in ("other", "recounted")]
    for step in found.steps:
        assert step.women >= max(abs(step.numerator), abs(step.denominator))
    if found.steps:
        assert (found.steps[-1].numerator_after, found.steps[-1].denominator_after) == (hits, women)
