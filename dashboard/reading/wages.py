"""Net wages: read, and kept from the comparison with the legal minimum wage, which is gross."""

import re

import numpy as np

from dashboard.reading.table import Table
from dashboard.reading.text_key import text_key

# "Salaire net", "الأجر الصافي", and "Net/Brut" too, which leaves open what stands in a cell.
_NET = re.compile(r"\b(?:nets?|nette|(?:ال)?صافي)\b")


def hold_back_net_wages(table: Table) -> None:
    """Where the header of the wages says "net", none of them is used, and the column says how many there are.

    What social security and tax take off depends on each woman, so no gross wage is worked out from a net one.
    """
    header = next((column.header for column in table.sheet.columns if column.field == "wage"), "")
    column = table.columns.get("wage")
    if column is None or not _NET.search(text_key(header)):
        return
    held = table.live & ~np.isnan(table.numbers["wage"])
    if held.any():
        table.log.add("wage_net", letter=column.letter, field="wage", count=int(held.sum()))
        table.numbers["wage"][held] = np.nan
