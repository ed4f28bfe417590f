"""What the donor's page is given."""

from dataclasses import dataclass
from datetime import date

from dashboard.model import Lang
from dashboard.programme import Programme
from dashboard.release import Release
from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Published:
    """A release as it is stored: when it was published, and the short code that its document verifies by.

    `language`: of whoever looks, where the address does not say; None: the programme's.
    """

    release: Release
    published_on: date
    code: str
    language: Lang | None = None


@dataclass(frozen=True, slots=True)
class DonorView:
    """One release in one language; `published` None: nothing has been released yet."""

    programme: Programme
    text: Text
    published: Published | None
    prefix: str = "/donor/"  # under which the donor's app is served
    query: str = ""  # what the address says besides the language, "number=3&"
    preview: bool = False  # management looks at it before it is published
    files: bool = True  # whether there are any

    def address(self, lang: Lang) -> str:
        """The same page in a language."""
        return f"{self.prefix}?{self.query}lang={lang}"

    @property
    def release(self) -> Release:
        """The release. Raises LookupError where there is none."""
        if self.published is None:
            raise LookupError("nothing has been published")
        return self.published.release
