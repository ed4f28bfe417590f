"""The brief of a weekly review: one page of A4, made of the review's document alone.

A signed document gives the same bytes on every day. Nobody is on it: women are counts. Decisions and
notes are what was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard import restatement
from dashboard.captions import Caption
from dashboard.figures.waterfall import Line, waterfall_lines
from dashboard.guests import without_codes
from dashboard.indicators import Indicator
from dashboard.programme import Programme
from dashboard.review import Headline as Change
from dashboard.review_figures import Figures, review_figures
from dashboard.schema import DIMENSIONS, UNSPECIFIED
from dashboard.signed_review import SignedReview
from dashboard.tables import Table
from dashboard.text import NONE, Text
from layouts.amounts import distance, spread
from layouts.components import emphasised
from layouts.paper.blocks import Block, Content, Page
from layouts.paper.brief import brief_pdf
from layouts.paper.fall_chart import FallChart, FallRow
from layouts.paper.fitted import Fitted
from layouts.paper.head import FINDING, Head, Headline, spans
from layouts.paper.lines import Span
from layouts.paper.meta import Meta
from layouts.paper.review_flows import FlowsAndNeeds
from layouts.paper.review_lists import Decisions, Notes
from layouts.paper.table_block import TableBlock
from layouts.paper.titled import Titled
from layouts.review_headline import certainty, change_sentence, qualifications
from layouts.review_words import exact, indicator_name

STEPS = 14  # of the waterfall; the rest is added up
WAYS = ((12, 3, 8), (9, 2, 5), (7, 2, 3), (5, 2, 3), (4, 1, 2), (3, 1, 1), (2, 1, 1))
"""Decisions, lines of a text, notes: from as much as a meeting writes to what fits beside the longest waterfall."""


@dataclass(frozen=True)
class Reviewed:
    """A review to be printed. `signed` False: a draft of the one that is open."""

    document: SignedReview
    figures: Figures
    signed: bool
    text: Text
    notes: tuple[str, ...]


def reviewed(
    document: SignedReview, programme: Programme, text: Text, *, signed: bool, guests: bool = False
) -> Reviewed:
    """A review in a language. `programme` is asked for names only by documents older than names.

    `guests` may hold it: texts that may name a woman are left out. The check at its foot stays that of the document.
    """
    told = without_codes(document, text("guests.instead")) if guests else document
    return Reviewed(document, review_figures(told, programme), signed, text, told.notes)


def review_blocks(found: Reviewed) -> list[Content]:
    """The page."""
    figures, text = found.figures, found.text
    above: list[Block] = [_head(found), _headline(figures, text)]
    if figures.headline is not None:
        above.append(_fall(figures, text))
    above.append(FlowsAndNeeds(figures, text))
    notes = found.notes
    ways = [
        (*above, Decisions(figures, most, lines, text), *([Notes(notes, noted, lines, text)] if notes else []))
        for most, lines, noted in WAYS
    ]
    told = [TableBlock(text("review.then_now"), then_and_now(figures, text), text)] if figures.changes else []
    return [Page((Fitted(((*ways[0], *told), *ways)),))]


def then_and_now(figures: Figures, text: Text) -> Table:
    """Every indicator then and now, where the page has room for it."""
    names = ("known", "restated", "now")
    headers = [text("workbook.indicator"), *(text(f"review_paper.{name}") for name in names)]
    headers += [text("paper.interval"), text("review_paper.change")]
    return Table(tuple(headers), tuple(_told(change, text) for change in figures.changes))


def _told(change: restatement.Change, text: Text) -> tuple[str, ...]:
    now, before = change.now, change.known.value
    moved = None if before is None or now.value is None else now.value - before
    cells = (_value(one, text) for one in (change.known, change.restated, now))
    interval = NONE if now.unit == "count" else spread(now.low, now.high, now.unit, text)
    return indicator_name(change.id, text), *cells, interval, distance(moved, now.unit, text)


def _value(found: Indicator, text: Text) -> str:
    said = exact(found, text)
    if found.unit != "rate" or found.value is None:
        return said
    return f"{said} ({text('review.of', k=text.number(found.numerator), n=text.number(found.denominator))})"


def _head(found: Reviewed) -> Head:
    text, figures = found.text, found.figures
    day = text("page.as_of", date=text.date(figures.as_of))
    return Head(
        figures.names.programme[text.lang],
        " · ".join([state_words(found), *since_words(figures, text)]),
        day,
        selection_words(found),
    )


def _headline(figures: Figures, text: Text) -> Headline:
    cautions = [text(f"review.caution.{caution}") for caution in figures.cautions]
    return Headline(tuple(_finding(figures, text)), (*cautions, *_qualified(figures, text)))


def finding_words(figures: Figures, text: Text) -> tuple[str, ...]:
    """The headline and the sentences that qualify it."""
    said = _headline(figures, text)
    return ("".join(span.words for span in said.finding), *said.more)


def _finding(figures: Figures, text: Text) -> list[Span]:
    head, rate, days = figures.headline, figures.insertion, figures.names.window_days
    if head is not None and figures.since is not None:
        return spans(change_sentence(head, figures.since, days, text))
    if rate.value is None:
        return [Span(text("headline.no_closed_window", days=text.number(days)), FINDING)]
    of = text("review.of", k=text.number(rate.numerator), n=text.number(rate.denominator))
    said = text.percent(rate.value, 1)
    return spans(emphasised(text("review_paper.first", rate=said, days=text.number(days), of=of), said))


def _qualified(figures: Figures, text: Text) -> tuple[str, ...]:
    if figures.headline is not None:
        return tuple(qualifications(figures.headline, figures.reference, text))
    certain = certainty(figures.insertion, figures.reference, text)
    return (*((certain,) if certain else ()), text("review_paper.no_comparison"))


def _fall(figures: Figures, text: Text) -> FallChart:
    head, since = figures.headline, figures.since
    if head is None or since is None:
        raise LookupError("there is nothing to compare with")
    of = text("review.of", k=text.number(head.now.numerator), n=text.number(head.now.denominator))
    subtitle = text("review.fall.subtitle", of=of, date=text.date(figures.as_of))
    caption = Caption(text("review.fall.title"), subtitle, "")
    rows = bounded(fall_rows(head, since, figures.as_of, text), text)
    return FallChart(Titled(text("card.fall"), caption), rows, text("review.fall.none"), text)


def fall_rows(head: Change, since: date, as_of: date, text: Text) -> tuple[FallRow, ...]:
    """The waterfall's rows as the page has them, with both sides of the rate."""
    lines = waterfall_lines(head, text.date(since, "day"), text.date(as_of, "day"), text)
    ends = (head.waterfall.start, head.waterfall.end)
    steps = [(text.signed(step.numerator), text.signed(step.denominator)) for step in head.waterfall.steps]
    first, last = ((text.number(end.numerator), text.number(end.denominator)) for end in ends)
    return tuple(FallRow(line, *sides) for line, sides in zip(lines, (first, *steps, last), strict=bool(lines)))


def bounded(rows: tuple[FallRow, ...], text: Text) -> tuple[FallRow, ...]:
    """At most so many rows: the last steps before today's headline become one."""
    if len(rows) <= STEPS:
        return rows
    kept, rest = rows[: STEPS - 2], rows[STEPS - 2 : -1]
    words = text.plural("review_paper.other_steps", len(rest))
    return (*kept, FallRow(Line(words, "", rest[0].line.before, rest[-1].line.after), NONE, NONE), rows[-1])


def state_words(found: Reviewed) -> str:
    """Which review it is, and whether it is signed."""
    text = found.text
    number = text.number(int(found.figures.number))
    return text("review_paper.signed" if found.signed else "review_paper.draft", n=number)


def since_words(figures: Figures, text: Text) -> list[str]:
    """The day that is compared with."""
    return [text("review_paper.since", date=text.date(figures.since))] if figures.since else []


def selection_words(found: Reviewed) -> str:
    """The women chosen, in words; everyone where there is no filter."""
    text, names = found.text, found.figures.names.choices
    chosen = []
    for dimension in DIMENSIONS:
        choices = found.document.basis.filters.get(dimension, ())
        said = [_choice(choice, names.get(dimension, {}).get(choice), text) for choice in choices]
        if said:
            value = text("list.separator").join(said)
            chosen.append(text("figure.pair", name=text(f"filter.{dimension}"), value=value))
    return text("paper.selection", chosen=text("paper.and").join(chosen)) if chosen else text("paper.everyone")


def _choice(choice: str, name: Mapping[str, str] | None, text: Text) -> str:
    if choice == UNSPECIFIED:
        return text("table.unspecified")
    return name[text.lang] if name else text.isolate(choice)


def review_meta(found: Reviewed) -> Meta:
    """What stands at the foot: state, days, versions, filters, and the check of what was signed."""
    text, basis, figures = found.text, found.document.basis, found.figures
    name, day = figures.names.programme[text.lang], text.date(figures.as_of)
    check = [text("review.check", check=text.isolate(found.document.fingerprint[:12]))] if found.signed else []
    return Meta(
        title=text("review_paper.title", programme=name, date=day),
        author=figures.names.operator[text.lang],
        subject=state_words(found),
        as_of=figures.as_of,
        foot=(
            state_words(found),
            text("page.as_of", date=day),
            *since_words(figures, text),
            text("paper.data_version", version=text.isolate(version_words(found))),
            text("definitions.version", version=text.isolate(basis.definition_version)),
            *check,
            selection_words(found) if basis.filters else "",
        ),
    )


def version_words(found: Reviewed) -> str:
    """The version of the data, and a mark of what it says."""
    basis = found.document.basis
    return f"{basis.data_version} ({basis.content_hash[:8]})" if basis.content_hash else str(basis.data_version)


def review_pdf(found: Reviewed) -> bytes:
    """The page as a file. Raises PaperError fonts_missing."""
    return brief_pdf(review_blocks(found), found.text, review_meta(found))
