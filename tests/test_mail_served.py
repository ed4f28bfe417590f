"""Two processes under the real gunicorn, with the settings from the environment: everybody gets the brief once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from gunicorn_server import running, until
from mail_server import mail_server
from test_mail import CODES, HEADER, attached, body

from connectors.mail_settings import DAYS


def test_a_server_of_two_processes_sends_everybody_one_letter(tmp_path: Path) -> None:
    """A real server and its shipped settings; tests/connectors/test_postman.py tries restarts and processes at once."""
    rows = [f"{code};05/01/2026;01/06/2026;01/07/2026;" for code in CODES]
    (tmp_path / "roster.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    due = datetime.now(UTC) - timedelta(hours=1)
    given = {
        "DASHBOARD_SMTP": "smtp://eclat:s3cret%21@127.0.0.1:{port}",
        "DASHBOARD_MAIL_FROM": "eclat@example.org",
        "DASHBOARD_MAIL_TO": "nadia@example.org,samira@example.org",
        "DASHBOARD_MAIL_AT": f"{DAYS[due.weekday()]} {due:%H:%M}",
        "DASHBOARD_MAIL_LANG": "en",
    }
    with mail_server(account=("eclat", "s3cret!")) as post:
        given["DASHBOARD_SMTP"] = given["DASHBOARD_SMTP"].format(port=post.port)
        source = str(tmp_path / "roster.csv")
        with running(tmp_path / "data", TZ="UTC", WEB_CONCURRENCY="2", DASHBOARD_SOURCE=source, **given) as server:  # type: ignore[arg-type]
            until(lambda: server.log.count("was sent") >= 2)
            assert server.ready()["mail_error"] is None
        assert "s3cret" not in server.log
    assert sorted(letter.recipient for letter in post.letters) == ["nadia@example.org", "samira@example.org"]
    letter = post.letters[0].message
    assert body(letter).startswith("40 of 40 women were in work within 90 days")
    assert attached(letter).startswith(b"%PDF")
