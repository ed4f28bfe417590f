"""The brief as a letter: what stands in the mail beside the page that is attached. Counts only, and nobody's code."""

from collections.abc import Sequence
from html import escape

from dashboard.text import Text
from layouts.headline import finding, qualifications
from layouts.names import age_words, times_words
from layouts.paper.head import spans
from layouts.paper.lines import seen
from layouts.paper.meta import data_version
from layouts.places import OVERVIEW, address
from layouts.shown import Shown


def subject(shown: Shown) -> str:
    """The programme and the day."""
    text = shown.text
    return seen(text("mail.subject", programme=shown.programme.name[text.lang], date=text.date(shown.as_of)))


def letter_lines(shown: Shown, dashboard: str | None) -> tuple[str, ...]:
    """Paragraphs: the headline first, then what it rests on. `dashboard`: its public address, without a final slash.

    Raises LookupError where no roster has been counted.
    """
    text = shown.text
    rests = " · ".join(
        (
            times_words(shown.as_of, shown.view.known, text),
            text("paper.data_version", version=text.isolate(data_version(shown))),
            text("definitions.version", version=text.isolate(shown.programme.rules.version)),
        )
    )
    way = [text("mail.open", address=text.isolate(dashboard + address(OVERVIEW, shown.view)))] if dashboard else []
    headline = "".join(span.words for span in spans(finding(shown)))
    return (headline, *qualifications(shown), *_doubts(shown), rests, text("mail.attached"), *way, text("mail.inside"))


def _doubts(shown: Shown) -> list[str]:
    """That the figures are old, or that a newer reading waits for a person."""
    text, feed = shown.text, shown.feed
    said = [text("mail.old", age=age_words(feed.age or 0, text))] if feed.staleness != "fresh" else []
    return [*said, text("mail.held")] if feed.held else said


def plain(lines: Sequence[str]) -> str:
    """A letter of paragraphs for readers of plain text."""
    return "\n\n".join(seen(line) for line in lines) + "\n"


def marked_up(lines: Sequence[str], text: Text) -> str:
    """The same in HTML, which alone has a direction. Nothing in it is loaded from elsewhere."""
    first, *rest = (escape(line) for line in lines)
    body = "".join(f"<p>{line}</p>\n" for line in (f"<strong>{first}</strong>", *rest))
    return f'<!DOCTYPE html>\n<html lang="{text.lang}" dir="{text.direction}">\n<body>\n{body}</body>\n</html>\n'
