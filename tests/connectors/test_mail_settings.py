"""The settings of the e-mail: off unless set, whole or not at all, each fault one sentence, the password nowhere."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from connectors.mail_settings import MailServer, WeeklyTime, mail_settings
from connectors.settings import settings_from_environment
from connectors.settings_error import SettingsError
from dashboard.programme import LANGUAGES
from dashboard.text import Text

SECRET = "s3cret/of@the:test"
BOTH = ("DASHBOARD_SMTP", "DASHBOARD_MAIL_AT")
GOOD = {
    "DASHBOARD_SMTP": "smtp://eclat:s3cret%2Fof%40the%3Atest@mail.example.org",
    "DASHBOARD_MAIL_FROM": "eclat@example.org",
    "DASHBOARD_MAIL_TO": "Nadia@example.org, samira@example.org; nadia@example.org",
    "DASHBOARD_MAIL_AT": "Mon 07:30",
}


def refused(**changed: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        mail_settings(GOOD | changed)
    return caught.value


def test_it_is_off_unless_something_is_set() -> None:
    assert mail_settings({}) is None
    assert mail_settings(dict.fromkeys(GOOD, "")) is None


def test_all_of_it_is_read() -> None:
    found = mail_settings(GOOD | {"DASHBOARD_MAIL_LANG": "FR"})
    assert found is not None
    assert found.server == MailServer("mail.example.org", 587, "starttls", "eclat", SECRET)
    assert (found.sender, found.recipients) == ("eclat@example.org", ("Nadia@example.org", "samira@example.org"))
    assert (found.at, found.lang) == (WeeklyTime(0, time(7, 30)), "fr")


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://mail.example.org", 587, "starttls"),
        ("smtp://mail.example.org:2525/", 2525, "starttls"),
        ("smtps://mail.example.org", 465, "from_start"),
        ("smtp://127.0.0.1:1025", 1025, "none"),
        ("smtp://[::1]:1025", 1025, "none"),
        ("smtp://localhost", 587, "none"),
        ("smtps://localhost:9", 9, "from_start"),
    ],
)
def test_only_this_computer_is_spoken_to_without_encryption(url: str, port: int, tls: str) -> None:
    found = mail_settings(GOOD | {"DASHBOARD_SMTP": url})
    assert found is not None
    assert (found.server.port, found.server.tls) == (port, tls)


@pytest.mark.parametrize(
    ("changed", "code", "params"),
    [
        (dict.fromkeys(BOTH, ""), "mail_incomplete", ", ".join(BOTH)),
        ({"DASHBOARD_MAIL_TO": " "}, "mail_incomplete", "DASHBOARD_MAIL_TO"),
        *(
            ({"DASHBOARD_SMTP": url}, "mail_server_unreadable", "DASHBOARD_SMTP")
            for url in (
                "mail.example.org", "http://mail.example.org", "smtp://", "smtp://mail.example.org:port",
                "smtp://mail.example.org:99999", f"smtp://{SECRET}", "smtp://eclat@mail.example.org",
                "smtp://mail.example.org/x", "smtp://mail.example.org?tls=no", "smtp://clé:é@mail.example.org",
                "smtp://mail..example.org", f"smtp://{'m' * 64}.example.org", "smtp://courriel-é.example.org",
            )
        ),
        ({"DASHBOARD_MAIL_FROM": "Éclat <eclat@example.org>"}, "mail_address_unreadable", "DASHBOARD_MAIL_FROM"),
        ({"DASHBOARD_MAIL_FROM": "a@example.org,b@example.org"}, "mail_address_unreadable", "DASHBOARD_MAIL_FROM"),
        ({"DASHBOARD_MAIL_TO": "a@example.org, b@localhost"}, "mail_address_unreadable", "DASHBOARD_MAIL_TO"),
        ({"DASHBOARD_MAIL_TO": "a@example.org\r\nBcc: b@example.org"}, "mail_address_unreadable", "DASHBOARD_MAIL_TO"),
        ({"DASHBOARD_MAIL_TO": "a..b@example.org"}, "mail_address_unreadable", "DASHBOARD_MAIL_TO"),
        ({"DASHBOARD_MAIL_TO": ",;"}, "mail_address_unreadable", "DASHBOARD_MAIL_TO"),
        *(
            ({"DASHBOARD_MAIL_AT": at}, "mail_at_unreadable", "DASHBOARD_MAIL_AT")
            for at in ("07:30", "mon", "mon 7h30", "monday 07:30", "mon 24:00", "mon 07:60", "mon ٠٧:٣٠")
        ),
        ({"DASHBOARD_MAIL_LANG": "de"}, "mail_lang_unknown", "DASHBOARD_MAIL_LANG"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_in_one_sentence_and_never_the_password(
    changed: dict[str, str], code: str, params: str
) -> None:
    error = refused(**changed)
    assert (error.code, params) == (code, str(error.params.get("settings") or error.params["setting"]))
    for lang in LANGUAGES:
        said = Text(lang)(f"error.{code}", **{name: str(value) for name, value in error.params.items()})
        assert said.endswith(".") and "{" not in said
        assert "s3cret" not in said and "s3cret" not in repr(error)


def test_the_place_in_the_list_is_said() -> None:
    assert refused(DASHBOARD_MAIL_TO="a@example.org, b@example.org; c@d").params["place"] == 3


def test_a_bad_one_stops_the_start_and_no_repr_holds_the_password(tmp_path: Path) -> None:
    environ = GOOD | {"DASHBOARD_DATA": str(tmp_path)}
    settings = settings_from_environment(environ)
    assert settings.mail is not None and settings.mail.server.password == SECRET
    assert "s3cret" not in repr(settings) + str(settings)
    with pytest.raises(SettingsError):
        settings_from_environment(environ | {"DASHBOARD_MAIL_AT": ""})
    assert settings_from_environment({"DASHBOARD_DATA": str(tmp_path)}).mail is None


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23T07:30", "2026-11-23T07:30"),
        ("2026-11-23T07:29", "2026-11-16T07:30"),
        ("2026-11-29T23:59", "2026-11-23T07:30"),
        ("2027-01-01T00:00", "2026-12-28T07:30"),
    ],
)
def test_the_last_monday_morning_by_the_clock_on_the_wall(now: str, due: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert WeeklyTime(0, time(7, 30)).last(moment) == datetime.fromisoformat(due)
