"""Two random rosters of the same programme: rows edited, added, removed; the same for a seed."""

from random import Random
from typing import Any

from women_at_random import many_women

Women = dict[int, dict[str, Any]]


def two_rosters(count: int, seed: int) -> tuple[Women, Women]:
    """Women by number then and now: of ten, one is gone, one is new, four are edited in some fields."""
    dice = Random(seed)
    before, other = many_women(count, 2 * seed), many_women(count, 2 * seed + 1)
    then: Women = {}
    now: Women = {}
    for number, (woman, changed) in enumerate(zip(before, other, strict=True), start=1):
        lot = dice.randrange(10)
        if lot != 1:
            then[number] = woman
        if lot != 0:
            now[number] = _edited(woman, changed, dice) if 2 <= lot <= 5 else woman
    return then, now


def _edited(woman: dict[str, Any], other: dict[str, Any], dice: Random) -> dict[str, Any]:
    """One to three fields take the other woman's value, or lose theirs."""
    fields = sorted({*woman, *other})
    chosen = dice.sample(fields, min(len(fields), dice.randint(1, 3)))
    found = {name: value for name, value in woman.items() if name not in chosen}
    fresh = {
        name: dice.randint(-14, 3) if isinstance(other[name], int) else other[name] for name in chosen if name in other
    }
    return {**found, **fresh}
