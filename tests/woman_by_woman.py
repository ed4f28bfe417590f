"""An independent reading of the rules, one woman at a time in plain Python, for comparison with the counting.

Written from the field reference (1.2, 1.3, 2) in sentences, not from the expressions it is compared with: days as
plain numbers, None for what is missing. Exact dates only.
"""

from collections.abc import Mapping
from typing import Any

from women import STAGES

from dashboard.programme import Programme, Status

Woman = Mapping[str, Any]
ENTRY = ("contact_date", "selection_date", "enrol_date", "start_date")
DATES = dict(
    zip(
        ("contact", "eligible", "enrolled", "softskills", "training", "internship", "completed", "certified", "placed"),
        (*ENTRY, "vocational_start", "internship_start", "completion_date", "certificate_date", "first_work_date"),
        strict=True,
    )
)
CHECKS = {"retained_3": ("check_3", 90), "retained_6": ("check_6", 180), "retained_12": ("check_12", 365)}
AT_WORK = ("same_employer", "working")
GONE = ("dropped", "lost", "declined", "deceased")


class Reading:
    """What a woman's row says as of day 0."""

    def __init__(self, woman: Woman, programme: Programme) -> None:
        self.woman = woman
        self.status: Status | None = next((s for s in programme.statuses if s.id == woman.get("status")), None)
        self.window = programme.rules.window_days

    def day(self, field: str) -> int | None:
        value: int | None = self.woman.get(field)
        return value

    def past(self, field: str) -> bool:
        day = self.day(field)
        return day is not None and day <= 0

    def future(self, field: str) -> bool:
        day = self.day(field)
        return day is not None and day > 0

    @property
    def there(self) -> bool:
        return any(self.past(field) for field in ENTRY) or not any(self.future(field) for field in ENTRY)

    @property
    def proves(self) -> str | None:
        return self.status.reached if self.status else None

    @property
    def says_work(self) -> bool:
        found = any(self.woman.get(check) in AT_WORK for check, _ in CHECKS.values())
        return found or self.proves in STAGES[8:]

    @property
    def gone(self) -> bool:
        if self.past("exit_date"):
            return True
        # She had not left by then if she leaves, or comes any further, after it: the status is that of today.
        later = any(self.future(field) for field in ("exit_date", *DATES.values()))
        return self.status is not None and self.status.now in GONE and not later

    @property
    def work_proves_completion(self) -> bool:
        return not self.gone and not self.future("planned_end") and not self.future("completion_date")

    def evidence(self) -> dict[str, str]:
        """D, I, U or - per stage."""
        found = {stage: self._main(stage) for stage in STAGES[:7]}
        done = found["completed"] != "-"
        found["certified"] = self._certified() if done else "-"
        found["placed"] = "-" if not done else "D" if self.past("first_work_date") else "-"
        if done and self.day("first_work_date") is None and self.says_work:
            found["placed"] = "U"
        for stage in CHECKS:
            found[stage] = self._retained(stage) if found["placed"] != "-" else "-"
        return found

    def _main(self, stage: str) -> str:
        place = STAGES.index(stage)
        if self.past(DATES[stage]):
            return "D"
        if any(self.past(DATES[later]) for later in STAGES[place + 1 : 7]):
            return "I"
        if self.past("certificate_date") and not self.future("completion_date"):
            return "I"
        if self.past("first_work_date") and self.work_proves_completion:
            return "I"
        if stage == "contact":
            return "U"
        if any(self.future(DATES[before]) for before in STAGES[: place + 1]):
            return "-"
        if self.proves in STAGES[place:8] or self.woman.get("certificate") == "yes":
            return "U"
        return "U" if self.says_work and self.work_proves_completion else "-"

    def _certified(self) -> str:
        if self.past("certificate_date"):
            return "D"
        if self.woman.get("certificate") in ("no", "pending") or self.future("certificate_date"):
            return "-"
        if self.past("first_work_date"):
            return "I"
        return "U" if self.woman.get("certificate") == "yes" or self.proves == "certified" or self.says_work else "-"

    def _dated_check(self, stage: str) -> bool:
        check, days = CHECKS[stage]
        hired = self.day("first_work_date")
        return hired is not None and self.woman.get(check) in AT_WORK and hired + days <= 0

    def _retained(self, stage: str) -> str:
        said = self.woman.get(CHECKS[stage][0])
        if self._dated_check(stage):
            return "D"
        if said == "not_working":
            return "-"
        if any(self._dated_check(later) for later in list(CHECKS)[list(CHECKS).index(stage) + 1 :]):
            return "I"
        return "U" if said in AT_WORK and self.day("first_work_date") is None else "-"

    def place(self) -> str:
        """Where she is now."""
        evidence = self.evidence()
        reached = [stage for stage in STAGES if evidence[stage] != "-"]
        done, now = "completed" in reached, self.status.now if self.status else "nowhere"
        if self.gone and not done and not self._job(reached):
            return now if now in GONE else "dropped"
        if self.gone and done and now in ("lost", "deceased"):
            return now
        if self._status_holds(evidence):
            return now
        if "placed" in reached or (self.gone and not done):
            return "business" if self.kind() == 2 else "placed"
        return "followup" if done else reached[-1]

    def _job(self, reached: list[str]) -> bool:
        return self.past("first_work_date") or self.woman.get("exit_reason") == "job"

    def _status_holds(self, evidence: Mapping[str, str]) -> bool:
        if self.proves is None or evidence[self.proves] == "-":
            return False
        beyond = [stage for stage in STAGES[STAGES.index(self.proves) + 1 : 9] if stage != "certified"]
        return not any(evidence[stage] == "D" for stage in beyond)

    def kind(self) -> int:
        """1 salaried, 2 own business, 3 not recorded."""
        kind = self.woman.get("work_kind") or (self.status.kind if self.status else None)
        return {"salaried": 1, "own_business": 2, None: 3}[kind]

    def outcome(self) -> str | None:
        """The state behind insertion_90."""
        completed, hired, seen = self.day("completion_date"), self.day("first_work_date"), self.day("last_contact")
        if completed is None or completed > 0:
            return None
        closes = completed + self.window
        if closes > 0:
            return "open"
        if hired is not None:
            return "inserted" if hired <= min(closes, 0) else "closed_without"
        if self.says_work:
            return "undated"
        if (seen is not None and seen >= closes) or (self.status and self.status.now == "deceased"):
            return "closed_without"
        return "closed_without" if seen is None and self.status and self.status.active else "unknown"

    def spell(self) -> tuple[int, int] | None:
        """Days to work or to the end of follow-up, and the kind of work (0 = none yet)."""
        completed, hired, seen = self.day("completion_date"), self.day("first_work_date"), self.day("last_contact")
        if completed is None or completed > 0 or (hired is None and self.says_work):
            return None
        if hired is not None and hired <= 0:
            return max(0, hired - completed), self.kind()
        if hired is not None or (self.status and self.status.now == "deceased"):
            return -completed, 0
        if seen is not None:
            return max(0, min(0, seen) - completed), 0
        return (-completed if self.status and self.status.active else 0), 0
