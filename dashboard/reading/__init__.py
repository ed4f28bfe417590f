"""Cells as staff typed them become typed rows and findings; nothing is lost on the way."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from dashboard.programme import Programme
from dashboard.reading.account import count_cells, record_cells, record_rows
from dashboard.reading.ages import age_band_ids, age_bands
from dashboard.reading.catalogue import FINDING_CODES, SEVERITY
from dashboard.reading.columns import readers
from dashboard.reading.contradictions import lend_dates, resolve
from dashboard.reading.frame import FRAME_COLUMNS, FRAME_TYPES, typed
from dashboard.reading.notes import read_notes
from dashboard.reading.people import one_row_each
from dashboard.reading.rows import RowKind
from dashboard.reading.table import Table, read_table
from dashboard.reading.wages import hold_back_net_wages
from dashboard.roster import FieldCount, RawTable, Reconciliation, Roster
from dashboard.schema import BOUNDED_DATES, FIELDS

__all__ = ["FINDING_CODES", "FRAME_COLUMNS", "FRAME_TYPES", "SEVERITY", "age_band_ids", "read"]


def read(raw: RawTable, programme: Programme, today: date) -> Roster:
    """Read what a source returned. `today` bounds what may have happened; dates beyond it are findings.

    Never raises on what cells hold: what cannot be read is a finding with its address.
    """
    by_field = readers(programme, today)
    tables = [read_table(sheet, by_field, programme) for sheet in raw.sheets]
    frames = [_frame(table, number, programme, today, raw.source.locale) for number, table in enumerate(tables)]
    letters = [{column.field: column.letter for column in sheet.columns} for sheet in raw.sheets]
    people = one_row_each(_stacked(frames), letters, [sheet.gid for sheet in raw.sheets])
    notes, noted = read_notes(raw, programme, today)
    return Roster(
        frame=typed(people.frame),
        findings=(*(finding for table in tables for finding in table.log.findings), *people.findings, *noted),
        reconciliation=_reconciled(tables, len(people.frame), people.merged),
        fields=_counted(tables),
        source=raw.source,
        unread=raw.unread,
        notes=notes,
        gids={sheet.title: sheet.gid for sheet in raw.sheets if sheet.gid is not None},
    )


def _frame(table: Table, number: int, programme: Programme, today: date, locale: str | None) -> pd.DataFrame:
    """The women's rows of a worksheet, after every finding about them has been recorded."""
    record_rows(table)
    record_cells(table, locale)
    hold_back_net_wages(table)
    lend_dates(table)
    resolve(table, programme, today)
    women = table.women
    size = len(table.keys)
    columns = {
        "woman": table.keys,
        "sheet": np.full(size, table.sheet.title, dtype=object),
        "sheet_number": np.full(size, number),
        "row": np.arange(size) + table.sheet.first_row,
        "prefecture": table.texts["district"],
        "age_band": age_bands(table, programme, today),
        **table.numbers,
        **{name: texts for name, texts in table.texts.items() if name != "district"},
    }
    for name in BOUNDED_DATES:
        columns |= {f"{name}_earliest": table.lows[name], f"{name}_latest": table.highs[name]}
    return pd.DataFrame({name: values[women] for name, values in columns.items()})


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    if not frames:
        return pd.DataFrame(columns=["sheet_number", "birth_date", *FRAME_COLUMNS], dtype=object)
    return pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]


def _reconciled(tables: Iterable[Table], used: int, merged: int) -> Reconciliation:
    kinds = np.concatenate([np.empty(0, dtype=np.int8), *(table.rows.kinds for table in tables)])
    quarantined = int((kinds == RowKind.NO_KEY).sum())
    women = int((kinds == RowKind.WOMAN).sum())
    return Reconciliation(
        rows_read=len(kinds),
        used=used,
        duplicates_merged=merged,
        quarantined=quarantined,
        skipped=len(kinds) - women - quarantined,
    )


def _counted(tables: list[Table]) -> dict[str, FieldCount]:
    counts = [count_cells(table) for table in tables]
    return {
        field.id: FieldCount(
            filled=sum(count[field.id].filled for count in counts),
            parsed=sum(count[field.id].parsed for count in counts),
            rejected=sum(count[field.id].rejected for count in counts),
        )
        for field in FIELDS
    }
