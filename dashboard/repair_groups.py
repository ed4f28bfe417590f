"""Findings sorted by what they cost: the group of each is told by what it says and by the field it is about."""

from dashboard.roster import Finding, Severity
from dashboard.schema import FIELD, Kind

GROUPS = (
    *("work_date", "completion_date", "key", "work_kind", "certificate", "start_date", "status", "follow_up"),
    *("twice", "measures", "breakdown", "doubtful", "other"),
)
"""What a cell costs; the last two cost nothing that can be counted."""

_SAID = {"wage_net": "measures"}
_TWICE = frozenset({"duplicate_merged", "duplicate_conflict", "re_enrolled", "same_key_two_women"})
_UNDATED = {"placed_without_date": "work_date", "completed_without_date": "completion_date"}
_UNKNOWN = frozenset({"category_unknown", "district_unknown", "criterion_unknown", "cohort_unknown", "cohort_gaps"})
_OF_FIELD = {
    "key": "key",
    "first_work_date": "work_date",
    "completion_date": "completion_date",
    "work_kind": "work_kind",
    "certificate": "certificate",
    "certificate_date": "certificate",
    "start_date": "start_date",
    "status": "status",
    "last_contact": "status",
    "exit_date": "status",
    "exit_reason": "breakdown",
    "birth_date": "breakdown",
    "age": "breakdown",
}
_OF_KIND = {Kind.CHECK: "follow_up", Kind.NUMBER: "measures", Kind.CATEGORY: "breakdown"}
INSERTION = ("work_date", "completion_date", "key")  # the groups that change the insertion rate


def group_of(finding: Finding) -> str:
    """The group of a finding: by what it says, else by the field whose value is missing or vague for it."""
    if finding.code in _TWICE:
        return "twice"
    if finding.severity is Severity.QUARANTINED:
        return "key"
    if finding.code in _UNDATED:
        return _UNDATED[finding.code]
    if finding.code in _SAID:
        return _SAID[finding.code]
    if finding.code in _UNKNOWN:
        return "breakdown"
    if finding.code == "status_unmapped":
        return "status"
    if finding.field is None or not (finding.severity is Severity.REJECTED or finding.code == "date_vague"):
        return "other" if finding.field is None else "doubtful"
    return _OF_FIELD.get(finding.field) or _OF_KIND.get(FIELD[finding.field].kind, "other")
