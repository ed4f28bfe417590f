"""The pages and their addresses: path and query are the view, on every page."""

from dashboard.view import View, to_search
from layouts import ids

OVERVIEW, INDICATORS, DEFINITIONS, DATA, REPAIR = "/", "/indicators", "/definitions", "/data", "/repair"
REVIEW = "/review"
PAGES: dict[str, str] = {
    OVERVIEW: "overview",
    REVIEW: "review",
    INDICATORS: "indicators",
    DEFINITIONS: "definitions",
    DATA: "data",
    REPAIR: "repair",
}
"""Path -> the name its words are keyed by, in the order of the navigation."""

WHOLE_SHEET = (REPAIR,)  # pages about everyone, whatever the filters
WITH_CHARTS = (OVERVIEW, REVIEW)  # the only pages that need the charts' library


# Counts and horizons that are explained with the indicator they belong to.
DEFINED_BY = {"completed": "completion", "certified": "certification", "applicants": "funnel"} | dict.fromkeys(
    ("retention_3", "retention_6", "retention_12"), "retention"
)


def page_of(path: str) -> str | None:
    """The page at a path, a final slash aside; None if there is none."""
    plain = "/" + path.strip("/")
    return plain if plain in PAGES else None


def address(page: str, view: View, anchor: str = "") -> str:
    """Where a page shows a view; `anchor` is the id of a place on it."""
    return page + to_search(view) + (f"#{anchor}" if anchor else "")


def definition_address(indicator: str, view: View) -> str:
    """Where the definition of an indicator stands."""
    return address(DEFINITIONS, view, ids.definition(DEFINED_BY.get(indicator, indicator)))
