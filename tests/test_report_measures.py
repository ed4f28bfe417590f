"""What the report adds to the overview: every part is there, plain enough for JSON, and says what the results say."""

import json

from deeper_women import deeper

from dashboard.gaps import gaps
from dashboard.measures import retentions
from dashboard.report_measures import report_measures

WOMEN = [
    *(
        {
            "start_date": -600,
            "completion_date": -450,
            "first_work_date": -420,
            "status": "placed",
            "track": "t1",
            "check_3": "same_employer",
            "check_6": "working",
            "check_12": "not_working",
            "wage": 3300.0,
            "pre_score": 40.0,
            "post_score": 60.0,
            "satisfaction": 4.0,
        }
        for _ in range(4)
    ),
    *({"start_date": -300, "completion_date": -150, "status": "seeking", "track": "t2"} for _ in range(4)),
    {"start_date": -300, "exit_date": -250, "exit_reason": "family"},
]


def test_every_part_by_hand() -> None:
    found = report_measures(deeper(*WOMEN))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    three = found["retention"]["retained_3"]
    assert (three["days"], three["same_employer"], three["working"], three["known_only"]) == (90, 4, 0, 1.0)
    assert three["rates"]["any_employer"]["denominator"] == 4
    assert found["dropout"]["rate"]["numerator"] == 1
    assert found["dropout"]["by_reason"] == {"family": 1}
    assert found["earnings"]["share"]["denominator"] == 4
    assert found["soft_skills"]["mean_gain"] == 20.0
    assert found["satisfaction"]["response"]["value"] == 0.5
    training = next(
        step for step in found["time_between"] if (step["start"], step["end"]) == ("softskills", "completed")
    )
    assert (training["n"], training["median"]) == (8, 150.0)
    tracks = found["gaps"][0]
    assert [(gap["id"], gap["state"]) for gap in tracks["groups"]] == [
        ("t1", "higher"),
        ("t2", "lower"),
        ("unspecified", "too_small"),
    ]
    assert (tracks["groups"][0]["difference"], tracks["groups"][0]["others_denominator"]) == (1.0, 4)
    assert (tracks["compared"], tracks["overlapping"]) == (2, False)
    assert [item["id"] for item in found["alternatives"]][:3] == ["insertion_90", "kaplan_meier", "ministry"]


def test_of_nobody_everything_is_undefined_and_nothing_fails() -> None:
    found = report_measures(deeper())
    assert {item["value"] for item in found["alternatives"]} == {None}
    assert found["soft_skills"]["mean_gain"] is None
    assert [gap["groups"] for gap in found["gaps"]] == [[], [], [], []]


def test_results_of_a_cohort_are_those_of_its_women_alone() -> None:
    other = [woman | {"cohort": "c2"} for woman in WOMEN]
    mixed = deeper(*(woman | {"cohort": "c1"} for woman in WOMEN), *other).where({"cohort": ("c1",)})
    alone = deeper(*WOMEN)
    assert report_measures(mixed) == report_measures(alone)
    assert retentions(mixed) == retentions(alone)
    assert gaps(mixed) == gaps(alone)
