"""The page `/releases`: what would be published next, what has been, and whether a code is one of ours. Plain forms."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Flask, Request, make_response, redirect, request
from werkzeug.wrappers import Response

from callbacks.checked import number_of
from callbacks.donor import donor_html
from callbacks.gate import person
from callbacks.loopback import is_own_page
from callbacks.releasing import Draft, Note, Publisher
from callbacks.roles import Person
from dashboard.disclosure import Refused
from dashboard.model import LANGUAGES, Lang
from dashboard.publishing import StoredRelease
from dashboard.text import Text
from layouts.connect_frame import problem
from layouts.donor.shown import DonorView, Published
from layouts.messages import error_words
from layouts.releases_page import ADDRESS, PREVIEW, refusal_words, releases_html
from layouts.releases_shown import Listed, Verified

LARGEST = 100_000  # bytes of a form
LONGEST = 4_000  # characters of a note
SAFE = ("GET", "HEAD")


def register(
    server: Flask, publisher: Publisher, asset: Callable[[str], str], faults: tuple[type[Exception], ...]
) -> None:
    """Add the page and the preview. `asset` gives the address of a file."""
    page = ReleasesPage(publisher, asset, faults)
    server.add_url_rule(ADDRESS, "releases", page.answer, methods=["GET", "POST"])
    server.add_url_rule(PREVIEW, "releases_preview", page.preview, methods=["GET", "POST"])


class ReleasesPage:
    """Answers the requests of managers."""

    def __init__(self, publisher: Publisher, asset: Callable[[str], str], faults: tuple[type[Exception], ...]) -> None:
        self._publisher = publisher
        self._asset = asset
        self._faults = faults

    def answer(self) -> Response:
        """The page; publishing where the form was sent."""
        who = manager(request)
        if who is None:
            return make_response("", 403)
        text = self._text()
        try:
            if request.method == "POST":
                return self._publish(text, who)
            return self._page(text, self._publisher.draft(asked_day(request.args)))
        except self._faults as error:
            return self._said(text, error)

    def preview(self) -> Response:
        """What a donor will see, or sees of a release that has been published."""
        if manager(request) is None:
            return make_response("", 403)
        text = self._text()
        try:
            view = self._view(text)
        except self._faults as error:
            return self._said(text, error)
        return redirect(f"{ADDRESS}?lang={text.lang}", 303) if view is None else make_response(donor_html(view))

    def _view(self, text: Text) -> DonorView | None:
        programme, number = self._publisher.programme, number_of(request.args.get("number", ""))
        if number is not None:
            stored = next((one for one in self._publisher.published() if one.number == number), None)
            query = f"number={number}&"
            return None if stored is None else DonorView(programme, text, shown(stored), PREVIEW, query, files=False)
        draft = self._publisher.draft(asked_day(request.values), note_of(request))
        if draft.release is None:
            return None
        found = Published(draft.release, self._publisher.today(), "")
        return DonorView(programme, text, found, PREVIEW, f"as_of={draft.as_of.isoformat()}&", preview=True)

    def _publish(self, text: Text, who: Person) -> Response:
        day = asked_day(request.form) or self._publisher.today()
        made = self._publisher.publish(request.form.get("mark", ""), day, note_of(request), who.name)
        if isinstance(made, Refused):
            said = [problem(refusal_words(reason, text)) for reason in made.reasons]
            return self._page(text, self._publisher.draft(day), said, 409)
        return redirect(f"{ADDRESS}?lang={text.lang}&published={made.number}", 303)

    def _page(self, text: Text, draft: Draft, said: list[object] | None = None, status: int = 200) -> Response:
        listed = Listed(
            draft=draft,
            due=self._publisher.due(),
            today=self._publisher.today(),
            published=self._publisher.published(),
            new=request.args.get("published", ""),
            verified=self._verified(),
            note=note_of(request),
        )
        return make_response(releases_html(listed, said or [], text, self._publisher.programme, self._asset), status)

    def _verified(self) -> Verified | None:
        typed = request.args.get("verify", "").strip()[:40]
        if not typed:
            return None
        found = self._publisher.by_code(typed)
        return Verified(typed) if found is None else Verified(typed, found[0], found[1])

    def _said(self, text: Text, error: Exception) -> Response:
        words = error_words(error, text)  # type: ignore[arg-type]
        body = releases_html(None, [problem(words)], text, self._publisher.programme, self._asset)
        return make_response(body, 503)

    def _text(self) -> Text:
        return Text(
            asked_language(request, self._publisher.programme.languages, self._publisher.programme.default_language)
        )


def manager(asked: Request) -> Person | None:
    """Who asks, if it is a manager on our own page; the gate has looked already, and this looks again."""
    who = person()
    if who is None or not who.may("manager"):
        return None
    asked.max_content_length = asked.max_form_memory_size = LARGEST
    return who if asked.method in SAFE or is_own_page(asked) else None


def asked_language(asked: Request, languages: tuple[Lang, ...], default: Lang) -> Lang:
    """The language of the address, else the programme's."""
    return next((lang for lang in languages if lang == asked.args.get("lang", "")), default)


def asked_day(given: Mapping[str, str]) -> date | None:
    """The day that a form or an address names."""
    try:
        return date.fromisoformat(given.get("as_of", ""))
    except ValueError:
        return None


def note_of(asked: Request) -> Note:
    """What management says about a release, by language."""
    return {lang: asked.form.get(f"note_{lang}", "").replace("\r\n", "\n").strip()[:LONGEST] for lang in LANGUAGES}


def shown(stored: StoredRelease) -> Published:
    """A release as the donor's page takes it."""
    return Published(stored.release(), stored.published_at.date(), stored.code)
