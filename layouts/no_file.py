"""The answer where a file cannot be made: plain HTML in the reader's language, with the reason and the way back."""

from collections.abc import Callable
from html import escape

from dashboard.programme import Programme
from dashboard.text import Text
from layouts.index import head_html
from layouts.messages import error_words
from layouts.places import OVERVIEW, address
from layouts.shown import Shown


def no_file_html(shown: Shown, asset: Callable[[str], str]) -> str:
    """The whole answer. `asset` gives the address of a file of the pages."""
    return said_html(why(shown), shown.text, shown.programme, address(OVERVIEW, shown.view), asset)


def said_html(said: str, text: Text, programme: Programme, back: str, asset: Callable[[str], str]) -> str:
    """The same with any reason, and any address to go back to."""
    name, title = escape(programme.name[text.lang]), escape(text("paper.no_file"))
    way = f'<a href="{escape(back)}">{escape(text("paper.back"))}</a>'
    return f"""<!DOCTYPE html>
<html lang="{text.lang}" dir="{text.direction}">
<head>{head_html(text, f"{title} · {name}", asset)}</head>
<body>
<div class="page"><main class="message"><h1>{title}</h1>
<p class="message-sentence">{escape(said)}</p><p>{way}</p></main></div>
</body>
</html>"""


def why(shown: Shown) -> str:
    """Why there is no file: nobody in the view, a roster that cannot be read, or none that has been read yet."""
    if shown.overview is not None:
        return shown.text("paper.nobody")
    if shown.feed.error is not None:
        return error_words(shown.feed.error, shown.text)
    return shown.text("paper.not_yet")
