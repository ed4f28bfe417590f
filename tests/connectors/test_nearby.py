"""Files at hand by name and day alone, and paths as people paste them."""

import os
from pathlib import Path

import pytest

from connectors.nearby import MOST, as_path, files_nearby


def put(path: Path, changed: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    os.utime(path, (changed, changed))
    return path


def test_the_newest_spreadsheets_of_the_usual_folders_come_first(tmp_path: Path) -> None:
    old = put(tmp_path / "Documents" / "old.xlsx", 100)
    cloud = put(tmp_path / "OneDrive - Association" / "Documents" / "suivi.csv", 300)
    new = put(tmp_path / "التنزيلات" / "لائحة.XLSX", 400)
    for other in ("~$open.xlsx", ".hidden.xlsx", "letter.docx", "photo.png"):
        put(tmp_path / "Documents" / other, 500)
    put(tmp_path / "elsewhere.xlsx", 600)
    put(tmp_path / "Documents" / "folder" / "deep.xlsx", 600)
    (tmp_path / "Desktop" / "a folder.xlsx").mkdir(parents=True)
    assert files_nearby(tmp_path) == (new, cloud, old)


def test_only_a_few_are_shown(tmp_path: Path) -> None:
    for number in range(MOST + 3):
        put(tmp_path / "Downloads" / f"{number}.xlsx", number)
    assert [path.stem for path in files_nearby(tmp_path)] == [str(number) for number in range(MOST + 2, 2, -1)]


def test_half_an_address_is_left_as_it_is() -> None:
    assert as_path("file://[x") == "file://[x"


def test_no_home_has_no_files(tmp_path: Path) -> None:
    assert files_nearby(tmp_path / "nobody") == ()


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ('"C:\\Data\\a b\\liste.xlsx"', "C:\\Data\\a b\\liste.xlsx"),  # as Windows copies it
        ("'/srv/a/liste.xlsx' ", "/srv/a/liste.xlsx"),
        ("« /srv/b/liste.xlsx »", "/srv/b/liste.xlsx"),
        ("file:///srv/b/ma%20liste.xlsx", "/srv/b/ma liste.xlsx"),
        ("file:///C:/Data/a/liste.xlsx", "C:/Data/a/liste.xlsx"),
        ("https://docs.google.com/spreadsheets/d/1", "https://docs.google.com/spreadsheets/d/1"),
        ("", ""),
    ],
)
def test_a_pasted_path(typed: str, path: str) -> None:
    assert as_path(typed) == path
