"""What the donor's page is given."""

from dataclasses import dataclass
from datetime import date

from dashboard.programme import Programme
from dashboard.release import Release
from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Published:
    """A release as it is stored: when it was published, and the short code that its document verifies by."""

    release: Release
    published_on: date
    code: str


@dataclass(frozen=True, slots=True)
class DonorView:
    """One release in one language; `published` None: nothing has been released yet."""

    programme: Programme
    text: Text
    published: Published | None
    prefix: str = "/donor/"  # under which the donor's app is served
    preview: bool = False  # management looks at it before it is published
