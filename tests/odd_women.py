"""Random women with wages, scores and reasons too: they try every rule of counting."""

import numpy as np
import pandas as pd
from women import frame
from women_at_random import many_women


def women(seed: int) -> pd.DataFrame:
    """Random women with wages, scores and reasons too."""
    found = frame(*many_women(400, seed))
    dice = np.random.default_rng(seed)
    for name, highest in (("wage", 5000), ("weekly_hours", 44), ("pre_score", 20), ("post_score", 20)):
        found[name] = pd.array(dice.integers(0, highest, len(found)) / 2, dtype="Float64")
        found.loc[dice.random(len(found)) < 0.3, name] = pd.NA
    found["exit_reason"] = pd.array(dice.choice(["family", "job", "unlisted"], len(found)), dtype="string")
    found.loc[dice.random(len(found)) < 0.3, "exit_reason"] = pd.NA
    return found
