"""The letters of the pages and of the papers: Cairo, in the weights and scripts that are used and in no more bytes."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from fontTools.merge import Merger
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONT, VARIABLE = "@fontsource/cairo", "@fontsource-variable/cairo"
SUBSETS = ("arabic", "latin-ext", "latin")  # the last face that has a letter draws it
PAPER_WEIGHTS = (400, 700)  # what a PDF made on the server is set in
WEIGHTS = (400, 600, 700)  # what the pages are set in; the packages' own files go from 200 to 1000

# The one word that every page has in Arabic letters, the name of the language: whoever reads French or English need not
# fetch an alphabet for it.
ARABIC, NAME = "العربية", "Cairo name"


def font_face(family: str, file: str, weight: int, letters: str) -> str:
    """One @font-face rule; `letters` is its unicode-range, so that a French page does not fetch Arabic.

    A rule a weight, though the file has all between: what asks for another gets the nearest of ours.
    """
    return (
        f"@font-face {{ font-family: {family}; font-style: normal; font-weight: {weight}; font-display: swap;\n"
        f'  src: url("fonts/{file}.woff2") format("woff2");\n'
        f"  unicode-range: {letters}; }}\n"
    )


def copy_fonts(modules: Path, vendor: Path) -> list[Path]:
    """The pages' fonts, one file a script for all weights, their style sheet, and what the papers' are merged from.

    Returns the files written.
    """
    letters = json.loads((modules / FONT / "unicode.json").read_text("utf-8"))
    (vendor / "fonts").mkdir()
    files = [_variable(modules, vendor, subset) for subset in SUBSETS]
    files.append(_one_word(files[SUBSETS.index("arabic")]))
    for subset in SUBSETS:
        for weight in PAPER_WEIGHTS:
            source = modules / FONT / "files" / f"cairo-{subset}-{weight}-normal.woff2"
            files.append(Path(shutil.copyfile(source, vendor / "fonts" / f"cairo-{subset}-{weight}.woff2")))
    faces = [font_face("Cairo", f"cairo-{subset}", weight, letters[subset]) for subset in SUBSETS for weight in WEIGHTS]
    faces.append(font_face(f'"{NAME}"', "cairo-name", WEIGHTS[0], letters["arabic"]))
    sheet = vendor / "cairo.css"
    sheet.write_text("/* Cairo, SIL Open Font License 1.1: licences/cairo.txt */\n" + "".join(faces), "utf-8")
    return [*files, sheet]


def _variable(modules: Path, vendor: Path, subset: str) -> Path:
    """One file for all weights that are used: half of what a file for each would take."""
    font: Any = TTFont(modules / VARIABLE / "files" / f"cairo-{subset}-wght-normal.woff2", recalcTimestamp=False)
    _narrow(font, (WEIGHTS[0], WEIGHTS[0], WEIGHTS[-1]))
    return _saved(font, vendor / "fonts" / f"cairo-{subset}.woff2")


def _one_word(alphabet: Path) -> Path:
    font: Any = TTFont(alphabet, recalcTimestamp=False)
    _narrow(font, WEIGHTS[0])
    subsetter: Any = Subsetter()  # type: ignore[no-untyped-call]
    subsetter.populate(text=ARABIC)
    subsetter.subset(font)
    return _saved(font, alphabet.with_name("cairo-name.woff2"))


def _narrow(font: Any, weights: int | tuple[int, int, int]) -> None:
    """Keep one weight, or those from the first to the last with the middle one as the default."""
    instantiateVariableFont(font, {"wght": weights}, inplace=True)  # type: ignore[no-untyped-call]


def _saved(font: Any, target: Path) -> Path:
    font.flavor = "woff2"
    font.save(target)
    return target


def merge_fonts(vendor: Path) -> list[Path]:
    """One TrueType file a weight with the letters of every subset, for the PDF: it cannot choose between files.

    Returns the files written. Equal subsets make equal files.
    """
    (vendor / "paper").mkdir(exist_ok=True)
    return [_merged(vendor, weight) for weight in PAPER_WEIGHTS]


def _merged(vendor: Path, weight: int) -> Path:
    target = vendor / "paper" / f"cairo-{weight}.ttf"
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for subset in SUBSETS:
            font: Any = TTFont(vendor / "fonts" / f"cairo-{subset}-{weight}.woff2", recalcTimestamp=False)
            font.flavor = None  # woff2 is TrueType, compressed
            plain.append(str(Path(folder) / f"{subset}.ttf"))
            font.save(plain[-1])
        merged: Any = Merger().merge(plain)  # type: ignore[no-untyped-call]
        # The day of the letters, not of the merge: equal files on every machine.
        merged.recalcTimestamp = False
        merged["head"].created, merged["head"].modified = font["head"].created, font["head"].modified
        merged.save(target)
    return target
