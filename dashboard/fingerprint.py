"""A short mark of what a roster says, for paper: two sheets of paper with the same mark show the same data."""

import hashlib

from dashboard.roster import Roster

DIGITS = 5  # in each half: said aloud in any language; of a thousand versions two share a mark once in 20,000 rosters


def fingerprint(roster: Roster) -> str:
    """Equal for equal rows at equal addresses, whenever they were read and on whatever machine.

    The pseudonyms are left out: they depend on a machine's secret, and two women never share a row. Of rows that an
    engine holds, the engine's own mark is taken.
    """
    said = roster.frame.drop(columns="woman").to_csv(index=False) if roster.engine is None else roster.engine.mark
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()) % 10 ** (2 * DIGITS)
    first, second = divmod(number, 10**DIGITS)
    return f"{first:0{DIGITS}}-{second:0{DIGITS}}"
