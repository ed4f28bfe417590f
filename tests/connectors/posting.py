"""A process that sends what is due when it is told to: `python posting.py <store's address> <port> <moment>`."""

import sys
from datetime import datetime, time
from email.message import EmailMessage

from connectors.mail_settings import MailServer, MailSettings, WeeklyTime
from connectors.postman import Postman
from connectors.store import open_store

EVERYBODY = ("nadia@example.org", "samira@example.org")


def settings(port: int, *recipients: str) -> MailSettings:
    """Mondays at half past seven, through a server on this computer."""
    to = recipients or EVERYBODY
    return MailSettings(MailServer("127.0.0.1", port, "none"), "eclat@example.org", to, WeeklyTime(0, time(7, 30)))


def write(to: str, at: datetime) -> EmailMessage:
    """A letter that says when it was written."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "eclat@example.org", to, at.isoformat()
    made.set_content("The brief")
    return made


def main(url: str, port: str, moment: str) -> None:
    """Say that all is ready, wait for a line, look once."""
    store = open_store(url)
    book, now = store.mailings("eclat"), datetime.fromisoformat(moment)
    postman = Postman(settings(int(port)), lambda: book, write, lambda: True, lambda: now)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    postman.turn()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
