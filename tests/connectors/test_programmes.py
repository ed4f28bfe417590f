"""The settings of several programmes: hosts, folders, sources and roles of each; and what stops the start."""

import stat
from pathlib import Path

import pytest

from connectors.programmes import (
    DRIVE_A_MINUTE,
    LOOKS_A_SECOND,
    Several,
    chosen_from_environment,
    several_from_environment,
)
from connectors.settings import SettingsError
from dashboard.programme import LANGUAGES, ProgrammeError
from dashboard.text import Text

TEXT = (Path(__file__).parents[2] / "programme.toml").read_text("utf-8")


def write(folder: Path, file: str, programme: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / file
    path.write_text(TEXT.replace('id = "eclat"', f'id = "{programme}"', 1), encoding="utf-8")
    return path


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    for name in ("casa", "fes-2"):
        write(tmp_path / "programmes", f"{name}.toml", name)
    return {"DASHBOARD_PROGRAMMES": str(tmp_path / "programmes"), "DASHBOARD_DATA": str(tmp_path / "data")}


def several(environ: dict[str, str], **more: str) -> Several:
    found = several_from_environment(environ | more)
    assert found is not None
    return found


def test_without_a_folder_there_is_one_programme_as_ever() -> None:
    assert several_from_environment({}) is None
    assert several_from_environment({"DASHBOARD_PROGRAMMES": ""}) is None


def test_each_has_a_host_and_a_data_folder_and_all_have_one_secret_history_and_sign_in(
    environ: dict[str, str], tmp_path: Path
) -> None:
    found = several(environ, PORT="8123")
    assert found.host == "localhost"
    assert [member.host for member in found.members] == ["casa.localhost", "fes-2.localhost"]
    casa, fes = (member.settings for member in found.members)
    assert (casa.reached_at, fes.reached_at) == ("http://casa.localhost:8123", "http://fes-2.localhost:8123")
    assert found.settings.reached_at == casa.entered_at == "http://localhost:8123"
    assert (casa.data, fes.data) == (tmp_path / "data" / "casa", tmp_path / "data" / "fes-2")
    assert casa.common == fes.common == found.settings.common == tmp_path / "data"
    assert casa.secret == fes.secret == found.settings.secret
    assert casa.store_url == fes.store_url == f"sqlite:///{tmp_path}/data/history.sqlite3"
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600


def test_behind_a_public_address_the_hosts_are_below_it(environ: dict[str, str]) -> None:
    found = several(environ, DASHBOARD_ADDRESS="https://dashboard.example.org", DASHBOARD_SIGN_IN="one_time")
    assert found.host == "dashboard.example.org"
    casa = found.members[0]
    assert casa.host == "casa.dashboard.example.org"
    assert casa.settings.reached_at == casa.settings.doors.address == "https://casa.dashboard.example.org"
    assert casa.settings.entered_at == "https://dashboard.example.org"
    assert casa.settings.doors.secure


def test_each_has_the_source_that_is_set_else_the_one_chosen_on_its_page_else_the_demo(
    environ: dict[str, str], tmp_path: Path
) -> None:
    for name in ("casa", "fes-2"):
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "source").write_text(f"{name}.xlsx")
    found = several(environ, DASHBOARD_SOURCE_FES_2="other.csv")
    assert [member.settings.source for member in found.members] == ["casa.xlsx", "other.csv"]
    assert [member.settings.source_is_set for member in found.members] == [False, True]
    assert found.settings.doors.kind == "one_time"  # a real roster among them: someone has to sign in


def test_nobody_signs_in_where_all_are_demos(environ: dict[str, str]) -> None:
    assert several(environ).settings.doors.kind == "none"


def test_roles_are_those_for_all_and_the_programmes_own(environ: dict[str, str]) -> None:
    found = several(
        environ,
        DASHBOARD_PEOPLE="all@x.org=viewer, boss@x.org=manager",
        DASHBOARD_MANAGERS_CASA="All@x.org, casa@x.org",
        DASHBOARD_VIEWERS_FES_2="fes@x.org; boss@x.org",
    )
    casa, fes = (dict(member.people) for member in found.members)
    assert casa == {"all@x.org": "manager", "boss@x.org": "manager", "casa@x.org": "manager"}
    assert fes == {"all@x.org": "viewer", "boss@x.org": "manager", "fes@x.org": "viewer"}
    assert set(found.settings.doors.people) == {"all@x.org", "boss@x.org", "casa@x.org", "fes@x.org"}


def test_a_hundred_sheets_are_asked_for_less_often_each(environ: dict[str, str], tmp_path: Path) -> None:
    few = several(environ)
    assert few.poll == 0.5
    many = Several(few.settings, few.host, few.members * 50)
    assert 100 / many.pace * 60 == DRIVE_A_MINUTE
    assert 100 / many.poll == LOOKS_A_SECOND


def test_commands_are_told_which_programme_they_are_for(environ: dict[str, str]) -> None:
    chosen = chosen_from_environment(environ | {"DASHBOARD_PROGRAMME": "fes-2"})
    assert chosen.programme.name == "fes-2.toml"
    by_file = chosen_from_environment(environ | {"DASHBOARD_PROGRAMME": str(chosen.programme)})
    assert by_file == chosen
    with pytest.raises(SettingsError) as caught:
        chosen_from_environment(environ)
    assert caught.value.code == "programme_not_chosen"
    assert caught.value.params["ids"] == "casa, fes-2"


def stops(environ: dict[str, str], **more: str) -> tuple[str, dict[str, str | int]]:
    """Why the start stops; every reason has a sentence in each language."""
    found: SettingsError | ProgrammeError | None = None
    try:
        several_from_environment(environ | more)
    except (SettingsError, ProgrammeError) as error:
        found = error
    assert found is not None
    for lang in LANGUAGES:
        assert Text(lang)(f"error.{found.code}", **{name: str(value) for name, value in found.params.items()})
    return found.code, dict(found.params)


@pytest.mark.parametrize("programme", ["Casa", "fes_2", "-a", "a.b", "", "é", "x" * 64])
def test_an_id_that_is_no_part_of_a_host_stops_the_start(
    environ: dict[str, str], tmp_path: Path, programme: str
) -> None:
    path = write(tmp_path / "programmes", "bad.toml", programme)
    code, params = stops(environ)
    assert (code, params["file"]) == ("programme_id_no_host", str(path))


def test_two_files_with_one_id_stop_the_start(environ: dict[str, str], tmp_path: Path) -> None:
    again = write(tmp_path / "programmes", "once-more.toml", "casa")
    code, params = stops(environ)
    assert (code, params["file"], params["id"]) == ("programme_id_twice", str(again), "casa")


def test_a_file_that_cannot_be_read_is_named(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "programmes" / "broken.toml").write_text("id = ")
    code, params = stops(environ)
    assert code == "programme_not_toml"
    assert str(params["file"]).endswith("broken.toml")


def test_an_empty_or_missing_folder_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        code, params = stops({"DASHBOARD_PROGRAMMES": str(folder)})
        assert (code, params["folder"]) == ("programmes_none", str(folder))


@pytest.mark.parametrize("name", ["DASHBOARD_SOURCE_CAS", "DASHBOARD_VIEWERS_FES", "DASHBOARD_MANAGERS_"])
def test_a_setting_for_a_programme_that_is_not_there_stops_the_start(environ: dict[str, str], name: str) -> None:
    code, params = stops(environ, **{name: "x"})
    assert (code, params["setting"]) == ("setting_of_nobody", name)


def test_a_source_for_all_stops_the_start(environ: dict[str, str]) -> None:
    code, params = stops(environ, DASHBOARD_SOURCE="roster.xlsx")
    assert (code, params["example"]) == ("source_of_all", "DASHBOARD_SOURCE_CASA")


def test_people_that_cannot_be_read_are_told_by_their_setting(environ: dict[str, str]) -> None:
    code, params = stops(environ, DASHBOARD_VIEWERS_CASA="a@x.org, nobody")
    assert (code, params["setting"], params["place"]) == ("people_unreadable", "DASHBOARD_VIEWERS_CASA", 2)
