"""The ids that callbacks and layouts share. Nothing else names a component."""

LOCATION = "location"
ASKED = "asked"  # the search string the page is asked to show
PAGE = "page"  # its path
SHOWN = "shown"  # what it shows: search, roster version, day, and the filters' choices
AGAIN = "again"  # rises when "read now" or "accept" has been answered
READING = "reading"  # what "read now" is doing, or what came of it
ACCEPT = "accept"  # lets a reading pass that is held back
HELD = "held"  # the content of the reading that the button is about
OFFLINE = "offline"  # shown by page.js while the dashboard does not answer
TICK = "tick"

READ_NOW = "read-now"
AGE = "age"
AS_OF_LINE = "as-of-line"
NOTICES = "notices"
BANNER = "banner"
CHANGED = "changed"  # rises with the roster, its state or the day: what is shown must be counted anew
PLACE_LINK = "place-link"  # {"type": PLACE_LINK, "page": "/data"}
LANGUAGE_LINK = "language-link"  # {"type": LANGUAGE_LINK, "lang": "fr"}

DOWNLOADS = "downloads"  # the links of the menu of files

FILTERS = "filters"
FILTERS_TOGGLE = "filters-toggle"
FILTERS_PANEL = "filters-panel"
FILTERS_COUNT = "filters-count"
FILTER = "filter"  # {"type": FILTER, "dimension": "cohort"}
FILTER_CHOSEN = "filter-chosen"  # {"type": FILTER_CHOSEN, "dimension": "cohort"}
AS_OF = "as-of"
KNOWN = "known"
CLEAR = "clear"

INSTEAD = "instead"  # said in place of the results: loading, error, nobody in the view
RESULTS = "results"
HEADLINE = "headline"
TILES = "tiles"
QUALITY = "quality"
TARGET = "target"
TARGET_MORE = "target-more"
THEMES = "themes"
CONTENT = "content"  # everything a page other than the overview shows
DRAWN = "drawn"  # id of a container -> its HTML; page.js puts it there

FUNNEL = "funnel"
INSERTION = "insertion"
CURVE = "curve"
CARDS = (FUNNEL, INSERTION, CURVE)


def head(card: str) -> str:
    """The heading of a chart card."""
    return f"{card}-head"


def figure(card: str) -> str:
    """The figure of a chart card."""
    return f"{card}-figure"


def twin(card: str) -> str:
    """The table twin of a chart card."""
    return f"{card}-twin"


def definition(indicator: str) -> str:
    """The anchor of an indicator's definition."""
    return f"def-{indicator}"
