"""The URL is the view: a link opens the same picture, and a wrong one falls back with a notice."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.programme import Programme, load_programme
from dashboard.view import Notice, View, parse_view, to_search

TODAY = date(2026, 11, 23)
CHOICES = {"cohort": ("c1", "c2", "c3"), "track": ("avs", "nursing")}
PROGRAMME = load_programme(Path(__file__).parent.parent / "programme.toml")


@pytest.fixture
def programme() -> Programme:
    return PROGRAMME


def test_a_full_address_becomes_the_view(programme: Programme) -> None:
    search = "?lang=fr&cohort=c2,c1&track=avs&as_of=2026-11-01"
    view, notices = parse_view(search, programme, CHOICES, TODAY)
    assert view == View("fr", date(2026, 11, 1), {"cohort": ("c1", "c2"), "track": ("avs",)})
    assert notices == ()


def test_an_empty_address_is_everyone_today_in_the_programmes_language(programme: Programme) -> None:
    view, notices = parse_view("", programme, CHOICES, TODAY)
    assert view == View(programme.default_language)
    assert notices == ()


@pytest.mark.parametrize(
    ("search", "notice"),
    [
        ("?lang=de", Notice("unknown_language", "lang")),
        ("?as_of=tomorrow", Notice("unreadable_date", "as_of")),
        ("?as_of=2026-11-24", Notice("future_date", "as_of")),
        ("?known=yesterday", Notice("unreadable_date", "known")),
        ("?known=2026-11-24", Notice("future_date", "known")),
        ("?cohort=c9", Notice("unknown_choice", "cohort")),
        ("?" + "&".join(f"a{i}=1" for i in range(60)), Notice("unreadable_address", "?")),
    ],
)
def test_what_cannot_be_used_is_said_and_left_out(search: str, notice: Notice, programme: Programme) -> None:
    view, notices = parse_view(search, programme, CHOICES, TODAY)
    assert notices == (notice,)
    assert view == View(programme.default_language)


def test_the_known_part_of_a_choice_is_kept(programme: Programme) -> None:
    view, notices = parse_view("?cohort=c1,zz", programme, CHOICES, TODAY)
    assert view.filters == {"cohort": ("c1",)}
    assert notices == (Notice("unknown_choice", "cohort"),)


@pytest.mark.parametrize(
    ("as_of", "known", "day"),
    [
        (None, None, TODAY),
        (date(2026, 11, 2), None, date(2026, 11, 2)),
        (None, date(2026, 10, 5), date(2026, 10, 5)),  # what the dashboard showed on that day
        (date(2026, 9, 30), date(2026, 10, 5), date(2026, 9, 30)),
        (date(2026, 11, 2), date(2026, 10, 5), date(2026, 10, 5)),  # nobody knew in October what November brought
    ],
)
def test_the_day_never_lies_beyond_what_was_known(as_of: date | None, known: date | None, day: date) -> None:
    assert View("fr", as_of, known=known).day(TODAY) == day


@given(
    lang=st.sampled_from(["ar", "fr", "en"]),
    as_of=st.none() | st.dates(date(2000, 1, 1), TODAY),
    cohorts=st.sets(st.sampled_from(CHOICES["cohort"])),
    tracks=st.sets(st.sampled_from(CHOICES["track"])),
    known=st.none() | st.dates(date(2000, 1, 1), TODAY),
)
def test_every_view_survives_the_way_through_its_address(
    lang: str, as_of: date | None, cohorts: set[str], tracks: set[str], known: date | None
) -> None:
    chosen = {"cohort": tuple(sorted(cohorts)), "track": tuple(sorted(tracks))}
    view = View(lang, as_of, {key: ids for key, ids in chosen.items() if ids}, known=known)  # type: ignore[arg-type]
    assert parse_view(to_search(view), PROGRAMME, CHOICES, TODAY) == (view, ())


@given(st.text(max_size=200))
def test_no_address_breaks_the_page(search: str) -> None:
    view, _ = parse_view(search, PROGRAMME, CHOICES, TODAY)
    assert view.lang in PROGRAMME.languages
