"""What staff see in an XLSX worksheet and its values do not say: hidden rows, colours of one column (Nos. 25 and 33).

The worksheet is searched as it is unpacked, piece by piece and without a parser: no entity is ever expanded. The styles
are parsed, up to a size that a person's workbook does not reach.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import TypeVar
from xml.etree import ElementTree

Shape = tuple[str, bool]
"""Background of a cell, "" for none or white, and whether its text is struck through."""

PLAIN: Shape = ("", False)
Item = TypeVar("Item")
_STYLES, _LARGEST = "xl/styles.xml", 20_000_000  # bytes unpacked
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*\br=\"(\d+)\"")
_STYLE = re.compile(rb"\bs=\"(\d+)\"")
_WHITE = ("rgb=FFFFFFFF", "theme=0", "indexed=9", "indexed=64")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class SheetLook:
    """The look of one worksheet, read from the archive when asked for."""

    def __init__(self, archive: zipfile.ZipFile, part: str) -> None:
        self._archive = archive
        self._part = part

    def hidden_rows(self) -> frozenset[int]:
        """Numbers of the rows that are hidden, by hand or by a filter."""
        return frozenset(int(row) for text in self._pieces() for row in _HIDDEN.findall(text))

    def shapes(self, letter: str) -> Mapping[int, Shape]:
        """Row number -> shape, of the cells of a column that are not plain."""
        known = _shapes(self._archive)
        cell = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*\br=\"%s(\d+)\")[^>]*" % letter.encode())
        found: dict[int, Shape] = {}
        for text in self._pieces():
            for match in cell.finditer(text):
                style = _STYLE.search(match.group())
                number = int(style.group(1)) if style else 0
                if number < len(known) and known[number] != PLAIN:
                    found[int(match.group(1))] = known[number]
        return found

    def _pieces(self) -> Iterator[bytes]:
        """The worksheet in pieces of about a megabyte, none of which ends within a tag."""
        rest = b""
        with self._archive.open(self._part) as file:
            while chunk := file.read(1 << 20):
                text = rest + chunk
                whole = text.rfind(b"<")
                yield text[:whole]
                rest = text[whole:]
        yield rest


def _shapes(archive: zipfile.ZipFile) -> list[Shape]:
    """The shape of every style of a workbook, by its number; none where they cannot be read."""
    try:
        if archive.getinfo(_STYLES).file_size > _LARGEST:
            return []
        # expat itself limits how far entities may grow
        root = ElementTree.fromstring(archive.read(_STYLES))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return []
    fills = [_background(fill) for fill in root.iterfind(f"{_MAIN}fills/{_MAIN}fill")]
    struck = [_is_struck(font) for font in root.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    return [
        (_at(fills, style.get("fillId"), ""), _at(struck, style.get("fontId"), False))
        for style in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
    ]


def _background(fill: ElementTree.Element) -> str:
    pattern = fill.find(f"{_MAIN}patternFill")
    colour = None if pattern is None else pattern.find(f"{_MAIN}fgColor")
    if pattern is None or colour is None or pattern.get("patternType", "none") in ("none", "gray125"):
        return ""
    words = " ".join(f"{name}={value}" for name, value in sorted(colour.items()))
    return "" if words in _WHITE else words


def _is_struck(font: ElementTree.Element) -> bool:
    strike = font.find(f"{_MAIN}strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _at(items: list[Item], number: str | None, otherwise: Item) -> Item:
    """The item of a number as files write it."""
    index = int(number) if number is not None and number.isdecimal() else 0
    return items[index] if index < len(items) else otherwise
