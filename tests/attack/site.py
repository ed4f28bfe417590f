"""The whole server behind accounts on a list, and what nobody from outside may see of it."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask import Flask
from issuer import Issuer
from knocking import Answer, Visitor

from connectors.one_time import OneTime

TODAY = date(2026, 11, 23)
VIEWER, MANAGER = "p-014@example.org", "p-015@example.org"
# What only management's answers hold: layouts, callbacks, the demo's numbers in words, its cells.
DATA = re.compile(rb'"props"|"inputs"|"response"|dashboard_roster_version|%PDF|^PK|cohort|\b135\b|"pulse"', re.M)
TOKEN = "x" * 43  # the form of a donor's token, and none that was ever given


@dataclass
class Site:
    """The whole server behind accounts on a list."""

    server: Flask
    address: str
    issuer: Issuer
    one_time: OneTime

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


def assert_nothing(answer: Answer) -> None:
    """Refused, and not a byte of what is inside."""
    assert 300 <= answer.status < 500, answer.status
    assert not DATA.search(answer.body), answer.body[:200]


def routes(server: Flask) -> set[str]:
    catching = ("/<path:path>", "/donor/<path:path>")
    named = {rule.rule.replace("<token>", TOKEN) for rule in server.url_map.iter_rules() if rule.rule not in catching}
    return {re.sub(r"<[^>]*>", "x", rule) for rule in named}
