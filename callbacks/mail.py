"""The brief of everyone as an e-mail to one address.

What writes it is imported when the first letter is written: a page does not wait for it.
"""

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from callbacks.kept import Kept
from callbacks.media_types import PDF
from callbacks.paper import brief, file_name
from callbacks.service import Dashboard
from dashboard.programme import Lang
from dashboard.view import View, to_search
from layouts.messages import has_results
from layouts.shown import Shown

WAIT = 60.0  # seconds that a letter waits for a roster: nobody watches it
POLICY = SMTP.clone(cte_type="7bit")  # whatever servers it comes through


class NothingToSendError(LookupError):
    """There is nobody to count, or nothing has been read. `code` is the key of a sentence."""

    code = "mail_nothing"

    def __init__(self) -> None:
        super().__init__(self.code)
        self.params: dict[str, str | int] = {}


class Letters:
    """Writes letters about the roster that is shown."""

    def __init__(self, service: Dashboard, sender: str, lang: Lang | None, dashboard: str | None) -> None:
        """`lang` None: the programme's default; `dashboard`: its public address, without a final slash."""
        self._service = service
        self._sender = sender
        self._lang = lang
        self._dashboard = dashboard
        self._pages = Kept(1)  # everybody gets the same page

    def write(self, to: str, at: datetime) -> EmailMessage:
        """The letter to one address. Raises NothingToSendError, PaperError."""
        from layouts.letter import letter_lines, marked_up, plain, subject

        shown = self._shown()
        text, programme, domain = shown.text, shown.programme, self._sender.partition("@")[2]
        mark = hashlib.sha256(f"{programme.id}\0{at.isoformat()}\0{to}".encode()).hexdigest()[:32]
        letter = EmailMessage(POLICY)
        name = " ".join(programme.name[text.lang].split())
        letter["From"] = Address(name, addr_spec=self._sender)
        letter["To"] = Address(addr_spec=to)
        letter["Subject"] = " ".join(subject(shown).split())
        letter["Date"] = format_datetime(at)
        letter["Message-ID"] = f"<{mark}@{domain}>"
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: out-of-office notes do not answer it
        lines = letter_lines(shown, self._dashboard)
        letter.set_content(plain(lines))
        letter.add_alternative(marked_up(lines, text), subtype="html")
        kind, _, subtype = PDF.partition("/")
        letter.add_attachment(self._page(shown), kind, subtype, filename=file_name(shown, "brief", PDF))
        letter["Content-Language"] = text.lang
        return letter

    def _shown(self) -> Shown:
        """Everyone, today. Numbers that are old are read anew first, if that is possible."""
        search = to_search(View(self._lang or self._service.programme.default_language))
        shown = self._service.show(search, WAIT)
        if shown.feed.staleness != "fresh":
            self._service.read_again(WAIT)
            shown = self._service.show(search, WAIT)
        if not has_results(shown):
            raise NothingToSendError
        return shown

    def _page(self, shown: Shown) -> bytes:
        made: bytes = self._pages.get((shown.feed.edition, shown.as_of, shown.text.lang), lambda: brief(shown))
        return made
