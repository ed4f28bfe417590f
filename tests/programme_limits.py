"""The test programme with limits to how long a woman may wait."""

from women import programme_text

from dashboard.programme import Programme, parse_programme

_LIMITS = {"contact": 14, "eligible": 21, "certified": 60, "retained_3": 15, "retained_6": 15, "followup": 60}


def with_limits(limits: dict[str, int], more: str = "") -> Programme:
    """The test programme with alert_days at some steps."""
    text = programme_text()
    for stage, days in limits.items():
        at = text.index(f'id = "{stage}"', text.index("[[stages]]"))
        text = f"{text[:at]}alert_days = {days}\n{text[at:]}"
    return parse_programme(text.replace("[rules]", f"{more}\n[rules]", 1))


PROGRAMME = with_limits(_LIMITS)
