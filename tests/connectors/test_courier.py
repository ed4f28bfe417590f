"""Letters handed to a real server on this computer; what it refuses is one sentence, and the password is in none."""

import logging
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from mail_server import NAME, certificate, mail_server

from connectors.courier import Courier, MailError
from connectors.mail_settings import MailServer
from dashboard.programme import LANGUAGES
from dashboard.text import Text

USER, PASSWORD = "eclat", "s3cret of the test"


def letter(to: str = "nadia@example.org") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "eclat@example.org", to, "إشعاع"
    made.set_content("Line one\n.a line that begins with a dot\n", cte="7bit")
    return made


def on_loopback(port: int, user: str = "", password: str = "") -> Courier:
    return Courier(MailServer("127.0.0.1", port, "none", user, password), patience=5)


def refused(courier: Courier) -> MailError:
    with pytest.raises(MailError) as caught:
        courier.send(letter())
    return caught.value


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The name of the certificate leads to this computer."""
    real = socket.create_connection

    def connect(address: tuple[str, int], *rest: Any, **more: Any) -> socket.socket:
        return real(("127.0.0.1" if address[0] == NAME else address[0], address[1]), *rest, **more)

    monkeypatch.setattr(socket, "create_connection", connect)
    yield


def test_a_letter_arrives_as_it_was_written_and_the_answer_is_told() -> None:
    with mail_server() as server:
        assert on_loopback(server.port).send(letter()) == "250 2.0.0 queued as 1"
        (got,) = server.letters
    assert (got.sender, got.recipient, got.encrypted) == ("eclat@example.org", "nadia@example.org", False)
    assert got.message["Subject"] == "إشعاع"
    assert got.message.get_content().splitlines() == ["Line one", ".a line that begins with a dot"]


@pytest.mark.parametrize("tls", ["starttls", "from_start"])
@pytest.mark.usefixtures("network")
def test_over_a_network_it_is_encrypted_before_anything_is_said(
    tls: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mail_server(context=context, from_start=tls == "from_start", account=(USER, PASSWORD)) as server:
        Courier(MailServer(NAME, server.port, tls, USER, PASSWORD), patience=5).send(letter())
        (got,) = server.letters
    assert got.encrypted and got.signed_in
    assert [words.split()[0].upper() for words in server.heard][:2] == (
        ["EHLO", "STARTTLS"] if tls == "starttls" else ["EHLO", "AUTH"]
    )


@pytest.mark.usefixtures("network")
def test_without_encryption_nothing_is_sent_and_no_password_said() -> None:
    with mail_server(account=(USER, PASSWORD)) as server:
        error = refused(Courier(MailServer(NAME, server.port, "starttls", USER, PASSWORD), patience=5))
        assert [words.split()[0] for words in server.heard if words.split()[0] not in ("ehlo", "QUIT", "quit")] == []
    assert (error.code, error.again) == ("mail_not_supported", False)


@pytest.mark.parametrize("tls", ["starttls", "from_start"])
@pytest.mark.usefixtures("network")
def test_a_certificate_that_nobody_vouches_for_is_not_taken(tls: Any, tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with mail_server(context=context, from_start=tls == "from_start", account=(USER, PASSWORD)) as server:
        error = refused(Courier(MailServer(NAME, server.port, tls, USER, PASSWORD), patience=5))
        assert not [words for words in server.heard if words.upper().startswith(("AUTH", "MAIL"))]
    assert error.code == "mail_not_safe"


@pytest.mark.usefixtures("network")
def test_a_certificate_of_another_name_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted, context = certificate(tmp_path, "other.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mail_server(context=context) as server:
        error = refused(Courier(MailServer(NAME, server.port, "starttls"), patience=5))
    assert error.code == "mail_not_safe"


def test_a_wrong_password_is_told_without_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server(account=(USER, "another")) as server:
        error = refused(on_loopback(server.port, USER, PASSWORD))
    assert (error.code, error.again) == ("mail_sign_in_refused", False)
    assert str(error.params["answer"]).startswith("535 5.7.8 not accepted: eclat …")
    for lang in LANGUAGES:
        said = Text(lang)(f"error.{error.code}", **{name: str(value) for name, value in error.params.items()})
        assert "535" in said and PASSWORD not in said
    assert PASSWORD not in repr(error) + caplog.text
    assert error.__suppress_context__ and "czNjcmV0" not in repr(error)  # nor as it went over, in base64


@pytest.mark.parametrize(
    ("answers", "again", "begins"),
    [
        ({"nadia@example.org": "550 5.1.1 nobody of that name"}, False, "550 5.1.1 nobody of that name"),
        ({"nadia@example.org": "451 4.7.1 later, please"}, True, "451 4.7.1 later, please"),
        ({"MAIL": "553 5.7.1 not from you"}, False, "553"),
        ({"DATA": "552 5.3.4 too long"}, False, "552"),
        ({"GREETING": "554 5.7.1 go away"}, False, "554"),
        ({"GREETING": "421 4.3.2 not now"}, True, "421"),
        ({"nadia@example.org": "550 " + "x" * 3000}, False, "550 xxx"),
        ({"nadia@example.org": "550 \x1b[31mred"}, False, "550 [31mred"),
    ],
)
def test_what_a_server_refuses_is_told_in_its_own_words(answers: dict[str, str], again: bool, begins: str) -> None:
    with mail_server(answers=answers) as server:
        error = refused(on_loopback(server.port))
        assert server.letters == []
    assert (error.code, error.again, error.unsure) == ("mail_refused", again, False)
    answer = str(error.params["answer"])
    assert answer.startswith(begins) and answer.isprintable() and len(answer) <= 160


def test_a_server_that_falls_silent_after_the_letter_may_have_it() -> None:
    with mail_server(mute=True) as server:
        error = refused(on_loopback(server.port))
    assert (error.code, error.again, error.unsure) == ("mail_unsure", False, True)


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # a port that nobody listens on
        error = refused(on_loopback(taken.getsockname()[1]))
    assert (error.code, error.again) == ("mail_unreachable", True)


PLACE = {"host", "port"}
PARAMS = {
    "mail_sign_in_refused": PLACE | {"answer"},
    "mail_refused": PLACE | {"answer"},
    "mail_unsure": PLACE,
    "mail_not_safe": PLACE,
    "mail_not_supported": PLACE,
    "mail_unreachable": PLACE,
    "mail_nothing": set(),
}


@pytest.mark.parametrize("code", PARAMS)
def test_each_fault_has_a_sentence_in_every_language(code: str) -> None:
    said = {Text(lang)(f"error.{code}", **dict.fromkeys(PARAMS[code], "X")) for lang in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in said)
