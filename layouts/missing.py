"""The answer to an address that is no page: plain HTML in the reader's language, with the way back."""

from collections.abc import Callable
from html import escape

from dashboard.programme import Programme
from dashboard.text import Text
from dashboard.view import View
from layouts.index import head_html
from layouts.places import PAGES, address


def missing_html(text: Text, programme: Programme, asset: Callable[[str], str], view: View) -> str:
    """The whole answer. It carries no script: there is nothing on it to bring to life."""
    links = "".join(
        f'<li><a href="{escape(address(page, view))}">{escape(text(f"nav.{name}"))}</a></li>'
        for page, name in PAGES.items()
    )
    name = escape(programme.name[text.lang])
    title, sentence, lead = (escape(text(f"missing.{part}")) for part in ("title", "sentence", "lead"))
    return f"""<!DOCTYPE html>
<html lang="{text.lang}" dir="{text.direction}">
<head>{head_html(text, f"{title} · {name}", asset)}</head>
<body>
<div class="page">
<header class="page-header"><div class="brand"><span class="brand-mark" aria-hidden="true"></span>
<p class="brand-name">{name}</p></div></header>
<main class="message"><h1>{title}</h1><p class="message-sentence">{sentence}</p>
<p>{lead}</p><ul class="places-list">{links}</ul></main>
</div>
</body>
</html>"""
