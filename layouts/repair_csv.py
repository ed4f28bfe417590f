"""The repair list as a CSV that opens in a spreadsheet: one line per finding, no cell that a spreadsheet would run."""

import csv
import io
import re
import unicodedata

from dashboard.repair import Group, Mend, Repair
from dashboard.text import Text
from layouts.repair_page import sentence

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for a code page
COLUMNS = ("effect", "severity", "worksheet", "cell", "field", "finding", "costs", "since", "link")
# What Excel splits at where the decimal mark is a comma: with any other sign the list would open in one column.
SEPARATORS = {"ar": ";", "fr": ";", "en": ","}
# What spreadsheets take for the beginning of a formula, full-width forms included.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\u2212")
_SPLITS = re.compile(rf"([;,|\t\"]\s*)(?=[{re.escape(''.join(_RUNS))}])")


def repair_csv(found: Repair, text: Text) -> str:
    """The whole list in the order of the page, under headers in the reader's language."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SEPARATORS[text.lang], lineterminator="\r\n")
    writer.writerow([text(f"repair.column.{name}") for name in COLUMNS])
    for group in found.groups:
        writer.writerows([harmless(cell) for cell in _row(group, mend, text)] for kind in group.kinds for mend in kind)
    return BYTE_ORDER_MARK + out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs, free of marks that cannot be seen (field reference 5.2, No. 38).

    Nor the part of it behind a separator: a spreadsheet of another country may split it there.
    """
    plain = "".join(sign for sign in cell if unicodedata.category(sign) != "Cf")
    plain = _SPLITS.sub(r"\1'", plain)
    return f"'{plain}" if plain.lstrip(" ").startswith(_RUNS) else plain


def _row(group: Group, mend: Mend, text: Text) -> tuple[str, ...]:
    finding = mend.finding
    return (
        text(f"repair.group.{group.id}"),
        text(f"severity.{finding.severity}"),
        finding.sheet,
        f"{finding.column or ''}{finding.row or ''}",
        text(f"field.{finding.field}") if finding.field else "",
        sentence(finding, text),
        text("repair.yes" if mend.costs else "repair.no"),
        mend.since.isoformat() if mend.since else "",
        mend.link or "",
    )
