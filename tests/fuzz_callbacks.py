"""Callbacks' payloads spoiled at random, from what a browser would really send.

Nothing may be answered with a status of 500 or more, and the server is well afterwards. The same seed spoils the same.
"""

import copy
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from knocking import Visitor, recorded

SEARCHES = (
    "?lang=ar", "?lang=fr&cohort=c1", "?lang=xx&as_of=2026-13-45", "?as_of=0001-01-01&known=9999-12-31", "?cohort=%ff",
    "?period=q&known=2026-11-20", "?lang=en&as_of=2026-11-16", "?track=" + "a," * 900, "?" + "a=1&" * 500, "%%%", "?=",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**400, float("nan"), float("inf"), "", "x", "/", "/data", "/nothing", "\x00",
    "\ud800", "x" * 3_999, "x" * 4_001, [], {}, [[]], [None] * 300, {"a": {"b": []}}, {"__class__": "x"},
    "<b>", "../..",
)  # fmt: skip
KEYS = ("output", "outputs", "inputs", "state", "changedPropIds", "id", "property", "value", "cancelJob", "running")
QUERIES = (
    "?endId=x", "?endId=&endId=%00", "?endId=x&job=1", "?cacheKey=x", "?job=1", "?oldJob=1", "?cancelJob=1", "?%ff",
)  # fmt: skip
KINDS = (
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json; charset=x", "",
)  # fmt: skip


def spoiled(seeds: Sequence[dict[str, Any]], rng: random.Random) -> tuple[bytes, str, dict[str, str]]:
    """A body, a query and headers."""
    payload = copy.deepcopy(rng.choice(seeds))
    query, headers = "", {}
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        if payload:
            rng.choice((_search, _node, _node, _node, _swap, _drop, _add))(payload, seeds, rng)
    body = json.dumps(payload).encode()
    other = rng.random()
    if other < 0.10:
        body = _torn(body, rng)
    elif other < 0.13:
        query = rng.choice(QUERIES)
    elif other < 0.16:
        headers = {"Content_Type": rng.choice(KINDS)}
    return body, query, headers


def _search(payload: dict[str, Any], seeds: Sequence[dict[str, Any]], rng: random.Random) -> None:
    """Another view: a sound payload with an odd search string or page."""
    for part in [holder for holder, key in _places(payload) if key == "value"]:
        if isinstance(part.get("value"), str):
            part["value"] = rng.choice(SEARCHES if part["value"].startswith("?") else ("/data", "/repair", "/", "x"))


def _node(payload: dict[str, Any], seeds: Sequence[dict[str, Any]], rng: random.Random) -> None:
    """Any value in the tree becomes another one; those that a callback is given more often than the rest."""
    places = list(_places(payload))
    given = [(holder, key) for holder, key in places if key == "value"]
    holder, key = rng.choice(given if given and rng.random() < 0.6 else places)
    holder[key] = copy.deepcopy(rng.choice(VALUES))


def _swap(payload: dict[str, Any], seeds: Sequence[dict[str, Any]], rng: random.Random) -> None:
    """Parts of another callback's payload."""
    key = rng.choice(("output", "outputs", "inputs", "state", "changedPropIds"))
    payload[key] = copy.deepcopy(rng.choice(seeds)[key])


def _drop(payload: dict[str, Any], seeds: Sequence[dict[str, Any]], rng: random.Random) -> None:
    holder, key = rng.choice(list(_places(payload)))
    del holder[key]


def _add(payload: dict[str, Any], seeds: Sequence[dict[str, Any]], rng: random.Random) -> None:
    holder, _ = rng.choice(list(_places(payload)))
    if isinstance(holder, list):
        holder.append(copy.deepcopy(rng.choice([*VALUES, *holder])))
    else:
        holder[rng.choice(KEYS)] = copy.deepcopy(rng.choice(VALUES))


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder and key of a tree."""
    inner = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    for key, value in inner:
        yield node, key
        yield from _places(value)


def _torn(body: bytes, rng: random.Random) -> bytes:
    cut = rng.randrange(len(body))
    changed = body[:cut] + bytes([rng.randrange(256)]) + body[cut + 1 :]
    return rng.choice((body[:cut], body[cut:], changed, b"[" * 9_000, b"", body * 40))


def attack(visitor: Visitor, payloads: int, seed: int, prefix: str = "/") -> Counter[int]:
    """How often each status came. Raises AssertionError at the first that is the server's fault."""
    rng, seeds = random.Random(seed), recorded(visitor, prefix)
    sound = next(payload for payload in seeds if visitor.call(payload, prefix).status == 200)
    found: Counter[int] = Counter()
    for number in range(payloads):
        body, query, headers = spoiled(seeds, rng)
        own = visitor.own() | {"Content_Type": "application/json", "X_CSRFToken": visitor.cookies["_csrf_token"]}
        answer = visitor.ask("POST", f"{prefix}_dash-update-component{query}", body, **own | headers)
        assert answer.status < 500, (seed, number, answer.status, body[:2_000])
        found[answer.status] += 1
    assert visitor.get("/healthz").status == 200
    assert visitor.call(sound, prefix).status == 200
    return found
