"""What is published of a programme: the pages and commands of releases and links, and the donor's door and view."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dash import Dash
from flask import Flask

from callbacks import link_command, links_page, release_command, releases_page
from callbacks.donor_door import Behind, DonorDoor
from callbacks.donor_door import Links as Seen
from callbacks.donor_door import Releases as Read
from callbacks.donor_view import open_to_donors
from callbacks.links_page import Keeper, LinksDesk
from callbacks.releasing import Desk, Publisher, Shelf
from dashboard.programme import Lang, Programme
from dashboard.roster import Roster


class Releases(Shelf, Read, Protocol):
    """What has been published."""


class Links(Keeper, Seen, Protocol):
    """The links that there are."""


@dataclass(frozen=True)
class Publication:
    """What publishing needs. `releases()` and `links()` are the programme's own, opened when asked for.

    `keys` sign check codes and donors' cookies; `address` is the dashboard's, without a final slash.
    """

    releases: Callable[[], Releases]
    links: Callable[[], Links]
    programme: Callable[[], Programme]
    now: Callable[[], datetime]  # aware, at this place
    release_key: bytes
    cookie_key: bytes
    faults: tuple[type[Exception], ...]
    signed_at: Callable[[], datetime | None] = lambda: None  # when the last review was signed

    def publisher(self, roster: Callable[[], Roster | None], programme: Callable[[], Programme]) -> Publisher:
        """Makes releases of a roster."""
        return Publisher(Desk(roster, programme, self.releases, self.now, self.signed_at), self.release_key)

    @property
    def desk(self) -> LinksDesk:
        """Makes links."""
        return LinksDesk(self.links, self.now)


def register_pages(
    server: Flask,
    publication: Publication,
    roster: Callable[[], Roster | None],
    asset: Callable[[str], str],
    address: str | None,
    *,
    secure: bool,
) -> tuple[DonorDoor, Dash]:
    """The pages of releases and links, the donor's door, and what lies behind it. `address` is the public one."""
    faults, programme = publication.faults, publication.programme
    releases_page.register(server, publication.publisher(roster, programme), asset, faults)
    links_page.register(server, publication.desk, programme, address, asset, faults)
    behind = Behind(publication.links, publication.releases, faults)
    return open_to_donors(server, behind, programme(), publication.cookie_key, secure=secure)


def register_commands(
    server: Flask,
    publication: Publication,
    open_roster: Callable[[str | None], Roster],
    address: str,
    lang: Lang,
) -> None:
    """The commands `release` and `link`. `address` is where the dashboard is reached, without a final slash."""
    programme = publication.programme()

    def publisher(source: str | None) -> Publisher:
        return publication.publisher(lambda: open_roster(source), lambda: programme)

    release_command.register(server, publisher, lang, publication.faults)
    link_command.register(server, publication.desk, programme, address, lang, publication.faults)
