"""Blocks as a PDF. `brief_pdf(blocks, text, meta)` is all that whoever adds a block needs to know."""

from collections.abc import Sequence
from pathlib import Path

from dashboard.text import Text
from layouts.paper.blocks import Content, draw_foot, draw_page, pages
from layouts.paper.meta import Meta
from layouts.paper.sheet import FONTS, Sheet


def brief_pdf(blocks: Sequence[Content], text: Text, meta: Meta, fonts: Path = FONTS) -> bytes:
    """The blocks on as many A4 pages as they need; a `Page` begins one of its own. Equal input makes equal bytes.

    Raises PaperError fonts_missing.
    """
    sheet = Sheet(text, meta, fonts)
    laid = pages(blocks, sheet)
    for number, page in enumerate(laid, 1):
        sheet.new_page()
        draw_page(page, sheet)
        draw_foot(sheet, meta, text, number, len(laid))
    return sheet.output()
