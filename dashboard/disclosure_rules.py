"""The thresholds of disclosure control, from `[disclosure]` of programme.toml (field reference 4.3)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from dashboard.model import Frozen

FLOOR = 3  # below it no count protects anyone: of two women each knows the other
Dimension = Literal["cohort", "track", "prefecture", "age_band", "vulnerability"]
Policy = Literal["on_sign_off", "monthly", "quarterly", "by_hand"]
"""When a release is due: after a review was signed, with each month or quarter, or whenever management likes."""


class DisclosureRules(Frozen):
    """How few women are too few to be shown to people outside.

    `min_count`: counts of 1 to one less are hidden, and whatever is hidden could be at least so many values.
    `min_base`: rates of fewer women are hidden. `min_sensitive`: as `min_count`, where women are grouped by what the
    law calls sensitive; there 0 is hidden too. `breakdowns`: by what the released figures are broken down, one at a
    time. `publish`: when a release is due; a person publishes it in any case.
    """

    min_count: Annotated[int, Field(ge=FLOOR)] = 5
    min_base: Annotated[int, Field(ge=FLOOR)] = 10
    min_sensitive: Annotated[int, Field(ge=FLOOR)] = 10
    breakdowns: tuple[Dimension, ...] = ("cohort", "track", "prefecture", "age_band", "vulnerability")
    publish: Policy = "by_hand"

    @model_validator(mode="after")
    def _protects(self) -> Self:
        """Reject a base of which both sides could be too few, and less care where the law asks for more."""
        if self.min_base < 2 * self.min_count:
            raise ValueError("disclosure: min_base has to be at least twice min_count")
        if self.min_sensitive < self.min_count:
            raise ValueError("disclosure: min_sensitive may not be below min_count")
        if len(set(self.breakdowns)) < len(self.breakdowns):
            raise ValueError("disclosure: a breakdown is named twice")
        return self
