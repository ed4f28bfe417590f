"""All that can be said about a cell or a row, and what becomes of it. Sentences are in locales/*/findings.po."""

from dashboard.roster import Severity

_NORMALISED = (
    "rows_above_header",  # 1, 2
    "merged_filled",  # 3
    "blank_rows",  # 4
    "spaces",  # 7
    "tashkeel",  # 8
    "letter_variants",  # 9
    "invisible_marks",  # 10
    "presentation_forms",  # 11
    "arabic_digits",  # 12
    "number_as_text",  # 13
    "date_day_first",  # 14
    "date_two_digit_year",  # 15
    "date_month_name",  # 16
    "date_iso",
    "date_serial_text",  # 17
    "date_with_time",
    "age_recomputed",  # 27
    "check_pending",
    "repeated_header",
    "certificate_dated",
)
_WARNING = (
    "merged_cells",  # 3
    "cohort_gaps",  # 3
    "section_row",  # 6
    "total_row",  # 6
    "number_ambiguous",  # 13
    "wage_net",
    "date_month_first",  # 14
    "day_month_column",  # 18
    "day_month_cell",  # 18
    "date_vague",  # 19
    "several_dates",  # 20
    "text_beside_date",  # 20, 24
    "text_beside_word",  # 22
    "hired_before_completion",  # 21
    "dates_out_of_order",  # 21
    "placed_without_date",
    "completed_without_date",
    "status_contradicts_dates",
    "certificate_contradicts_date",
    "status_unmapped",  # 23
    "status_two_facts",  # 24
    "coloured_cells",  # 25
    "duplicate_merged",  # 28
    "re_enrolled",  # 28
    "duplicate_conflict",  # 28
    "same_key_two_women",  # 29
    "category_unknown",  # 32
    "district_unknown",  # 32
    "criterion_unknown",  # 32
    "cohort_unknown",
    "hidden_rows",  # 33
    "notes_missing",
    "notes_header",
    "note_undated",
)
_REJECTED = (
    "date_month_unknown",  # 16
    "date_outside_window",  # 17
    "date_vague_unused",  # 19
    "date_impossible",  # 21
    "future_date",  # 21
    "before_birth",  # 21
    "before_start",  # 21
    "date_unreadable",
    "word_unknown",  # 22
    "kind_unknown",  # 22
    "check_unknown",  # 22
    "broken_formula",  # 26
    "formula_text",  # 38
    "number_unreadable",
    "number_outside_range",  # 13
)
_QUARANTINED = ("no_key",)

SEVERITY: dict[str, Severity] = {
    **dict.fromkeys(_NORMALISED, Severity.NORMALISED),
    **dict.fromkeys(_WARNING, Severity.WARNING),
    **dict.fromkeys(_REJECTED, Severity.REJECTED),
    **dict.fromkeys(_QUARANTINED, Severity.QUARANTINED),
}
"""Finding code -> severity. A cell is counted as rejected exactly when it has a finding of that severity."""

FINDING_CODES: tuple[str, ...] = tuple(SEVERITY)
