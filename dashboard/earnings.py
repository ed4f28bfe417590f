"""Earnings of the placed women against the legal minimum wage (SMIG) in force on the day of hiring."""

from dataclasses import dataclass

from dashboard.facts import RATIO
from dashboard.funnel import reached
from dashboard.indicators import Indicator
from dashboard.measures import share_of_known
from dashboard.spread import quartiles
from dashboard.tally import Tally


@dataclass(frozen=True, slots=True)
class Earnings:
    """Declared gross monthly earnings as a ratio to the SMIG for the same hours. 1.0 = exactly the minimum.

    `share`: at or above the SMIG, of the known; worst counts every placed woman who is not known as below, best as
    above, both over `placed`. known + wage_unknown + undated + before_table = placed.
    """

    placed: int  # women placed, with or without a date
    known: int  # wage and day of hiring known
    share: Indicator
    median_ratio: float | None
    lower_ratio: float | None  # quartiles
    upper_ratio: float | None
    part_time: int  # of the known: fewer hours a week than full time; compared with the SMIG for their hours
    hours_unknown: int  # of the known: hours not recorded, taken as full time, which can only lower the ratio
    wage_unknown: int
    undated: int  # wage known, day of hiring not, or too vague to tell which SMIG was in force
    before_table: int  # hired before the first SMIG of the programme's table


def earnings(tally: Tally) -> Earnings:
    """What the placed women earn, as far as it is known.

    SMIG of a woman = hourly SMIG on the day of hiring x legal monthly hours x her weekly hours / full weekly hours.
    Quartiles are of ratios in thousandths; the share compares the wages themselves, up to one dirham short.
    """
    wages, placed, known = tally.table("wages"), reached("placed", tally), tally.fact("wage__compared")
    lower, median, upper = (None if value is None else value / RATIO for value in quartiles(wages["ratio"], wages["n"]))
    return Earnings(
        placed=placed,
        known=known,
        share=share_of_known("earnings_vs_smig", tally.fact("paid__smig"), known, placed),
        median_ratio=median,
        lower_ratio=lower,
        upper_ratio=upper,
        part_time=tally.fact("paid__part_time"),
        hours_unknown=tally.fact("paid__hours_unknown"),
        wage_unknown=tally.fact("wage__unknown"),
        undated=tally.fact("wage__undated"),
        before_table=tally.fact("wage__before_table"),
    )
