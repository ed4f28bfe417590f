"""Files of paper, opened by other libraries than those that wrote them."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
from openpyxl import load_workbook
from page_results import shown
from PIL.Image import Image
from pypdf import PdfReader

from dashboard.programme import Lang
from layouts.paper.brief import brief_pdf
from layouts.paper.meta import meta_of
from layouts.paper.overview import overview_blocks
from layouts.paper.workbook import workbook_xlsx
from layouts.shown import Shown

ARTEFACTS = Path(__file__).resolve().parent.parent / "artefacts" / "paper"
SCALE = 2.0  # pixels a point


def brief(view: Shown, tables: bool = False) -> bytes:
    return brief_pdf(overview_blocks(view, tables), view.text, meta_of(view))


def reader(file: bytes) -> Any:
    """The file as pypdf reads it; its objects are trees of anything."""
    return PdfReader(io.BytesIO(file), strict=True)


def words(file: bytes) -> str:
    """What pypdf finds, page after page, on single spaces."""
    return " ".join(" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader(file).pages)


def copied(file: bytes) -> str:
    """What a reader copies out of a browser's viewer, page after page, on single spaces."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
    return " ".join(" ".join(pages).replace("\u00a0", " ").split())


def pictures(file: bytes, name: str) -> list[Image]:
    """Every page as a picture, kept in artefacts/ for people to look at."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    found: list[Image] = []
    for number, page in enumerate(pypdfium2.PdfDocument(file), 1):
        found.append(page.render(scale=SCALE).to_pil())
        found[-1].save(ARTEFACTS / f"{name}-{number}.png")
    return found


def workbook(lang: Lang = "en", **changed: Any) -> Any:
    """The workbook as openpyxl reads it; a cell holds anything."""
    return load_workbook(io.BytesIO(workbook_xlsx(shown(lang, **changed))))
