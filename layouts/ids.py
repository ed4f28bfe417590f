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
TILE_NAMES = (
    *("insertion_90", "enrolled", "in_training", "completed"),
    *("certified", "time_to_insertion", "own_business", "dropout"),
)
PARTS = "parts"  # id of a part of the page -> the digest of what was last sent of it
QUALITY = "quality"
TARGET = "target"
TARGET_MORE = "target-more"
THEMES = "themes"
CONTENT = "content"  # everything a page other than the overview shows
DRAWN = "drawn"  # id of a container -> its HTML, or its figure; page.js puts it there
UNFOLD = "unfold"  # rises when page.js has drawn a view and its folded sections are wanted
FOLDED = "folded"  # as DRAWN, of what is folded

REVIEW_HEAD = "review-head"  # what the review's first step says above its figure
REVIEW_THEN = "review-then"  # and below it
SAID = "said"  # what came of the last thing that the book was asked to keep
# What a form of the review asks the book to keep, and what came of it: a pair for each act.
ACTS = ("decide", "close", "note", "strike", "sign")
FALL = "fall"
TREND = "trend"
MARKS = "review-marks"  # what is marked on the trend, in words

FUNNEL = "funnel"
INSERTION = "insertion"
CURVE = "curve"
CARDS = (FUNNEL, INSERTION, CURVE)


def head(card: str) -> str:
    """The heading of a chart card."""
    return f"{card}-head"


def tile(name: str) -> str:
    """One tile."""
    return f"tile-{name.replace('_', '-')}"


def figure(card: str) -> str:
    """The figure of a chart card."""
    return f"{card}-figure"


def twin(card: str) -> str:
    """The table twin of a chart card."""
    return f"{card}-twin"


def definition(indicator: str) -> str:
    """The anchor of an indicator's definition."""
    return f"def-{indicator}"


def asked_act(act: str) -> str:
    """Holds what a form of the review says."""
    return f"ask-{act}"


def done_act(act: str) -> str:
    """Holds what came of it."""
    return f"done-{act}"


def step_title(number: int) -> str:
    """The heading of a step of the review."""
    return f"step-{number}-title"
