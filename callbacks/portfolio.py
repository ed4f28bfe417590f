"""The server of the bare host: the page that sums the programmes, one sign-in for all, and what machines ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Flask, after_this_request, jsonify, make_response, request, session
from flask import Response as PlainResponse
from werkzeug.wrappers import Response

from callbacks import health, metrics
from callbacks.asset_files import ASSETS, asset_address
from callbacks.delivery import install_delivery
from callbacks.gate import person
from callbacks.management import remember_language
from callbacks.passes import GO, Passes
from callbacks.roles import LOCAL, ONE_TIME, Person, Role, SignIn
from callbacks.service import Dashboard
from dashboard.model import LANGUAGES, Lang, Words
from dashboard.portfolio import Member, portfolio
from dashboard.programme import Programme
from dashboard.text import Text
from layouts.portfolio_page import PortfolioView, passing_html, portfolio_html, programmes_html
from layouts.shown import Reader


@dataclass(frozen=True)
class Served:
    """One of the programmes. `people` may see it; `address` has no final slash."""

    service: Dashboard
    people: Mapping[str, Role]
    address: str
    passes: Passes


class Portfolio:
    """Answers the requests of the bare host. It stands in for a service wherever a page needs a name."""

    def __init__(self, served: Mapping[str, Served], kind: SignIn, today: Callable[[], date]) -> None:
        """`served` by programme id."""
        self._served = served
        self._kind = kind
        self._today = today

    @property
    def programme(self) -> Programme:
        """A programme in name only: what the pages of all programmes are called."""
        return masthead([one.service.programme for one in self._served.values()])

    def plain(self, lang_search: str) -> Text:
        """The language that a search string asks for."""
        asked = lang_search.removeprefix("?lang=")
        return Text(next((lang for lang in self.programme.languages if lang == asked), self.programme.default_language))

    def page(self) -> Response:
        """The sum, for whoever may see every programme; else the ways to those that one may see."""
        text, who = self._text(), person()
        mine = {name: one for name, one in self._served.items() if may_see(one, who)}
        addresses = {name: one.address for name, one in mine.items()}
        if len(mine) < len(self._served):
            programmes = {name: one.service.programme for name, one in mine.items()}
            body = programmes_html(programmes, addresses, text, self.programme, asset_address, "only_some")
            return make_response(body, 200 if mine else 403)
        found = portfolio(_member(one.service, text.lang) for one in mine.values())
        view = PortfolioView(found, text, self.programme, self._today(), addresses, _reader(who, text))
        after_this_request(remember_language(text))
        return make_response(portfolio_html(view, asset_address))

    def missing(self, text: Text) -> str:
        """The page for an address that is none."""
        return programmes_html({}, {}, text, self.programme, asset_address, "missing")

    def go(self, programme: str) -> Response:
        """Let whoever has signed in here be let in there. A page, as browsers refuse a form that ends elsewhere."""
        text, one = self._text(), self._served.get(programme)
        if one is None:
            return make_response(self.missing(text), 404)
        if not may_see(one, person()):
            return self.page()
        way = request.args.get("way", "")[:64]
        on = one.passes.made(session, way, text.lang) if self._kind != "none" and way else f"{one.address}/"
        answer = make_response(passing_html(on, one.service.programme, text, self.programme, asset_address))
        answer.headers["Refresh"] = f"0; url={on}"
        return answer

    def _text(self) -> Text:
        return self.plain(f"?lang={request.args.get('lang') or request.cookies.get('lang', '')}")


def register(server: Flask, page: Portfolio, *, secure: bool) -> None:
    """Add the page, the way on to a programme, and the files of the pages."""
    server.add_url_rule("/", "portfolio", page.page)
    server.add_url_rule(f"{GO}/<programme>", "go", page.go)
    assets = Blueprint("_dash_assets", __name__, static_folder=str(ASSETS), static_url_path="/assets")
    server.register_blueprint(assets)
    # No script at all: what is written for the pages of a programme has nothing to do here.
    install_delivery(server, lambda _: (), secure=secure)


def watch(
    server: Flask,
    services: Mapping[str, Dashboard],
    families: metrics.Families,
    version: str,
    ping: Callable[[], None],
    faults: tuple[type[Exception], ...],
) -> None:
    """Add what machines ask, for all programmes together."""
    server.add_url_rule(health.HEALTH, "health", lambda: jsonify(status="ok", version=version))
    server.add_url_rule(health.READY, "ready", lambda: ready(services, ping, faults))
    server.add_url_rule(health.ROBOTS, "robots", lambda: PlainResponse(health.NO_ROBOTS, mimetype="text/plain"))
    metrics.add_address(server, families, services)


def ready(services: Mapping[str, Dashboard], ping: Callable[[], None], faults: tuple[type[Exception], ...]) -> Response:
    """200 as long as the store answers and any programme can be relied on: one lost sheet takes down no other."""
    told = {name: health.condition(service) for name, service in services.items()}
    store = health.reached(ping, faults)
    is_ready = store == "reachable" and any(one["staleness"] != "red" for one in told.values())
    answer = jsonify({"status": "ready" if is_ready else "not ready", "store": store, "programmes": told})
    answer.status_code = 200 if is_ready else 503
    return answer


def may_see(one: Served, who: Person | None) -> bool:
    """Whether somebody who has signed in is on the list of a programme. Whoever runs the server sees all."""
    return who is not None and (who == LOCAL or who.name == ONE_TIME or who.name in one.people)


def masthead(programmes: Sequence[Programme]) -> Programme:
    """A programme in name only. Its languages are those that any of them speaks."""
    first = programmes[0]
    operators = {one.operator.fr: one.operator for one in programmes}
    subtitle = first.operator if len(operators) == 1 else Words(ar="", fr="", en="")
    names: dict[Lang, str] = {lang: Text(lang)("portfolio.name") for lang in LANGUAGES}
    spoken = {lang for one in programmes for lang in one.languages}
    languages = tuple(lang for lang in LANGUAGES if lang in spoken)
    return first.model_copy(update={"name": Words(**names), "subtitle": subtitle, "languages": languages})


def _member(service: Dashboard, lang: Lang) -> Member:
    """A programme as its own overview has it today, without waiting for a reading."""
    shown = service.show(f"?lang={lang}", 0)
    feed, counted = shown.feed, shown.overview
    return Member(
        service.programme,
        None if counted is None else counted.whole.indicators,
        feed.age,
        feed.staleness,
        None if feed.error is None else feed.error.code,
        feed.held is not None,
    )


def _reader(who: Person | None, text: Text) -> Reader | None:
    if who is None or who == LOCAL:
        return None
    return Reader(text("sign_in.one_time_name") if who.name == ONE_TIME else who.name, may_manage=False)
