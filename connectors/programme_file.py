"""Writing decisions into programme.toml: comments stay, a copy is kept, and nothing that does not load is left."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, MutableMapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from connectors.assemble import choose_worksheets
from connectors.base import SourceError
from dashboard.mapping import Edit
from dashboard.programme import Programme, ProgrammeError, parse_programme
from dashboard.reading.headers import name_columns
from dashboard.reading.text_key import text_key

_SHEET = re.compile(r"(?m)^\[sheet\][^\n]*\n")
_NEVER = "# Headers of personal columns: never read, even where a list below knows them.\nnever = []\n"


def read_text(path: Path) -> str:
    """The text of a programme file. Raises ProgrammeError programme_missing, programme_not_utf8."""
    try:
        return path.read_bytes().decode("utf-8")  # as it stands: line ends are kept
    except FileNotFoundError:
        raise ProgrammeError("programme_missing", file=str(path)) from None
    except UnicodeDecodeError:
        raise ProgrammeError("programme_not_utf8", file=str(path)) from None


def edited(text: str, edit: Edit, titles: Sequence[str], name: str = "programme.toml") -> tuple[str, Programme]:
    """The text of a programme with the decisions in it, and the programme it now says.

    `titles` are all worksheets of the source: those chosen, and no others, are read afterwards. Raises ProgrammeError
    where the text cannot be used, SourceError header_conflict, worksheets_overlap where the decisions cannot be kept.
    """
    before = parse_programme(text, name)
    if not before.sheet.never and not re.search(r"(?m)^never\s*=", text):
        text = _SHEET.sub(lambda found: found.group() + _NEVER, text, count=1)
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise ProgrammeError("programme_not_toml", file=name, detail=str(error)) from None
    sheet = document["sheet"]
    for header, field in edit.fields.items():
        _decide(sheet, header, field, before)
    _choose(sheet, edit.worksheets, titles, before)
    after = document.as_string()
    programme = parse_programme(after, name)
    _prove(edit, titles, programme)
    return after, programme


def write_programme(path: Path, text: str, now: datetime) -> Path | None:
    """Replace a programme file at once; the copy of what it said before, None if it says the same already.

    Raises ProgrammeError where the text would not load, SourceError programme_not_writable.
    """
    parse_programme(text, str(path))
    target = path.resolve()
    if read_text(target) == text:
        return None
    backup = target.with_name(f"{target.name}.{now:%Y%m%d-%H%M%S}.bak")
    try:
        shutil.copy2(target, backup)
        replace_file(target, text.encode(), target.stat().st_mode & 0o777)
    except OSError as error:
        raise SourceError("programme_not_writable", file=str(path), detail=error.strerror or "") from None
    return backup


def replace_file(path: Path, content: bytes, mode: int) -> None:
    """Put a whole file in the place of another, so that no reader ever sees half of it. Raises OSError."""
    number, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(mode)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


Table = MutableMapping[str, Any]  # a table of the document; its arrays are lists that keep their layout


def _decide(sheet: Table, header: str, field: str | None, before: Programme) -> None:
    """Put a header where it belongs, and take it away from where it contradicts that."""
    never = _array(sheet, "never")
    if field is None:
        _add(never, [header])
        return
    _remove(never, header)
    for other, written in sheet["headers"].items():
        if other != field:
            _remove(written, header)
    if name_columns([[header]], before)[0][1] != field or text_key(header) in map(text_key, before.sheet.never):
        _add(_array(sheet["headers"], field), [header])


def _choose(sheet: Table, chosen: Sequence[str], titles: Sequence[str], before: Programme) -> None:
    """Name the worksheets so that those chosen are read and no others: by adding names, else by naming these alone."""
    names = before.sheet.worksheets
    # Read backwards too: a worksheet that is read only because it stands first is not named yet.
    named = _read_with(names, titles, before) & _read_with(names, titles[::-1], before)
    added = [title for title in chosen if title not in named]
    if _read_with((*names, *added), titles, before) == set(chosen):
        _add(_array(sheet, "worksheets"), added)
    else:
        sheet["worksheets"] = tomlkit.item(list(chosen))


def _prove(edit: Edit, titles: Sequence[str], programme: Programme) -> None:
    """What was decided is what will be read. Raises SourceError."""
    for header, field in edit.fields.items():
        if name_columns([[header]], programme)[0][1] != field:
            raise SourceError("header_conflict", header=header)
    for title in sorted(_read_with(programme.sheet.worksheets, titles, programme) - set(edit.worksheets)):
        raise SourceError("worksheets_overlap", worksheet=title)


def _read_with(names: Sequence[str], titles: Sequence[str], programme: Programme) -> set[str]:
    """The worksheets that would be read under these names."""
    sheet = programme.sheet.model_copy(update={"worksheets": tuple(names)})
    renamed = programme.model_copy(update={"sheet": sheet})
    return set(choose_worksheets({title: title for title in titles}, renamed))


def _array(table: Table, name: str) -> Any:
    if name not in table:
        table[name] = tomlkit.array()
    return table[name]


def _add(written: Any, words: Iterable[str]) -> None:
    """Add words that are not there in any spelling."""
    for word in words:
        if text_key(word) not in {text_key(str(known)) for known in written}:
            written.append(word)


def _remove(written: Any, word: str) -> None:
    """Take a word away in every spelling."""
    for index in reversed(range(len(written))):
        if text_key(str(written[index])) == text_key(word):
            del written[index]
