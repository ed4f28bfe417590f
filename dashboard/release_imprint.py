"""What a release says about itself besides numbers: whose it is, which data and definitions, who says what about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.model import Lang
from dashboard.programme import Programme
from dashboard.release import Layout


@dataclass(frozen=True, slots=True)
class Imprint:
    """The programme, the version of its data, and management's note by language."""

    programme: Programme
    data_version: str
    note: Mapping[Lang, str]

    def fields(self, layout: Layout) -> dict[str, Any]:
        """The fields of a Release that are no numbers of women."""
        programme = self.programme
        return {
            "programme": programme.id,
            "data_version": self.data_version,
            "definition_version": programme.rules.version,
            "reference": programme.reference.rate,
            "target": programme.targets.enrolled,
            "note": dict(self.note),
            "period_kind": programme.periods.kind if programme.periods else "half_year",
            "tracking": programme.tracking,
            "lights": programme.lights,
            "definitions": (*layout.indicators, "time_to_insertion"),
        }
