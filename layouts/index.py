"""The HTML around the page: language, direction, style sheets and scripts, all from this server."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape

from dashboard.programme import Programme
from dashboard.text import Text
from layouts.places import INDICATORS, OVERVIEW, PAGES, REVIEW, WITH_CHARTS

STYLES = ("vendor/cairo.css", "page.css", "figures.css", "truth.css", "repair.css", "downloads.css", "print.css")
ACROSS = "across.css"  # for the page whose table needs the paper on its side
# The month names must be known before plotly arrives, and page.js before Dash starts.
SCRIPTS = ("plotly-locale.js", "page.js")
# What one page needs beyond that.
MORE_STYLES: Mapping[str, tuple[str, ...]] = {INDICATORS: (ACROSS,), REVIEW: ("review.css", "meeting.css")}
MORE_SCRIPTS: Mapping[str, tuple[str, ...]] = {REVIEW: ("review.js", "meeting.js")}
PLOTLY = "vendor/plotly.min.js"
COMPONENTS = "vendor/components.min.js"  # the few of Dash's components that the pages use, instead of all
# Of Dash's own scripts: React, what the components check their properties with, HTML's elements, the renderer. Not: the
# components that are built into ours, tables, what made up for browsers of before 2018.
DASH_SCRIPT = re.compile(
    r"<script src=[^>]*/(?:react|react-dom|prop-types|dash_html_components|dash_renderer)\b[^>]*></script>"
)
DASH_ANSWERS = ("_dash-dependencies", "_dash-layout")  # what Dash asks for first
FONT = "vendor/fonts/cairo-{subset}.woff2"


def bootstrap(text: Text) -> str:
    """The Bootstrap style sheet of the page's direction."""
    return "vendor/bootstrap.rtl.min.css" if text.rtl else "vendor/bootstrap.min.css"


def font_files(text: Text) -> list[str]:
    """The letters a page begins with. Asked for at once: letters that arrive late would move the page."""
    subsets = ("latin", "arabic") if text.rtl else ("latin",)  # digits are Latin in every language
    return [FONT.format(subset=subset) for subset in subsets]


def preload(address: str) -> str:
    """The line that asks for a font file before its style sheet has come."""
    # By the very address that the style sheet uses, or the browser fetches the file twice.
    plain = address.partition("?")[0]
    return f'<link rel="preload" as="font" type="font/woff2" href="{plain}" crossorigin>'


def head_html(text: Text, title: str, asset: Callable[[str], str], more: Iterable[str] = ()) -> str:
    """What every answer begins with. `title` is escaped already, `asset` gives the address of a file."""
    styles = "".join(f'<link rel="stylesheet" href="{asset(name)}">' for name in (bootstrap(text), *STYLES, *more))
    fonts = "".join(preload(asset(name)) for name in font_files(text))
    return f"""
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#FBF9F5">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{asset("mark.svg")}">
{fonts}{styles}
"""


def index_html(
    text: Text,
    programme: Programme,
    asset: Callable[[str], str],
    parts: Mapping[str, str],
    page: str = OVERVIEW,
    first: str = "",
) -> str:
    """The first response. `asset` gives the address of a file, `parts` are Dash's own config, scripts and renderer.

    `first` is the page in words (layouts.first), which stays until page.js sees that Dash has drawn the same.
    """
    name = {"programme": programme.name[text.lang], "page": text(f"nav.{PAGES[page]}")}
    title = escape(text("page.title", **name) if page == OVERVIEW else text("page.title_of", **name))
    scripts = "".join(f'<script src="{asset(name)}"></script>' for name in (*SCRIPTS, *MORE_SCRIPTS.get(page, ())))
    # Asked for at once, and used when Dash asks: it would do so only after all its scripts have run.
    answers = "".join(f'<link rel="preload" as="fetch" href="/{name}" crossorigin>' for name in DASH_ANSWERS)
    # Deferred: words and tiles do not wait for the charts' library (page.js lets the charts wait for it).
    plotly = f'<script src="{asset(PLOTLY)}" defer id="plotly"></script>' if page in WITH_CHARTS else ""
    return f"""<!DOCTYPE html>
<html lang="{text.lang}" dir="{text.direction}">
<head>{head_html(text, title, asset, MORE_STYLES.get(page, ()))}{scripts}{plotly}{answers}
</head>
<body>
<noscript><p class="opening">{escape(text("page.no_script"))}</p></noscript>
<div id="react-entry-point"></div>
<div id="first">{first}</div>
{parts["config"]}
{"".join(DASH_SCRIPT.findall(parts["scripts"]))}
<script src="{asset(COMPONENTS)}"></script>
{parts["renderer"]}
</body>
</html>"""
