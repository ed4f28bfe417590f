"""Decisions in programme.toml: comments kept, a copy beside it, replaced at once, and never something that fails."""

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from connectors.base import SourceError
from connectors.programme_file import edited, read_text, write_programme
from dashboard.mapping import Edit
from dashboard.programme import Programme, ProgrammeError
from dashboard.reading.headers import match_header

SHIPPED = read_text(Path(__file__).parents[2] / "programme.toml")
NOW = datetime(2026, 11, 23, 9, 5, 7)


def decided(fields: dict[str, str | None], worksheets: tuple[str, ...] = ("S",)) -> tuple[str, Programme]:
    return edited(SHIPPED, Edit(worksheets, fields), ["S"])


def comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


def test_a_new_header_is_added_and_nothing_else_changes() -> None:
    text, programme = decided({"Matr.": "key"})
    before, after = tomllib.loads(SHIPPED), tomllib.loads(text)
    assert after["sheet"]["headers"]["key"] == [*before["sheet"]["headers"]["key"], "Matr."]
    after["sheet"]["headers"]["key"] = before["sheet"]["headers"]["key"]
    assert after == before
    assert comments(text) == comments(SHIPPED)
    assert len(text.splitlines()) == len(SHIPPED.splitlines())
    assert match_header(["MATR"], programme).fields == {"key": 0}


def test_a_header_that_is_known_already_is_not_written_twice() -> None:
    assert decided({"promotion ": "cohort", "Salaire (DHS)": "wage"})[0] == SHIPPED


def test_a_header_that_means_something_else_here_is_moved() -> None:
    text, programme = decided({"Promo": "track"})
    headers = tomllib.loads(text)["sheet"]["headers"]
    assert "Promo" not in headers["cohort"]
    assert headers["track"][-1] == "Promo"
    assert match_header(["promo"], programme).fields == {"track": 0}


def test_a_personal_header_is_never_read_again_even_if_the_programme_knows_it() -> None:
    text, programme = decided({"الأجرة": None, "Nom": None})
    assert tomllib.loads(text)["sheet"]["never"] == ["الأجرة", "Nom"]
    assert match_header(["الأجره", "Nom"], programme).fields == {}


def test_a_header_that_was_personal_can_be_read_later() -> None:
    personal, _ = decided({"الأجرة": None, "Nom": None})
    text, programme = edited(personal, Edit(("S",), {"الأُجرة": "wage"}), ["S"])
    assert tomllib.loads(text)["sheet"]["never"] == ["Nom"]
    assert match_header(["الأجرة"], programme).fields == {"wage": 0}


def test_a_programme_without_the_list_gets_it_with_its_comment() -> None:
    old = SHIPPED.replace("never = []\n", "")
    text, programme = edited(old, Edit(("S",), {"Nom": None}), ["S"])
    assert programme.sheet.never == ("Nom",)
    (place,) = [number for number, line in enumerate(text.splitlines()) if line.startswith("never = ")]
    assert text.splitlines()[place - 1].startswith("# ")
    assert len(comments(text)) == len(comments(old)) + 1


@pytest.mark.parametrize(
    ("titles", "chosen", "added"),
    [
        (["Feuil1"], ["Feuil1"], []),  # the only one is read anyway
        (["Feuil1", "Feuil2"], ["Feuil2"], ["Feuil2"]),
        (["Feuil1", "Feuil2"], ["Feuil1"], ["Feuil1"]),  # the first one too: it may not stay the first
        (["Promo 1", "Promo 2"], ["Promo 1", "Promo 2"], []),
        (["Promo 1", "Base"], ["Promo 1", "Base"], ["Base"]),
    ],
)
def test_worksheets_are_named_where_they_would_not_be_read(
    titles: list[str], chosen: list[str], added: list[str]
) -> None:
    before = tomllib.loads(SHIPPED)["sheet"]["worksheets"]
    text, _ = edited(SHIPPED, Edit(tuple(chosen), {}), titles)
    assert tomllib.loads(text)["sheet"]["worksheets"] == [*before, *added]


def test_a_worksheet_that_was_not_chosen_is_not_read_because_of_how_it_begins() -> None:
    text, _ = edited(SHIPPED, Edit(("Base",), {}), ["Base", "Promo 1"])
    assert tomllib.loads(text)["sheet"]["worksheets"] == ["Base"]
    with pytest.raises(SourceError) as caught:
        edited(SHIPPED, Edit(("Promo",), {}), ["Promo", "Promo 2"])
    assert (caught.value.code, caught.value.params) == ("worksheets_overlap", {"worksheet": "Promo 2"})


def test_one_header_cannot_mean_two_things() -> None:
    with pytest.raises(SourceError) as caught:
        decided({"Début!": "start_date", "début": "completion_date"})
    assert caught.value.code == "header_conflict"


def test_what_is_not_a_programme_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "programme.toml"
    path.write_text(SHIPPED, encoding="utf-8")
    for broken, code in ((SHIPPED + "\n[sheet", "programme_not_toml"), ("id = 'x'\n", "programme_invalid")):
        with pytest.raises(ProgrammeError) as caught:
            edited(broken, Edit(("S",), {}), ["S"])
        assert caught.value.code == code
        with pytest.raises(ProgrammeError) as caught:
            write_programme(path, broken, NOW)
        assert caught.value.code == code
    assert [file.name for file in tmp_path.iterdir()] == ["programme.toml"]
    assert read_text(path) == SHIPPED


def test_writing_keeps_a_copy_and_the_files_rights(tmp_path: Path) -> None:
    path = tmp_path / "programme.toml"
    path.write_text(SHIPPED, encoding="utf-8")
    path.chmod(0o640)
    text, _ = decided({"Matr.": "key"})
    backup = write_programme(path, text, NOW)
    assert backup == tmp_path / "programme.toml.20261123-090507.bak"
    assert (read_text(path), read_text(backup)) == (text, SHIPPED)
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(file.name for file in tmp_path.iterdir()) == [path.name, backup.name]
    assert write_programme(path, text, NOW) is None


def test_line_ends_and_links_stay_as_they_are(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "programme.toml"
    real.write_bytes(SHIPPED.replace("\n", "\r\n").encode())
    link.symlink_to(real)
    text, _ = edited(read_text(link), Edit(("S",), {"Matr.": "key"}), ["S"])
    write_programme(link, text, NOW)
    assert link.is_symlink()
    assert b'"Matr."]\r\n' in real.read_bytes()
    assert real.read_bytes().count(b"\n") == real.read_bytes().count(b"\r\n")


def test_a_folder_that_cannot_be_written_is_explained_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "programme.toml"
    path.write_text(SHIPPED, encoding="utf-8")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("connectors.programme_file.tempfile.mkstemp", refused)
    with pytest.raises(SourceError) as caught:
        write_programme(path, decided({"Matr.": "key"})[0], NOW)
    assert caught.value.code == "programme_not_writable"
    assert read_text(path) == SHIPPED
