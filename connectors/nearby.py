"""Spreadsheet files where people keep them on this computer, so that nobody has to type a path."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

MOST = 6
SUFFIXES = (".xlsx", ".xlsm", ".csv")
# What systems call these folders in the three languages.
_FOLDERS = (
    *("Desktop", "Downloads", "Documents", "Bureau", "Téléchargements"),
    *("سطح المكتب", "التنزيلات", "المستندات"),
)


def files_nearby(home: Path) -> tuple[Path, ...]:
    """The files changed last, newest first, by their names alone: none is opened."""
    found = {path: changed for folder in _folders(home) for path, changed in _files(folder)}
    return tuple(sorted(found, key=lambda path: (-found[path], path))[:MOST])


def as_path(typed: str) -> str:
    """What people paste for a file's path: without the quotation marks or the file:// that systems copy along."""
    plain = typed.strip().strip("\"'“”«»\u2018\u2019\u00a0 ")
    if not plain.lower().startswith("file://"):
        return plain
    try:
        path = unquote(urlsplit(plain).path)
    except ValueError:  # "file://[x": half an address of IPv6
        return plain
    return path[1:] if path[2:3] == ":" else path  # file:///C:/folder/...


def _folders(home: Path) -> Iterator[Path]:
    clouds = [path for path in _listed(home) if path.name.startswith("OneDrive")]
    for place in (home, *clouds):
        yield from (place / name for name in _FOLDERS)


def _files(folder: Path) -> Iterator[tuple[Path, float]]:
    for path in _listed(folder):
        if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")):
            try:
                if path.is_file():
                    yield path, path.stat().st_mtime
            except OSError:
                continue


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
