"""The management page's Dash app: callbacks that ask the service and hand its answer to the layouts."""

from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html
from flask import Flask, after_this_request, has_request_context, request
from werkzeug.wrappers import Response

from callbacks import review_page
from callbacks.asset_files import ASSETS
from callbacks.checked import Count, Page, Words, checked
from callbacks.gate import person
from callbacks.lagging import as_drawn, drawn_from, lags, told
from callbacks.payload import Callbacks
from callbacks.prepared import Prepared
from callbacks.roles import LOCAL, ONE_TIME
from callbacks.service import Dashboard
from dashboard.text import Text
from dashboard.view import View
from layouts import ids
from layouts.components import Node
from layouts.filters import filters
from layouts.first import first_html
from layouts.header import age_line, reading_words
from layouts.index import index_html
from layouts.messages import error_words
from layouts.missing import missing_html
from layouts.page import STEADY, drawn, framed, mark, steady_digests
from layouts.parts import fresh
from layouts.places import OVERVIEW, page_of
from layouts.shown import Reader, Shown

LANGUAGE_COOKIE = "lang"
PAGE_READER = "page"  # whom the audit names where there is no gate in front
# Outputs, as a browser names them, of the callbacks that write: whoever may only look must be refused these.
MANAGERS_ONLY = frozenset(f"{ids.done_act(act)}.data" for act in ids.ACTS)
# The same for those whose outputs others write too: what sets them off, as (id, property).
SET_OFF_BY_MANAGERS = frozenset({(ids.HELD, "data")})
FIRST_WAIT, WAIT, PATIENCE = 0.5, 5.0, 20.0  # seconds a request may wait for a reading: page, update, "read now"


class PageApp(Dash):
    """Dash with our own HTML around it, in the language that the address asks for."""

    service: Dashboard
    prepared: Prepared

    def index(self, *args: Any, **kwargs: Any) -> Any:
        """A page, or 404 where there is none: Dash itself would answer every address with its page."""
        if page_of(request.path) is not None:
            return super().index(*args, **kwargs)  # type: ignore[no-untyped-call]
        text = self._text()
        return missing_html(text, self.service.programme, self.asset, View(text.lang)), 404

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        """The first response, per request."""
        text, page = self._text(), page_of(request.path) or OVERVIEW
        after_this_request(remember_language(text))
        return index_html(text, self.service.programme, self.asset, parts, page, self._first(page))

    def _first(self, page: str) -> str:
        """The page as words. Waits for nothing: where no roster is there yet, it says so."""
        shown = seen(self.service.show(asked_search(), 0.0, page))
        return first_html(self.prepared.page(shown), self.prepared.in_words(shown))

    def _text(self) -> Text:
        return self.service.plain(asked_search())

    def asset(self, name: str) -> str:
        """The address of a file of the pages, which changes with its content."""
        path = ASSETS / name
        changed = int(path.stat().st_mtime) if path.exists() else 0
        return f"{self.get_asset_url(name)}?m={changed}"


def asked_search() -> str:
    """What is asked for after the path, as the browser's own scripts would say it."""
    query = request.query_string.decode("utf-8", "replace")
    return f"?{query}" if query else ""


def remember_language(text: Text) -> Any:
    """Keeps the language for the layout's request, for browsers that do not say which page it comes from."""

    def set_cookie(response: Response) -> Response:
        response.set_cookie(LANGUAGE_COOKIE, text.lang, samesite="Lax", httponly=True)
        return response

    return set_cookie


def asked_address() -> tuple[str, str]:
    """The page and the search string whose layout is requested; at least its language where they are not told."""
    with suppress(ValueError):  # a browser may say anything
        if request.referrer:
            address = urlsplit(request.referrer)
            return page_of(address.path) or OVERVIEW, "?" + address.query
    return OVERVIEW, "?lang=" + request.cookies.get(LANGUAGE_COOKIE, "")


def asked_page(service: Dashboard, prepared: Prepared) -> Node:
    """The layout of the page whose browser asks for it."""
    if not has_request_context():
        return html.Div()
    page, search = asked_address()
    return prepared.page(seen(service.show(search, FIRST_WAIT, page)))


def seen(shown: Shown) -> Shown:
    """A view with who looks at it."""
    who = person()
    if who is None or who == LOCAL:
        return shown
    name = shown.text("sign_in.one_time_name") if who.name == ONE_TIME else who.name
    return replace(shown, reader=Reader(name, may_manage=who.may("manager")))


def managers_only(callbacks: Callbacks) -> frozenset[str]:
    """The outputs of the callbacks that managers alone may call."""
    return frozenset(
        output
        for output, callback in callbacks.items()
        if output in MANAGERS_ONLY
        or any((given["id"], given["property"]) in SET_OFF_BY_MANAGERS for given in callback["inputs"])
    )


def by_whom() -> str:
    """Whom the audit names."""
    who = person()
    return PAGE_READER if who is None else who.name


def create_app(server: Flask, service: Dashboard) -> PageApp:
    """The management page on a server."""
    app = PageApp(
        "management",
        server=server,  # type: ignore[arg-type]
        assets_folder=str(ASSETS),
        assets_ignore=".*",  # the index names what it needs
        use_pages=False,
        pages_folder="",
        update_title=None,  # type: ignore[arg-type]
        # The layout depends on the request; that every id exists is held by a test instead.
        suppress_callback_exceptions=True,
        enable_mcp=False,
    )
    app.service, app.prepared = service, Prepared()
    app.layout = lambda: asked_page(service, app.prepared)
    register(app, service, app.prepared)
    review_page.register(app, service, by_whom)
    settle(app)
    return app


def settle(app: Dash) -> None:
    """Let Dash get ready now, not with its first request.

    A browser's first six requests come at once, each to its own thread. Dash notes that it is ready before it is: all
    but the first would find no script registered (status 500) and the page would stay empty.
    """
    app._setup_server()  # type: ignore[no-untyped-call]  # Dash 4 has no public name for it


def register(app: Dash, service: Dashboard, prepared: Prepared) -> None:
    """Add the pages' callbacks. Dash never calls one whose outputs are all on another page."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("management", "sync"), *SYNC
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("management", "draw"), Input(ids.DRAWN, "data")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("management", "drawFolded"), Input(ids.FOLDED, "data"), prevent_initial_call=True
    )

    @app.callback(
        Output(ids.AGAIN, "data"),
        Output(ids.READING, "children"),
        Input(ids.READ_NOW, "n_clicks"),
        State(ids.ASKED, "data"),
        running=[(Output(ids.READ_NOW, "className"), "read-now reading", "read-now")],
        prevent_initial_call=True,
    )
    @checked
    def read_now(clicks: Count, asked: Words | None) -> tuple[int, str]:
        return clicks, reading_words(service.read_again(PATIENCE), service.plain(asked or ""))

    @app.callback(
        Output(ids.AGAIN, "data", allow_duplicate=True),
        Output(ids.READING, "children", allow_duplicate=True),
        Input(ids.HELD, "data"),
        State(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    @checked
    def accept(content: Words, asked: Words | None) -> tuple[str, str]:
        text, fault = service.plain(asked or ""), service.accept(content, by=by_whom())
        told = reading_words(service.read_again(PATIENCE), text) if fault is None else error_words(fault, text)
        return content, told

    @app.callback(output=SHOW, inputs=INPUTS, state=SHOW_STATE, prevent_initial_call=True)
    @checked
    def show(
        asked: Words | None,
        tick: Count | None,
        again: Any,
        page: Page,
        before: dict[str, Any],
        parts: dict[str, Any],
    ) -> dict[str, Any]:
        shown = seen(service.show(asked or "", WAIT, page))
        if lags(shown, before):
            return unchanged()
        told(shown)
        if mark(shown) == before:
            return unchanged() | {"age": age_line(shown)}
        same_choices = mark(shown)["choices"] == before.get("choices")
        found = framed(shown) | {"filters": dash.no_update if same_choices else filters(shown)}
        found |= {"changed": dash.no_update} if found["changed"] == as_drawn(before) else {}
        made, steady = prepared.parts(shown), steady_digests(found)
        same = [name for name in STEADY if steady[f"frame.{name}"] == parts.get(f"frame.{name}")]
        found |= dict.fromkeys(same, dash.no_update)
        results = fresh(made, parts) if page == OVERVIEW else drawn(shown)
        return found | {"parts": made.digests | steady, "drawn": results}

    @app.callback(
        Output(ids.FOLDED, "data"),
        Input(ids.UNFOLD, "data"),
        State(ids.ASKED, "data"),
        State(ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    @checked
    def show_folded(unfold: Any, asked: Words | None, changed: Any) -> dict[str, str]:
        shown = seen(service.show(asked or "", WAIT))
        drawn_from(shown, changed)
        return prepared.folded(shown)


FILTER = {"type": ids.FILTER, "dimension": ALL}
SYNC = (
    Output(ids.LOCATION, "search"),
    Output(FILTER, "value"),
    Output(ids.AS_OF, "options"),
    Output(ids.AS_OF, "value"),
    Output(ids.KNOWN, "value"),
    Output({"type": ids.FILTER_CHOSEN, "dimension": ALL}, "children"),
    Output(ids.FILTERS_COUNT, "children"),
    Output(ids.CLEAR, "hidden"),
    Output({"type": ids.LANGUAGE_LINK, "lang": ALL}, "href"),
    Output({"type": ids.PLACE_LINK, "page": ALL}, "href"),
    Output(ids.ASKED, "data"),
    Input(ids.LOCATION, "search"),
    Input(FILTER, "value"),
    Input(ids.AS_OF, "value"),
    Input(ids.KNOWN, "value"),
    Input(ids.CLEAR, "n_clicks"),
    State(FILTER, "id"),
    State(FILTER, "options"),
    State(ids.AS_OF, "options"),
    State(ids.KNOWN, "options"),
    State({"type": ids.LANGUAGE_LINK, "lang": ALL}, "id"),
    State({"type": ids.PLACE_LINK, "page": ALL}, "id"),
    State(ids.ASKED, "data"),
)
INPUTS = {
    "asked": Input(ids.ASKED, "data"),
    "tick": Input(ids.TICK, "n_intervals"),
    "again": Input(ids.AGAIN, "data"),
}
PAGE = State(ids.PAGE, "data")
SHOW_STATE = {
    "page": PAGE,
    "before": State(ids.SHOWN, "data"),
    "parts": State(ids.PARTS, "data"),
}
SHOW: dict[str, Any] = {
    "age": Output(ids.AGE, "children"),
    "as_of": Output(ids.AS_OF_LINE, "children"),
    "downloads": Output(ids.DOWNLOADS, "children"),
    "notices": Output(ids.NOTICES, "children"),
    "banner": Output(ids.BANNER, "children"),
    "instead": Output(ids.INSTEAD, "children"),
    "hidden": Output(ids.RESULTS, "hidden"),
    "pace": Output(ids.TICK, "interval"),
    "filters": Output(ids.FILTERS, "children"),
    "shown": Output(ids.SHOWN, "data"),
    "changed": Output(ids.CHANGED, "data"),
    "parts": Output(ids.PARTS, "data"),
    "drawn": Output(ids.DRAWN, "data"),
}


def unchanged() -> dict[str, Any]:
    """No update for any output."""
    return dict.fromkeys(SHOW, dash.no_update)
