"""The words that a column understands, for staff who have to replace one that it does not."""

from collections.abc import Mapping, Sequence

from dashboard.programme import Category, Programme
from dashboard.roster import Finding
from dashboard.text import Text

_ASKED = frozenset({"category_unknown", "district_unknown", "criterion_unknown", "cohort_unknown", "status_unmapped"})


def known_words(finding: Finding, programme: Programme, text: Text) -> list[str]:
    """The programme's own names for what the finding's column may hold; none for other findings.

    Of districts the prefectures: the two hundred quarters that are understood too would help nobody.
    """
    if finding.code not in _ASKED or finding.field is None:
        return []
    lists: Mapping[str, Sequence[Category]] = {
        "track": programme.tracks,
        "cohort": programme.cohorts,
        "district": programme.prefectures,
        "vulnerability": programme.vulnerability,
        "education": programme.education,
        "exit_reason": programme.exit_reasons,
        "status": programme.statuses,
    }
    return [category.name[text.lang] for category in lists.get(finding.field, ())]
