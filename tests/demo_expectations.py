"""What happens in the demo's last two weeks, worked out by hand. Pages that compare versions are tested against this.

The demo is anchored on ANCHOR, a Monday. The meetings compare the versions read on Mondays, LAST_BUT_ONE to LAST to
ANCHOR. All other days are counted back from the anchor: 6 is 17 November.

How it was worked out: STORY in connectors/demo_story.py gives each woman's dates. A date is typed
`(5 * number of the woman + 3 * place of the column, from 0) mod (most + 1)` days later, where `most` is the longest
that staff wait with this column (connectors/demo_diary.py), or the days up to the anchor where these are fewer. P-098
began to work 6 days ago, in column 22: (490 + 66) mod 7 = 3, so it was typed 3 days ago. On top comes the script of
slips in connectors/demo_slips.py.

*Progress* is dated after the day of the earlier version. What is dated on that day or before and was not known then
is *late*: the past has changed, not the women. A late date, a corrected one and one taken out are restatements.
"""

from dataclasses import dataclass
from datetime import date

ANCHOR = date(2026, 11, 23)
LAST, LAST_BUT_ONE = date(2026, 11, 16), date(2026, 11, 9)


@dataclass(frozen=True, slots=True)
class Moved:
    """A stage that a woman is known to have reached; "exit" is when she left. Retention is dated by its due day."""

    code: str
    stage: str
    day: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """A stage's date that was another one before."""

    code: str
    stage: str
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class Week:
    """What differs between two versions. `rows` are the women who were not in the sheet before."""

    progress: frozenset[Moved]
    late: frozenset[Moved]
    corrected: frozenset[Corrected] = frozenset()
    taken_out: frozenset[Moved] = frozenset()
    rows: frozenset[str] = frozenset()

    @property
    def restatements(self) -> int:
        """Changes of what was true in the past."""
        return len(self.late) + len(self.corrected) + len(self.taken_out)


def _moved(stage: str, **days: int) -> frozenset[Moved]:
    """`_moved("placed", P098=6)`."""
    return frozenset(Moved(f"P-{name[1:]}", stage, day) for name, day in days.items())


# From the version of 16 November to that of 23 November: 23 steps forward, 10 restatements.
LAST_WEEK = Week(
    progress=(
        _moved("contact", P196=5, P197=6, P198=1, P199=2, P200=3, P201=4)
        | _moved("eligible", P204=3, P205=4, P206=5)
        | _moved("internship", P140=3, P141=3, P142=3, P143=3)
        | _moved("certified", P096=2, P097=1, P099=6, P100=5, P101=4)
        | _moved("placed", P098=6, P104=2)
        | _moved("retained_3", P068=3, P077=6)
        | _moved("exit", P156=2)
    ),
    late=(
        _moved("contact", P138=194)  # 31/02 until then
        | _moved("eligible", P202=7)
        | _moved("enrolled", P153=100)  # 31/02 until then
        | _moved("certified", P098=7)
        | _moved("placed", P085=88)  # at work for three months before anyone told the office
        | _moved("placed", P087=8)
        | _moved("placed", P103=26)  # had been typed in the row of P-105
        | _moved("exit", P172=8)
    ),
    corrected=frozenset({Corrected("P-099", "completed", 88, 58)}),
    taken_out=_moved("placed", P105=26),
    rows=frozenset({"P-196", "P-197", "P-198", "P-199", "P-200", "P-201"}),
)

# From the version of 9 November to that of 16 November: 5 steps forward, 4 restatements, all of them late.
WEEK_BEFORE = Week(
    progress=_moved("contact", P204=12, P205=13) | _moved("eligible", P203=8) | _moved("enrolled", P207=13, P210=10),
    late=_moved("contact", P206=14) | _moved("enrolled", P208=14, P209=15) | _moved("retained_3", P071=14),
    rows=frozenset({"P-204", "P-205", "P-206"}),
)

MENDED_LAST_WEEK = 12  # findings that were there on 16 November and are gone

# Insertion within 90 days: inserted, closed windows. The nine of the third group of intake 2 (P-086 to P-095 without
# P-093) end their windows 4 days ago, all inserted; P-085's window had ended before anyone knew of her work.
RATE_ON_LAST = (55, 62)  # as of 16 November, as known then
RATE_ON_LAST_RESTATED = (56, 62)  # as of 16 November, as known on 23 November
RATE_NOW = (65, 71)

# The only stages that were ever known and then known no more.
TAKEN_OUT_EVER = frozenset({("P-105", "placed")})
DELETED_FOR_A_WEEK = "P-080"  # with all her stages, 33 to 27 days before the anchor
CORRECTED_EVER = frozenset({Corrected("P-079", "completed", 158, 128), Corrected("P-099", "completed", 88, 58)})

HELD_ON = date(2026, 10, 9)  # a filter was left on: this reading was held back
