"""Requests to the donor's door and app spoiled at random. Whatever they are, a donor gets what is his and nothing else.

The donor's app has no callback: what it is sent are management's, spoiled. The same seed spoils the same.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fuzz_callbacks import spoiled
from knocking import Answer, Visitor

PREFIX, DOOR = "/donor/", "/d/"
FILES = tuple(f"{PREFIX}release.{kind}" for kind in ("pdf", "xlsx", "csv"))
OWN = (PREFIX, *FILES)
DASHS = tuple(f"{PREFIX}_{name}" for name in ("dash-layout", "dash-dependencies", "reload-hash", "favicon.ico"))
QUERIES = (
    "lang=ar", "lang=fr", "lang=en", "lang=xx", "lang=", "lang=%00", "lang=%ff", "lang[]=ar", "lang=ar&lang=en",
    "as_of=2026-11-01", "cohort=c1", "number=1", "verify=7F3K-9Q2M", "shows=2", "release=1&known=2026-01-01", "?",
    "&=&", "lang=../../fr", "lang=" + "a" * 5_000, "a=1&" * 900, "%", "preview=1&as_of=0001-01-01",
)  # fmt: skip
PIECES = (
    "..", ".", "%2e%2e", "..;", "%2f", "%5c", "\\", "//", "%00", "%ff", ";x=1", "_dash-layout", "releases",
    "repair.csv", "release.pdf", "donor", "assets", "_dash-component-suites", "dash", "deps", "x" * 300, "brief.pdf",
    "links", "d", "_dash-update-component", "sign-in", "metrics", "%64onor", "release.csv%0d%0aSet-Cookie:x=1",
    "*", "~", "@",
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {}, {}, {"Accept": "text/html"}, {"Accept": "\x7f"}, {"Accept_Language": "ar;q=x,,,*"}, {"Range": "bytes=0-10"},
    {"Host": "evil.example"}, {"X_Forwarded_For": "127.0.0.1"}, {"User_Agent": "x" * 2_000}, {"Sec_Fetch_Site": "x"},
    {"If_None_Match": "*"}, {"Transfer_Encoding": "x"}, {"Accept_Encoding": "x;q=2,;"}, {"Origin": "https://evil.example"},
)  # fmt: skip
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json", "")
BODIES = (
    b"", b"password=", b"password=%ff%00", b"password=" + b"x" * 9_000, b"&" * 3_000, b"--b\r\n" * 500, b"{}",
    b"password=a&password=b", b"--b\r\nContent-Disposition: form-data; name=password\r\n\r\nx\r\n--b--", b"\xff\xfe",
)  # fmt: skip


@dataclass(frozen=True)
class Donor:
    """Somebody with a link. `asks`: the token of a link that wants a password too."""

    visitor: Visitor
    token: str
    asks: str

    def known(self) -> set[bytes]:
        """Every answer that is a donor's own, byte for byte."""
        asked = [f"{path}?lang={lang}" for path in OWN for lang in ("ar", "fr", "en")]
        answers = [self.visitor.get(path) for path in (*asked, *OWN, *DASHS)]
        assert [answer.status for answer in answers if answer.status not in (200, 204)] == []
        return {answer.body for answer in answers} | {b""}


def attack(donor: Donor, seeds: Sequence[dict[str, Any]], requests: int, seed: int) -> Counter[int]:
    """How often each status came. Raises AssertionError at the first answer that no donor may get."""
    rng, known = random.Random(seed), donor.known()
    found: Counter[int] = Counter()
    for number in range(requests):
        asked, answer = rng.choice(ATTACKS)(donor, seeds, rng)
        # 501 and 505 are the development server's own: it does not know the verb.
        assert answer.status < 500 or answer.status in (501, 505), (seed, number, asked)
        if answer.status == 200 and not asked.startswith(("door", "asset")):
            assert answer.body in known, (seed, number, asked, answer.body[:200])
        found[answer.status] += 1
    assert donor.visitor.get("/healthz").status == 200
    assert donor.known() == known
    return found


Asked = tuple[str, Answer]


def _callback(donor: Donor, seeds: Sequence[dict[str, Any]], rng: random.Random) -> Asked:
    """Management's callbacks, posted to the donor's app and to management's."""
    body, query, headers = spoiled(seeds, rng)
    csrf = {"X_CSRFToken": donor.visitor.cookies.get("_csrf_token", "")}
    own = donor.visitor.own() | {"Content_Type": "application/json"} | csrf
    prefix = rng.choice((PREFIX, PREFIX, "/"))
    answer = donor.visitor.ask("POST", f"{prefix}_dash-update-component{query}", body, **own | headers)
    assert answer.status != 200, body[:500]
    return f"callback {body[:500]!r}", answer


def _query(donor: Donor, seeds: Sequence[dict[str, Any]], rng: random.Random) -> Asked:
    """Another language, another day, another release."""
    path = f"{rng.choice(OWN)}?{'&'.join(rng.choices(QUERIES, k=rng.choice((1, 1, 2))))}"
    return path, donor.visitor.get(path, **rng.choice(HEADERS))


def _path(donor: Donor, seeds: Sequence[dict[str, Any]], rng: random.Random) -> Asked:
    """Detours below and out of the donor's place."""
    path = PREFIX + rng.choice(("/", "", "//")).join(rng.choices(PIECES, k=rng.randint(1, 4)))
    verb = rng.choice(("GET", "GET", "HEAD", "POST", "OPTIONS", "DELETE", "TRACE"))
    return f"{verb} {path}", donor.visitor.ask(verb, path, None, **rng.choice(HEADERS))


def _cookie(donor: Donor, seeds: Sequence[dict[str, Any]], rng: random.Random) -> Asked:
    """A cookie that we have not signed."""
    signed = donor.visitor.cookies["donor"]
    at = rng.randrange(len(signed) - 2)  # the last character holds bits that mean nothing
    other = rng.choice('abcXYZ019-_.%;="\x7f')
    forged = rng.choice((signed[:at], signed[:at] + other + signed[at + 1 :], signed * 2, other, signed[at:]))
    if forged == signed:
        return "own cookie", donor.visitor.get(PREFIX)
    answer = Visitor(donor.visitor.address, {"donor": forged}).get(rng.choice(OWN))
    assert answer.status == 401, forged
    return f"cookie {forged!r}", answer


def _door(donor: Donor, seeds: Sequence[dict[str, Any]], rng: random.Random) -> Asked:
    """A token that was never given, and a password that is none."""
    stranger = Visitor(donor.visitor.address)
    if rng.random() < 0.5:
        at = rng.randrange(len(donor.token) - 1)
        guess = donor.token[:at] + rng.choice("abcXYZ019-_") + donor.token[at + 1 :]
        if guess == donor.token:
            guess = guess[::-1]
        answer = stranger.get(f"{DOOR}{guess}", **rng.choice(HEADERS))
        assert answer.status != 303
        return f"door {guess}", answer
    headers = stranger.own() | {"Content_Type": rng.choice(KINDS)}
    answer = stranger.ask("POST", f"{DOOR}{donor.asks}", rng.choice(BODIES), **headers | rng.choice(HEADERS))
    assert answer.status != 303
    return "door with a password", answer


Attack = Callable[[Donor, Sequence[dict[str, Any]], random.Random], Asked]
ATTACKS: Sequence[Attack] = (_callback, _callback, _query, _path, _cookie, _door)


def summed(found: Mapping[int, int]) -> str:
    """How often each status came, in words."""
    return ", ".join(f"{status}: {count:,}" for status, count in sorted(found.items()))
