"""What the overview is drawn from, made once per view and state of the data, however often it is asked for."""

from collections.abc import Hashable
from typing import Any

from callbacks.kept import Kept
from dashboard.view import to_search
from layouts.page import folded, in_words, management_page, prepared
from layouts.parts import Made
from layouts.places import OVERVIEW
from layouts.shown import Shown

KEPT = 64  # views kept per process: parts, folded sections and tables, some 150 KB together


class Prepared:
    """The overview's parts, of which first response, layout and every update are made. Safe for threads."""

    def __init__(self) -> None:
        self._kept = Kept(3 * KEPT)

    def parts(self, shown: Shown) -> Made:
        """The overview's parts and their digests; none of another page."""
        if shown.page != OVERVIEW:
            return Made({}, {})
        return self._kept.get(("parts", *_view(shown)), lambda: prepared(shown))

    def page(self, shown: Shown) -> Any:
        """A page's layout."""
        return management_page(shown, self.parts(shown))

    def folded(self, shown: Shown) -> dict[str, str]:
        """The HTML of the overview's folded sections, by the id of their container."""
        return self._kept.get(("folded", *_view(shown)), lambda: folded(shown))

    def in_words(self, shown: Shown) -> dict[str, str]:
        """The HTML that the first response holds beside the components."""
        if shown.page != OVERVIEW:
            return in_words(shown, self.parts(shown))
        return self._kept.get(("words", *_view(shown)), lambda: in_words(shown, self.parts(shown)))


def _view(shown: Shown) -> tuple[Hashable, ...]:
    """All that the parts depend on. The age of the data is none of them: it is told in the header."""
    # The programme itself, not its id: an id may be given anew to what takes its place.
    feed = (shown.pulse, shown.feed.fingerprint, shown.feed.progress)
    past = (shown.past, repr(shown.restated))  # what was known then may itself be erased
    who = shown.may_manage  # managers are invited to what others are not
    return (_Same(shown.programme), to_search(shown.view), shown.today, who, *feed, *past, shown.overview is None)


class _Same:
    """Equal to itself only."""

    def __init__(self, what: object) -> None:
        self._what = what

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._what is other._what

    def __hash__(self) -> int:
        return id(self._what)
