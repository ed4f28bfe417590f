"""The answer where a file cannot be made: plain HTML in the reader's language, with the reason and the way back."""

from collections.abc import Callable
from html import escape

from layouts.index import head_html
from layouts.messages import error_words
from layouts.places import OVERVIEW, address
from layouts.shown import Shown


def no_file_html(shown: Shown, asset: Callable[[str], str]) -> str:
    """The whole answer. `asset` gives the address of a file of the pages."""
    text = shown.text
    name, title = escape(shown.programme.name[text.lang]), escape(text("paper.no_file"))
    back = f'<a href="{escape(address(OVERVIEW, shown.view))}">{escape(text("paper.back"))}</a>'
    return f"""<!DOCTYPE html>
<html lang="{text.lang}" dir="{text.direction}">
<head>{head_html(text, f"{title} · {name}", asset)}</head>
<body>
<div class="page"><main class="message"><h1>{title}</h1>
<p class="message-sentence">{escape(why(shown))}</p><p>{back}</p></main></div>
</body>
</html>"""


def why(shown: Shown) -> str:
    """Why there is no file: nobody in the view, a roster that cannot be read, or none that has been read yet."""
    if shown.overview is not None:
        return shown.text("paper.nobody")
    if shown.feed.error is not None:
        return error_words(shown.feed.error, shown.text)
    return shown.text("paper.not_yet")
