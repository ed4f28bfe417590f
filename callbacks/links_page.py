"""The page `/links`: links for people outside, made, shut and given another address. Plain forms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from flask import Flask, Request, make_response, request
from werkzeug.wrappers import Response

from callbacks.checked import number_of
from callbacks.donor_door import DOOR
from callbacks.releases_page import asked_language, manager
from callbacks.tokens import new_token, password_hash, token_hash
from dashboard.programme import Programme
from dashboard.publishing import Link, NewLink
from dashboard.text import Text
from layouts.connect_frame import problem
from layouts.links_page import Fresh, Links, links_html
from layouts.messages import error_words
from layouts.releases_page import LINKS

LONGEST = 120  # characters of a label
SHORTEST_PASSWORD = 8


class Keeper(Protocol):
    """Where links are kept (connectors.store.links)."""

    def all(self) -> Sequence[Link]:
        """Every link, the newest first."""
        ...

    def new(self, wanted: NewLink, token_hash: str, *, by: str, at: datetime) -> Link:
        """Make a link."""
        ...

    def revoke(self, number: int, *, by: str, at: datetime) -> Link:
        """Shut a link for ever."""
        ...

    def rotate(self, number: int, token_hash: str, *, by: str, at: datetime) -> Link:
        """Give a link another token."""
        ...


class Unusable(ValueError):
    """What was typed makes no link. `key` of the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class LinksDesk:
    """Makes links for the page and the command. The token of a link leaves it once, in an address."""

    def __init__(self, keeper: Callable[[], Keeper], now: Callable[[], datetime]) -> None:
        """`now` gives aware times."""
        self._keeper = keeper
        self._now = now

    def all(self) -> Sequence[Link]:
        """Every link, the newest first."""
        return self._keeper().all()

    def now(self) -> datetime:
        """The moment."""
        return self._now()

    def new(self, wanted: NewLink, by: str) -> tuple[Link, str]:
        """A new link, and the path that opens it."""
        token = new_token()
        return self._keeper().new(wanted, token_hash(token), by=by, at=self._now()), f"{DOOR}{token}"

    def rotate(self, number: int, by: str) -> tuple[Link, str]:
        """A link with another token, and the path that opens it from now on."""
        token = new_token()
        return self._keeper().rotate(number, token_hash(token), by=by, at=self._now()), f"{DOOR}{token}"

    def revoke(self, number: int, by: str) -> Link:
        """A link that opens nothing any more."""
        return self._keeper().revoke(number, by=by, at=self._now())


def wanted_link(given: Mapping[str, str], programme: Programme, now: datetime) -> NewLink:
    """What a form or a command asks for: label, language, shows, until, password. Raises Unusable."""
    label = " ".join(given.get("label", "").split())
    if not label or len(label) > LONGEST:
        raise Unusable("link.label_missing")
    language = next((lang for lang in programme.languages if lang == given.get("language")), programme.default_language)
    password = given.get("password", "")
    if password and len(password) < SHORTEST_PASSWORD:
        raise Unusable("link.password_short")
    end, shows = _end(given.get("until", ""), now), _shown_release(given.get("shows", "").strip())
    return NewLink(label, language, shows, end, password_hash(password))


def _shown_release(told: str) -> int | None:
    """The one release that a link shows; None for the newest, which nobody gets who meant a single one."""
    if told and not number_of(told):
        raise Unusable("link.shows_unreadable")
    return number_of(told)


def _end(until: str, now: datetime) -> datetime | None:
    """The end of the last day, at this place."""
    if not until:
        return None
    try:
        day = date.fromisoformat(until) + timedelta(days=1)
    except ValueError:
        raise Unusable("link.until_unreadable") from None
    end = datetime.combine(day, time(), now.tzinfo or UTC)
    if end <= now:
        raise Unusable("link.until_past")
    return end


def register(
    server: Flask,
    desk: LinksDesk,
    programme: Callable[[], Programme],
    address: str | None,
    asset: Callable[[str], str],
    faults: tuple[type[Exception], ...],
) -> None:
    """Add the page. `address`: the public one, without a final slash; None: whichever the browser used."""

    def answer() -> Response:
        who = manager(request)
        if who is None:
            return make_response("", 403)
        named = programme()
        text = Text(asked_language(request, named.languages, named.default_language))
        fresh, said, status = None, [], 200
        try:
            if request.method == "POST":
                fresh = _change(desk, request, named, who.name, address or request.host_url.rstrip("/"))
        except Unusable as error:
            said, status = [problem(text(error.key))], 400
        except faults as error:
            said, status = [problem(error_words(error, text))], 409  # type: ignore[arg-type]
        try:
            listed = Links(desk.all(), desk.now(), fresh)
        except faults as error:
            listed, said, status = None, [problem(error_words(error, text))], 503  # type: ignore[arg-type]
        return make_response(links_html(listed, said, text, named, asset), status)

    server.add_url_rule(LINKS, "links", answer, methods=["GET", "POST"])


def _change(desk: LinksDesk, asked: Request, programme: Programme, by: str, address: str) -> Fresh | None:
    """Do what the form says; the address of a link that is new."""
    action, number = asked.form.get("action", ""), number_of(asked.form.get("link", ""))
    if action == "new":
        link, path = desk.new(wanted_link(asked.form, programme, desk.now()), by)
    elif action == "rotate" and number is not None:
        link, path = desk.rotate(number, by)
    elif action == "revoke" and number is not None:
        desk.revoke(number, by)
        return None
    else:
        return None
    return Fresh(link, f"{address}{path}")
