"""Hands one letter to a mail server, and says in one sentence why it was not taken. The password stays here."""

import base64
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from typing import Any

from connectors.mail_settings import MailServer

PATIENCE = 30.0  # seconds for each answer of the server
_LONGEST = 160  # of what a server answers, in letters


class MailError(Exception):
    """A letter was not sent. `code` is the key of a sentence ("error.<code>"), `params` fill it; no password.

    `again`: another try may go better. `unsure`: the server may have taken it all the same.
    """

    def __init__(self, code: str, *, again: bool = False, unsure: bool = False, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
        self.again = again
        self.unsure = unsure


class _Talk(smtplib.SMTP):
    """A conversation that remembers whether the letter was under way, and what the server answered to it."""

    answer = ""
    under_way = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand over the letter."""
        self.under_way = True
        code, said = super().data(msg)
        self.under_way, self.answer = False, _line(code, said)
        return code, said


class _SafeTalk(_Talk, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class Courier:
    """Speaks with one server. May be used from any thread: each letter has a connection of its own."""

    def __init__(self, server: MailServer, patience: float = PATIENCE) -> None:
        self._server = server
        self._patience = patience

    def send(self, letter: EmailMessage) -> str:
        """Send to the one address in its To; what the server answered. Raises MailError."""
        talk: _Talk | None = None
        try:
            talk = self._connected()
            self._enter(talk)
            talk.send_message(letter)
        except (smtplib.SMTPException, OSError) as error:  # cut off: it quotes what was said
            raise self._told(error, under_way=talk is not None and talk.under_way) from None
        finally:
            if talk is not None:
                _part(talk)
        return self._without_secret(talk.answer)

    def _connected(self) -> _Talk:
        server, context = self._server, ssl.create_default_context()
        if server.tls == "from_start":
            return _SafeTalk(server.host, server.port, timeout=self._patience, context=context)
        return _Talk(server.host, server.port, timeout=self._patience)

    def _enter(self, talk: _Talk) -> None:
        """Encrypt as the settings say, and say who we are. Never a password in the open over a network."""
        if self._server.tls == "starttls":
            talk.starttls(context=ssl.create_default_context())
        talk.ehlo_or_helo_if_needed()
        if self._server.user:
            talk.login(self._server.user, self._server.password)

    def _told(self, error: Exception, *, under_way: bool) -> MailError:
        place: dict[str, Any] = {"host": self._server.host, "port": self._server.port}
        refused = _refusal(error)
        if refused:
            signing_in = isinstance(error, smtplib.SMTPAuthenticationError)
            code, answer = "mail_sign_in_refused" if signing_in else "mail_refused", self._without_secret(refused)
            return MailError(code, again=refused.startswith("4"), answer=answer, **place)
        if under_way:
            return MailError("mail_unsure", unsure=True, **place)
        if isinstance(error, ssl.SSLError):
            return MailError("mail_not_safe", **place)
        if isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected):
            return MailError("mail_not_supported", **place)
        return MailError("mail_unreachable", again=True, **place)

    def _without_secret(self, words: str) -> str:
        """An answer without the password, should a server repeat it, in whatever form it went over."""
        user, password = self._server.user, self._server.password
        plain = (password, f"\0{user}\0{password}", f"{user}\0{password}")
        for secret in (*plain, *(base64.b64encode(each.encode()).decode() for each in plain)):
            words = words.replace(secret, "…") if password else words
        return words[:_LONGEST]


def _part(talk: _Talk) -> None:
    """Say goodbye where somebody listens; what was taken stays taken."""
    with suppress(smtplib.SMTPException, OSError):
        talk.quit()
    talk.close()


def _refusal(error: Exception) -> str:
    """What a server said where it refused something; empty where it said nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (0, b""))
        return _line(code, said)
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0:
        return _line(error.smtp_code, error.smtp_error)
    return ""


def _line(code: int, said: bytes | str) -> str:
    """A server's answer on one line, of letters that a terminal shows."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    printable = "".join(sign if sign.isprintable() else " " for sign in words)
    return f"{code} {' '.join(printable.split())}".strip()
