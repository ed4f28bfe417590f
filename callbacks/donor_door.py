"""The donor's door: a link's token is exchanged for a cookie, and the link that it names is looked up at every request.

So revoking, expiry and another token act at once. The token stands in one address only, `/d/<token>`, which leads on
without saying where it came from and is masked in logs (connectors.logs).
"""

import hmac
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from flask import Flask, Request, Response, abort, g, redirect, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from callbacks.asset_files import asset_address
from callbacks.donor import HEADERS, PREFIX, answer
from callbacks.tokens import is_password, token_hash
from dashboard.programme import Lang, Programme
from dashboard.publishing import Link, StoredRelease
from dashboard.text import Text
from layouts.components import Node
from layouts.donor.frame import document, password_page, shut_page, too_many_page, unavailable_page
from layouts.donor.shown import Published

DOOR = "/d/"
# A page that keeps quiet about everything also hides from us that its form is ours; this one hides the path, the token.
FORM_REFERRER = "strict-origin"
MOST_DAYS = 90  # a cookie lasts no longer; the link in the donor's mail makes another
LARGEST = 4_096  # bytes of the form with a password
_PREFIX = 16  # characters of the token's hash that the cookie names
_NO_PERSON = re.compile(
    r"bot|crawl|spider|slurp|preview|externalhit|whatsapp|telegram|slack|discord|skype|teams|linkedin|curl|wget|python"
    r"|headless|monitor|scan|fetch|proxy",
    re.IGNORECASE,
)


class Links(Protocol):
    """The links that there are (connectors.store.links). Every question may raise one of the door's faults."""

    def find(self, number: int) -> Link | None:
        """A link by its id."""
        ...

    def by_token(self, token_hash: str) -> Link | None:
        """The link whose token has a hash."""
        ...

    def seen(self, number: int, at: datetime) -> None:
        """Count a view."""
        ...


class Releases(Protocol):
    """What has been published (connectors.store.releases)."""

    def get(self, number: int | None = None) -> StoredRelease | None:
        """One release, the newest without a number."""
        ...


@dataclass(frozen=True)
class Behind:
    """What lies behind the door: two tables, opened anew for each question."""

    links: Callable[[], Links]
    releases: Callable[[], Releases]
    faults: tuple[type[Exception], ...]


class DonorDoor:
    """Who may come in. `key` signs the cookies; `secure`: browsers reach the dashboard by https."""

    def __init__(
        self,
        behind: Behind,
        programme: Programme,
        key: bytes,
        *,
        secure: bool,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """How often a password may be tried is the gate's to decide (callbacks.limiting)."""
        self._behind = behind
        self._programme = programme
        self._signer = URLSafeSerializer(key, salt="donor link")
        self._secure = secure
        self._now = now
        self._cookie = "__Secure-donor" if secure else "donor"
        self._read: dict[int, Published] = {}  # a release never changes: its document is read once

    def allowed(self, asked: Request) -> bool:
        """Whether the link that a request's cookie names opens something at this moment."""
        g.donor_link = None
        try:
            number, prefix = self._signer.loads(asked.cookies.get(self._cookie, ""))
            found = self._behind.links().find(int(number))
        except (BadSignature, ValueError, TypeError):
            return False
        except self._behind.faults:
            g.donor_unavailable = True
            return False
        if found is None or found.state(self._now()) != "open":
            return False
        if not hmac.compare_digest(found.token_hash[:_PREFIX].encode(), str(prefix).encode()):
            return False
        g.donor_link = found
        return True

    def published(self) -> Published | None:
        """What the link of the current request shows, in its language. Ends the request where it cannot be read."""
        link: Link | None = g.get("donor_link")
        if link is None:
            return None
        try:
            stored = self._behind.releases().get(link.shows)
        except self._behind.faults:
            g.donor_unavailable = True
            abort(503)
        return None if stored is None else self._published(stored, link)

    def _published(self, stored: StoredRelease, link: Link) -> Published:
        read = self._read.get(stored.number)
        if read is None or read.code != stored.code:
            read = Published(stored.release(), stored.published_at.date(), stored.code)
            self._read[stored.number] = read
        return Published(read.release, read.published_on, read.code, link.language)

    def register(self, server: Flask) -> None:
        """Add the door, the words for who is not let in, and the counting of views."""
        server.add_url_rule(f"{DOOR}<token>", "donor_door", self._enter, methods=["GET", "POST"])
        server.after_request(self._explain)
        server.after_request(self._count)

    def _enter(self, token: str) -> AnyResponse:
        """Exchange a token for a cookie, after its password where it has one."""
        request.max_content_length = request.max_form_memory_size = LARGEST
        try:
            found = self._behind.links().by_token(token_hash(token))
        except self._behind.faults:
            return self._page(unavailable_page, "donor.unavailable.title", self._text(), 503)
        if found is None or found.state(self._now()) != "open":
            return self._page(shut_page, "donor.shut.title", self._text(), 404)
        if found.password_hash is not None:
            refused = self._password(found.language, found.password_hash, token)
            if refused is not None:
                return refused
        if request.method == "POST" and _from_itself(request):  # so is the page that it leads to, which is not counted
            self._seen(found, is_person(request, from_itself=True))
        return self._welcome(found)

    def _password(self, lang: Lang, kept: str, token: str) -> Response | None:
        """The form for the password, until it is right."""
        text = Text(lang)

        def ask(wrong: str, status: int) -> Response:
            def page(text: Text, programme: Programme) -> Node:
                return password_page(text, programme, f"{DOOR}{token}", wrong)

            return self._page(page, "donor.password.title", text, status, FORM_REFERRER)

        if request.method != "POST":
            return ask("", 200)
        return None if is_password(kept, request.form.get("password", "")) else ask("donor.password.wrong", 403)

    def _welcome(self, found: Link) -> AnyResponse:
        led = redirect(f"{PREFIX}?lang={found.language}", 303)
        seconds = MOST_DAYS * 86_400
        if found.expires_at is not None:
            seconds = min(seconds, int((found.expires_at - self._now()).total_seconds()))
        value = str(self._signer.dumps([found.id, found.token_hash[:_PREFIX]]))
        led.set_cookie(self._cookie, value, seconds, path=PREFIX, httponly=True, samesite="Lax", secure=self._secure)
        led.headers.update(_quiet())
        return led

    def _page(
        self,
        make: Callable[[Text, Programme], Node],
        title: str,
        text: Text,
        status: int,
        referrer: str = HEADERS["Referrer-Policy"],
    ) -> Response:
        made = answer(document(make(text, self._programme), text, text(title), asset_address, referrer), status)
        made.headers.update([*_quiet(), ("Referrer-Policy", referrer)])
        return made

    def _text(self) -> Text:
        """The language of a stranger's browser, where the programme speaks it."""
        best = request.accept_languages.best_match(self._programme.languages)
        default = self._programme.default_language
        return Text(next((lang for lang in self._programme.languages if lang == best), default))

    def _explain(self, response: Response) -> Response:
        """Say it in words to a person who opens the donor's page and is not let in."""
        away = g.get("donor_unavailable", False)
        ours = request.path.startswith((PREFIX, DOOR)) and not response.data
        many, shut = ours and response.status_code == 429, ours and (away or response.status_code in (401, 403))
        if not request.accept_mimetypes.accept_html or not (many or (shut and request.method == "GET")):
            return response
        make, title = (unavailable_page, "donor.unavailable.title") if away else (shut_page, "donor.shut.title")
        if many:
            make, title = too_many_page, "donor.too_many.title"
        said = self._page(make, title, self._text(), 503 if away else response.status_code)
        said.headers.extend([("Retry-After", value) for value in response.headers.getlist("Retry-After")])
        return said

    def _count(self, response: Response) -> Response:
        """Count a view: the page itself, opened by a person and not from itself."""
        link: Link | None = g.get("donor_link")
        opened = request.path == PREFIX and request.method == "GET" and response.status_code == 200
        if link is not None and opened:
            self._seen(link, is_person(request))
        return response

    def _seen(self, link: Link, by_person: bool) -> None:
        if by_person:
            with suppress(*self._behind.faults):  # the page is there; a view that is not counted harms nobody
                self._behind.links().seen(link.id, self._now())


def is_person(asked: Request, *, from_itself: bool = False) -> bool:
    """Whether a person seems to open a page: no robot, no preview of a link, no language chosen on the page itself.

    `from_itself`: also where it is opened from a page of ours, as the form for a password is.
    """
    agent = asked.headers.get("User-Agent", "")
    ahead = any("prefetch" in asked.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    inside = _from_itself(asked) and not from_itself
    return bool(agent) and not _NO_PERSON.search(agent) and not ahead and not inside


def _from_itself(asked: Request) -> bool:
    return asked.headers.get("Sec-Fetch-Site") == "same-origin"


def _quiet() -> Iterable[tuple[str, str]]:
    return [*HEADERS.items(), ("Cache-Control", "no-store")]
