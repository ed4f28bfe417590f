"""What a file is about and where it comes from; it stands on every page of paper and in the workbook."""

from dataclasses import dataclass
from datetime import date

from dashboard.schema import DIMENSIONS
from layouts.names import choice_name, source_name, times_words
from layouts.shown import Shown


class PaperError(Exception):
    """A file could not be made. `code` is the key of a sentence ("error.<code>"), `params` fill it."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Meta:
    """Words about a file. `foot` stands on every page; its sentences are joined there."""

    title: str
    author: str
    subject: str
    as_of: date
    foot: tuple[str, ...]


def meta_of(shown: Shown) -> Meta:
    """As-of date, data version, definition version, selection and source of a view."""
    text, programme = shown.text, shown.programme
    name, day = programme.name[text.lang], text.date(shown.as_of)
    return Meta(
        title=text("paper.title", programme=name, date=day),
        author=programme.operator[text.lang],
        subject=programme.subtitle[text.lang],
        as_of=shown.as_of,
        foot=(
            times_words(shown.as_of, shown.view.known, text),
            text("paper.data_version", version=text.isolate(data_version(shown))),
            text("definitions.version", version=text.isolate(programme.rules.version)),
            selection(shown) if shown.view.filters else "",
            source_words(shown),
        ),
    )


def data_version(shown: Shown) -> str:
    """What the roster said, as a short mark: equal data has an equal one on every machine."""
    return shown.feed.fingerprint or str(shown.feed.version)


def source_words(shown: Shown) -> str:
    """Where the roster comes from."""
    source, text = shown.feed.source, shown.text
    return text("page.source", source=source_name(source, text)) if source else ""


def selection(shown: Shown) -> str:
    """The women chosen, in words; everyone where there is no filter."""
    text, programme = shown.text, shown.programme
    chosen = []
    for dimension in DIMENSIONS:
        names = [choice_name(dimension, choice, programme, text) for choice in shown.view.filters.get(dimension, ())]
        if names:
            listed = text("list.separator").join(names)
            chosen.append(text("figure.pair", name=text(f"filter.{dimension}"), value=listed))
    if not chosen:
        return text("paper.everyone")
    return text("paper.selection", chosen=text("paper.and").join(chosen))
