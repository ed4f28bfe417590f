"""Only what has changed is sent again."""

from layouts.parts import Made, digests, fresh


def made(tile: str = "55", height: int = 300) -> Made:
    parts = {"headline": "<p>55 of 62</p>", "tile-rate": tile, "path": {"data": [], "layout": {"height": height}}}
    return Made(parts, digests(parts))  # type: ignore[arg-type]


def test_what_is_as_it_was_is_not_sent_again() -> None:
    before = made().digests
    assert fresh(made(), before) == {}
    assert fresh(made(tile="56"), before) == {"tile-rate": "56"}
    assert fresh(made(height=301), before) == {"path": {"data": [], "layout": {"height": 301}}}


def test_nothing_is_known_of_a_page_that_was_just_begun() -> None:
    assert fresh(made(), {}) == made().parts


def test_words_and_figures_are_told_apart() -> None:
    assert set(made().words) == {"headline", "tile-rate"}
    assert set(made().figures) == {"path"}
