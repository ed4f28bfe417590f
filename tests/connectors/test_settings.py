"""Settings: sensible without any, one clear sentence for a wrong one, a secret kept safe."""

import hashlib
import hmac
import stat
from dataclasses import replace
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

from connectors.settings import Settings, SettingsError, renewed, settings_from_environment
from dashboard.text import Text


def given(tmp_path: Path, **environ: str) -> Settings:
    return settings_from_environment({"DASHBOARD_DATA": str(tmp_path / "data"), **environ})


def test_without_any_setting_the_demo_listens_on_this_machine_only(tmp_path: Path) -> None:
    settings = given(tmp_path)
    assert (settings.source, settings.host, settings.port) == ("demo", "127.0.0.1", 8050)
    assert settings.programme.name == "programme.toml"
    assert settings.credentials is None


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first, second = given(tmp_path), given(tmp_path)
    assert len(first.secret) >= 32
    assert first.secret == second.secret
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600


def test_processes_that_start_together_end_with_one_secret(tmp_path: Path) -> None:
    with ThreadPool(8) as pool:
        secrets = set(pool.map(lambda _: given(tmp_path, **ROSTER).secret, range(8)))
    assert len(secrets) == 1
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["pseudonyms.check", "secret"]


def test_a_given_secret_is_used_and_nothing_is_written_for_the_demo(tmp_path: Path) -> None:
    assert given(tmp_path, DASHBOARD_SECRET="s" * 16).secret == b"s" * 16
    assert not (tmp_path / "data").exists()


def test_history_is_a_file_in_the_data_folder_and_kept_for_ever_unless_said(tmp_path: Path) -> None:
    settings = given(tmp_path)
    assert (settings.store_url, settings.keep_days) == (f"sqlite:///{tmp_path / 'data' / 'history.sqlite3'}", 0)
    other = given(tmp_path, DASHBOARD_STORE="postgresql://eclat@db/history", DASHBOARD_KEEP_DAYS="365")
    assert (other.store_url, other.keep_days) == ("postgresql://eclat@db/history", 365)
    assert refused(tmp_path, DASHBOARD_KEEP_DAYS="a year").params["setting"] == "DASHBOARD_KEEP_DAYS"


def test_data_are_old_after_ten_minutes_and_too_old_after_an_hour_unless_said(tmp_path: Path) -> None:
    usual, patient = given(tmp_path), given(tmp_path, DASHBOARD_STALE_AMBER="90")
    assert [(settings.amber, settings.red) for settings in (usual, patient)] == [(10, 60), (90, 90)]
    said = given(tmp_path, DASHBOARD_STALE_AMBER="2", DASHBOARD_STALE_RED="5")
    assert (said.amber, said.red) == (2, 5)
    early = refused(tmp_path, DASHBOARD_STALE_RED="9")
    assert (early.params["setting"], early.params["low"]) == ("DASHBOARD_STALE_RED", 10)


ROSTER = {"DASHBOARD_SOURCE": "roster.csv"}
FIRST, OTHER = {"DASHBOARD_SECRET": "a" * 24}, {"DASHBOARD_SECRET": "b" * 24}
ROTATED = {"DASHBOARD_SECRET_ROTATED": "yes"}


def refused(tmp_path: Path, **environ: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        given(tmp_path, **environ)
    assert not any(secret in str(caught.value.params) for secret in ("a" * 24, "b" * 24))
    return caught.value


def test_the_check_of_the_secret_is_its_own_hash_and_not_the_secret(tmp_path: Path) -> None:
    given(tmp_path, **ROSTER, **FIRST)
    check = tmp_path / "data" / "pseudonyms.check"
    assert check.read_text() == hmac.new(b"a" * 24, b"these pseudonyms", hashlib.sha256).hexdigest()
    assert stat.S_IMODE(check.stat().st_mode) == 0o600
    assert given(tmp_path, **ROSTER, **FIRST).secret == b"a" * 24


def test_a_changed_secret_is_refused_until_someone_says_it_is_meant(tmp_path: Path) -> None:
    given(tmp_path, **ROSTER, **FIRST)
    error = refused(tmp_path, **ROSTER, **OTHER)
    assert error.code == "secret_changed"
    assert error.params["setting"] == "DASHBOARD_SECRET_ROTATED=yes"
    assert refused(tmp_path, **ROSTER, **OTHER, DASHBOARD_SECRET_ROTATED="no").code == "secret_changed"
    assert given(tmp_path, **ROSTER, **OTHER, **ROTATED).secret == b"b" * 24
    assert given(tmp_path, **ROSTER, **OTHER).secret == b"b" * 24
    assert refused(tmp_path, **ROSTER, **FIRST).code == "secret_changed"


@pytest.mark.parametrize("environ", [{}, ROSTER])
def test_a_missing_secret_is_never_replaced_in_silence(tmp_path: Path, environ: dict[str, str]) -> None:
    before = given(tmp_path, **ROSTER).secret
    secret = tmp_path / "data" / "secret"
    secret.unlink()
    error = refused(tmp_path, **environ)
    assert (error.code, error.params["path"]) == ("secret_missing", str(secret))
    assert not secret.exists()
    assert given(tmp_path, **environ, DASHBOARD_SECRET=before.decode()).secret == before
    after = given(tmp_path, **environ, **ROTATED).secret
    assert after != before
    assert given(tmp_path, **environ).secret == after


def test_a_given_secret_taken_away_is_missed(tmp_path: Path) -> None:
    given(tmp_path, **ROSTER, **FIRST)
    assert refused(tmp_path, **ROSTER).code == "secret_missing"


def test_a_damaged_check_asks_a_person(tmp_path: Path) -> None:
    given(tmp_path, **ROSTER, **FIRST)
    (tmp_path / "data" / "pseudonyms.check").write_bytes(b"\xff")
    assert refused(tmp_path, **ROSTER, **FIRST).code == "secret_changed"


def test_a_secret_tried_with_the_demo_does_not_bind_the_roster(tmp_path: Path) -> None:
    given(tmp_path)
    assert given(tmp_path, **ROSTER, **FIRST).secret == b"a" * 24


def test_a_given_secret_needs_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert given(tmp_path, **ROSTER, **FIRST).secret == b"a" * 24


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({"PORT": "eighty"}, "setting_not_a_number"),
        ({"PORT": "70000"}, "setting_not_a_number"),
        ({"DASHBOARD_REFRESH_SECONDS": "1"}, "setting_not_a_number"),
        ({"DASHBOARD_SECRET": "short"}, "secret_too_short"),
    ],
)
def test_a_wrong_setting_is_named(environ: dict[str, str], code: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        given(tmp_path, **environ)
    assert caught.value.code == code
    assert caught.value.params["setting"] in environ
    assert all(value not in str(caught.value.params) for value in environ.values() if len(value) > 2)


def test_the_source_connected_last_is_used_unless_one_is_set(tmp_path: Path) -> None:
    given(tmp_path)
    (tmp_path / "data" / "source").write_text("roster.xlsx\n", encoding="utf-8")
    settings = given(tmp_path)
    assert (settings.source, settings.source_is_set) == ("roster.xlsx", False)
    settings = given(tmp_path, DASHBOARD_SOURCE="other.xlsx")
    assert (settings.source, settings.source_is_set) == ("other.xlsx", True)
    assert renewed(settings).source == "other.xlsx"


def test_what_the_data_folder_says_now_is_taken_up(tmp_path: Path) -> None:
    before = given(tmp_path)
    assert renewed(before) == before
    (tmp_path / "data" / "source").write_text("roster.xlsx", encoding="utf-8")
    (tmp_path / "data" / "service-account.json").write_text("{}", encoding="utf-8")
    after = renewed(before)
    assert (after.source, after.credentials) == ("roster.xlsx", tmp_path / "data" / "service-account.json")
    started_anew = given(tmp_path)
    assert (before.doors.kind, started_anew.doors.kind) == ("none", "one_time")  # who may come in is decided at start
    assert replace(started_anew, doors=before.doors) == after


def test_a_key_that_is_named_wins_over_the_one_handed_in(tmp_path: Path) -> None:
    given(tmp_path)
    (tmp_path / "data" / "service-account.json").write_text("{}", encoding="utf-8")
    settings = given(tmp_path, GOOGLE_APPLICATION_CREDENTIALS="named.json")
    assert settings.credentials == renewed(settings).credentials == Path("named.json")


def test_a_remembered_source_that_cannot_be_read_is_explained(tmp_path: Path) -> None:
    given(tmp_path)
    (tmp_path / "data" / "source").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError) as caught:
        given(tmp_path)
    assert caught.value.code == "source_not_readable"


def test_a_damaged_secret_is_never_replaced_silently(tmp_path: Path) -> None:
    given(tmp_path)
    (tmp_path / "data" / "secret").write_text("")
    with pytest.raises(SettingsError) as caught:
        given(tmp_path)
    assert caught.value.code == "secret_damaged"


def test_a_data_folder_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(SettingsError) as caught:
        given(tmp_path)
    assert caught.value.code == "data_not_writable"


def test_every_settings_error_has_its_sentence_in_three_languages() -> None:
    samples = {
        "setting_not_a_number": {"setting": "PORT", "low": "1", "high": "9"},
        "secret_too_short": {"setting": "DASHBOARD_SECRET", "characters": "16"},
        "secret_damaged": {"path": "data/secret"},
        "secret_changed": {"path": "data/pseudonyms.check", "setting": "DASHBOARD_SECRET_ROTATED=yes"},
        "secret_missing": {"path": "data/secret", "setting": "DASHBOARD_SECRET_ROTATED=yes"},
        "data_not_writable": {"path": "data", "detail": "Read-only file system"},
        "source_not_readable": {"path": "data/source"},
    }
    for code, params in samples.items():
        for lang in ("ar", "fr", "en"):
            sentence = Text(lang)(f"error.{code}", **params)
            assert all(value in sentence for value in params.values())
