"""A mail server on this computer that speaks SMTP (RFC 5321), with STARTTLS (3207) and AUTH (4954) if wanted."""

import base64
import binascii
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME = "mail.example.org"  # whom the certificate is made out to


@dataclass
class Letter:
    """What was handed over."""

    sender: str
    recipient: str
    content: bytes
    encrypted: bool
    signed_in: bool

    @property
    def message(self) -> EmailMessage:
        """The same, read by the standard library."""
        return message_from_bytes(self.content, policy=default)


@dataclass
class Manners:
    """How it behaves. `answers` replace its own by the first word of a command; `mute`: hangs up at the end of DATA."""

    account: tuple[str, str] | None = None
    context: ssl.SSLContext | None = None
    from_start: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    mute: bool = False


class _Talk(socketserver.StreamRequestHandler):
    server: "_Server"
    timeout = 20

    def handle(self) -> None:
        self.encrypted = self.signed_in = False
        self.sender = self.recipient = ""
        manners = self.server.manners
        if manners.from_start and not self._encrypt():
            return
        self._say(manners.answers.get("GREETING", f"220 {NAME} ready"))
        while line := self.rfile.readline(4096):
            words = line.decode("ascii", "replace").strip()
            self.server.heard.append(words)
            verb = words.partition(" ")[0].upper()
            if verb in manners.answers:
                self._say(manners.answers[verb])
            elif not getattr(self, f"_{verb.lower()}", self._unknown)(words):
                return

    def finish(self) -> None:
        """The socket that was encrypted is another than the one that the server closes."""
        super().finish()
        self.connection.close()

    def _ehlo(self, words: str) -> bool:
        manners = self.server.manners
        more = ["8BITMIME", "SIZE 10000000"]
        more += ["STARTTLS"] if manners.context and not self.encrypted else []
        more += ["AUTH PLAIN"] if manners.account and (self.encrypted or not manners.context) else []
        lines = [NAME, *more]
        for place, line in enumerate(lines, 1):
            self._say(f"250{' ' if place == len(lines) else '-'}{line}")
        return True

    def _starttls(self, words: str) -> bool:
        self._say("220 go on")
        return self._encrypt()

    def _encrypt(self) -> bool:
        context = self.server.manners.context
        assert context is not None
        try:
            self.connection = context.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, OSError):
            return False
        self.rfile, self.wfile = self.connection.makefile("rb"), cast(Any, self.connection.makefile("wb", 0))
        self.encrypted = True
        return True

    def _auth(self, words: str) -> bool:
        try:
            given = tuple(base64.b64decode(words.split()[2]).decode().split("\0")[1:])
        except (IndexError, binascii.Error):
            given = ()
        self.signed_in = given == self.server.manners.account
        # A server that repeats what it was given: the password must not come through.
        self._say("235 welcome" if self.signed_in else f"535 5.7.8 not accepted: {' '.join(given)} {words.split()[-1]}")
        return True

    def _mail(self, words: str) -> bool:
        if self.server.manners.account and not self.signed_in:
            self._say("530 5.7.0 sign in first")
        else:
            self.sender = words.partition("<")[2].partition(">")[0]
            self._say("250 2.1.0 yes")
        return True

    def _rcpt(self, words: str) -> bool:
        self.recipient = words.partition("<")[2].partition(">")[0]
        refusal = self.server.manners.answers.get(self.recipient)
        self._say(refusal or "250 2.1.5 yes")
        return True

    def _data(self, words: str) -> bool:
        self._say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if not self.server.manners.mute:
            letter = Letter(self.sender, self.recipient, b"".join(lines), self.encrypted, self.signed_in)
            self.server.letters.append(letter)
            self._say(f"250 2.0.0 queued as {len(self.server.letters)}")
        return not self.server.manners.mute

    def _rset(self, words: str) -> bool:
        self._say("250 2.0.0 yes")
        return True

    def _quit(self, words: str) -> bool:
        self._say("221 2.0.0 goodbye")
        return False

    def _unknown(self, words: str) -> bool:
        self._say("502 5.5.1 no")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, manners: Manners) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.manners = manners
        self.letters: list[Letter] = []
        self.heard: list[str] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is none of ours to tell."""


@dataclass
class MailServer:
    """A running server: its port, what it got, what it was told, and how it behaves from now on."""

    port: int
    letters: list[Letter]
    heard: list[str]
    manners: Manners


@contextmanager
def mail_server(**manners: Any) -> Iterator[MailServer]:
    """A server until the end of the block."""
    with _Server(Manners(**manners)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield MailServer(server.server_address[1], server.letters, server.heard, server.manners)
        server.shutdown()
        thread.join()


def certificate(folder: Path, name: str = NAME) -> tuple[Path, ssl.SSLContext]:
    """A certificate for a name, signed by itself: the file that a client may trust, and the server's side."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kept = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, *kept))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context
