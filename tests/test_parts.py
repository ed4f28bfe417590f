"""Only what has changed is sent again."""

from dash import html, no_update

from layouts.parts import Group, Made, digests, fresh


def parts(tile: str = "55", title: str = "path") -> dict[str, object]:
    return {
        "headline": [html.P("55 of 62")],
        "tiles": Group(rate=[html.P(tile)], n=["62"]),
        "heads": Group(funnel=title),
    }


def made(tile: str = "55", title: str = "path") -> Made:
    return Made(parts(tile, title), digests(parts(tile, title)))


def test_what_is_as_it_was_is_not_sent_again() -> None:
    before = digests(parts())
    now = fresh(made(tile="56"), before)
    assert now["headline"] is no_update
    assert now["tiles"]["n"] is no_update
    assert now["heads"] == {"funnel": no_update}
    assert now["tiles"]["rate"][0].children == "56"


def test_the_digests_of_what_is_there_now_come_with_it() -> None:
    now = fresh(made(tile="56"), digests(parts()))
    assert now["parts"] == digests(parts(tile="56"))
    assert set(now["parts"]) == {"headline", "tiles.rate", "tiles.n", "heads.funnel"}
    again = fresh(made(tile="56"), now["parts"])
    assert again["tiles"] == {"rate": no_update, "n": no_update}


def test_nothing_is_known_of_a_page_that_was_just_begun() -> None:
    assert fresh(made(), {})["tiles"]["n"] == ["62"]
