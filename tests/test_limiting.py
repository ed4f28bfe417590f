"""Guessing and flooding are slowed down: by address, by person, for as long as the window lasts."""

import pytest
from flask import Flask, request
from limits.storage import MemoryStorage, Storage

from callbacks.limiting import Limiter
from callbacks.roles import Person

WOMAN, OTHER = Person("p-014@example.org", "viewer"), Person("p-015@example.org", "viewer")


class Away(MemoryStorage):
    """A storage that cannot be reached."""

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        raise LookupError


SERVER = Flask("limits")


def knocks(
    limiter: Limiter, method: str, path: str, times: int, who: Person | None = None, address: str = "192.0.2.7"
) -> list[int | None]:
    with SERVER.test_request_context(path, method=method, environ_base={"REMOTE_ADDR": address}):
        return [limiter.wait(request, who) for _ in range(times)]


def knock(
    limiter: Limiter, method: str, path: str, who: Person | None = None, address: str = "192.0.2.7"
) -> int | None:
    return knocks(limiter, method, path, 1, who, address)[0]


@pytest.mark.parametrize(
    ("method", "path", "most"),
    [
        ("POST", "/sign-in", 10),
        ("POST", "/sign-in/", 10),
        ("GET", "/sign-in/google", 30),
        ("GET", "/sign-in/back", 30),
        ("HEAD", "/d/" + "a" * 43, 20),
        ("GET", "/d/" + "b" * 43, 20),
    ],
)
def test_so_many_are_let_through_and_no_more(method: str, path: str, most: int) -> None:
    limiter = Limiter(MemoryStorage())
    assert knocks(limiter, method, path, most) == [None] * most
    wait = knock(limiter, method, path)
    assert wait is not None and 1 <= wait <= 60
    assert knock(limiter, method, path, address="192.0.2.8") is None


def test_another_token_is_another_attempt_of_the_same_guesser() -> None:
    limiter = Limiter(MemoryStorage())
    waits = [knock(limiter, "GET", f"/d/{number:043}") for number in range(21)]
    assert waits[:20] == [None] * 20
    assert waits[20] is not None


def test_a_links_password_is_counted_for_the_link_and_the_address() -> None:
    limiter, link, other = Limiter(MemoryStorage()), "/d/" + "a" * 43, "/d/" + "b" * 43
    assert knocks(limiter, "POST", link, 10) == [None] * 10
    assert knock(limiter, "POST", link) is not None
    assert knock(limiter, "POST", other) is None
    assert knock(limiter, "POST", link, address="192.0.2.8") is None


def test_whoever_tries_many_links_is_held_off() -> None:
    limiter = Limiter(MemoryStorage())
    waits = [knock(limiter, "POST", f"/d/{number:043}") for number in range(21)]
    assert waits[:20] == [None] * 20
    assert waits[20] is not None


def test_many_addresses_together_do_not_guess_a_links_password() -> None:
    """Fifty tries in a quarter of an hour, wherever they come from."""
    limiter, link = Limiter(MemoryStorage()), "/d/" + "a" * 43
    waits = [knock(limiter, "POST", link, address=f"192.0.2.{number}") for number in range(51)]
    assert waits[:50] == [None] * 50
    assert waits[50] is not None and 60 < waits[50] <= 900


def test_callbacks_are_counted_for_each_person() -> None:
    limiter = Limiter(MemoryStorage())
    assert set(knocks(limiter, "POST", "/_dash-update-component", 600, WOMAN)) == {None}
    assert knock(limiter, "POST", "/_dash-update-component", WOMAN) is not None
    assert knock(limiter, "POST", "/_dash-update-component", OTHER) is None


def test_a_subscriber_with_many_addresses_counts_as_one() -> None:
    limiter = Limiter(MemoryStorage())
    waits = [knock(limiter, "POST", "/sign-in", address=f"2001:db8:1:2::{number:x}") for number in range(1, 12)]
    assert waits[-1] is not None
    assert knock(limiter, "POST", "/sign-in", address="2001:db8:1:3::1") is None


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/sign-in"), ("GET", "/pulse"), ("POST", "/x")])
def test_the_rest_has_no_limit(method: str, path: str) -> None:
    limiter = Limiter(MemoryStorage())
    assert set(knocks(limiter, method, path, 700)) == {None}


def test_each_process_counts_for_itself_while_the_store_is_away() -> None:
    storage: Storage = Away()
    limiter = Limiter(storage, (LookupError,))
    waits = knocks(limiter, "POST", "/sign-in", 11)
    assert waits[:10] == [None] * 10
    assert waits[10] is not None


def test_ipv4_addresses_that_a_socket_writes_as_ipv6_are_told_apart() -> None:
    limiter = Limiter(MemoryStorage())
    assert knocks(limiter, "POST", "/sign-in", 11, address="::ffff:192.0.2.7")[10] is not None
    assert knock(limiter, "POST", "/sign-in", address="192.0.2.7") is not None
    assert knock(limiter, "POST", "/sign-in", address="::ffff:192.0.2.8") is None
