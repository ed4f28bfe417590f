"""The whole server behind accounts on a list, and what nobody from outside may see of it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from hand_made_release import PROGRAMME, hand_made, stored
from issuer import Issuer
from knocking import Answer, Visitor

from callbacks.links_page import LinksDesk
from callbacks.tokens import password_hash
from connectors.one_time import OneTime
from connectors.settings import Settings
from connectors.store import open_store
from dashboard.publishing import NewLink

TODAY = date(2026, 11, 23)
VIEWER, MANAGER = "p-014@example.org", "p-015@example.org"
# What only management's answers hold: layouts, callbacks, the demo's numbers in words, its cells.
DATA = re.compile(rb'"props"|"inputs"|"response"|dashboard_roster_version|%PDF|^PK|cohort|\b135\b|"pulse"', re.M)
TOKEN = "x" * 43  # the form of a donor's token, and none that was ever given


class Donors:
    """The links to a dashboard, beside it: what a manager does on `/links`."""

    def __init__(self, store_url: str) -> None:
        self._store = open_store(store_url)
        self.desk = LinksDesk(lambda: self._store.links(PROGRAMME.id), lambda: datetime.now(UTC))

    def new(self, *, password: str = "", expires_at: datetime | None = None) -> tuple[int, str]:
        """The number of a new link, and its token."""
        link, path = self.desk.new(NewLink("B.", "en", None, expires_at, password_hash(password)), "me")
        return link.id, path.removeprefix("/d/")

    def token(self, password: str = "") -> str:
        """The token of a new link."""
        return self.new(password=password)[1]

    def close(self) -> None:
        self._store.close()

    def entered(self, visitor: Visitor, token: str = "") -> Visitor:
        """Somebody who has opened a link."""
        assert visitor.get(f"/d/{token or self.token()}").status == 303
        assert visitor.get("/donor/").status == 200
        return visitor


def publish(settings: Settings) -> Donors:
    """Two releases in a dashboard's store."""
    store = open_store(settings.store_url)
    for number in (1, 2):
        store.releases(PROGRAMME.id).publish(stored(hand_made(number)))
    store.close()
    return Donors(settings.store_url)


@dataclass
class Site:
    """The whole server behind accounts on a list."""

    server: Flask
    address: str
    issuer: Issuer
    one_time: OneTime
    donors: Donors
    data: Path  # the dashboard's folder

    def visitor(self) -> Visitor:
        return Visitor(self.address)

    def signed_in(self, name: str) -> Visitor:
        """Somebody with an account, on the way that a browser takes."""
        visitor = self.visitor()
        self.issuer.claims = {"email": name, "email_verified": True}
        away = visitor.get("/sign-in/google").headers["Location"]
        back = Visitor(self.issuer.address).get(f"/authorize?{urlsplit(away).query}").headers["Location"]
        assert visitor.get(f"/sign-in/back?{urlsplit(back).query}").status == 303
        visitor.get("/?lang=en")
        return visitor

    def donor(self, token: str = "") -> Visitor:
        """Somebody with a link."""
        return self.donors.entered(self.visitor(), token)


def assert_nothing(answer: Answer) -> None:
    """Refused, and not a byte of what is inside."""
    assert 300 <= answer.status < 500, answer.status
    assert not DATA.search(answer.body), answer.body[:200]


def routes(server: Flask) -> set[str]:
    catching = ("/<path:path>", "/donor/<path:path>")
    named = {rule.rule.replace("<token>", TOKEN) for rule in server.url_map.iter_rules() if rule.rule not in catching}
    return {re.sub(r"<[^>]*>", "x", rule) for rule in named}
