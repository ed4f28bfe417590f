"""The path: each bar is the counts it was given, by evidence."""

from figure_results import EN, PROGRAMME, STAGES, funnel_figure, plain, trace, words

from dashboard.funnel import FunnelStage


def test_the_bars_of_the_path_are_the_counts_by_evidence() -> None:
    figure = funnel_figure(STAGES, PROGRAMME, EN)
    assert list(trace(figure, "dated").x) == [60, 40, 24, 21]
    assert list(trace(figure, "inferred").x) == [0, 5, 2, 0]
    assert list(trace(figure, "undated").x) == [0, 0, 4, 0]
    assert list(trace(figure, "inferred").base) == [60, 40, 24, 21]
    assert list(trace(figure, "undated").base) == [60, 45, 26, 21]


def test_the_path_reads_from_top_to_bottom_in_the_order_given() -> None:
    figure = funnel_figure(STAGES, PROGRAMME, EN)
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1] == 0  # px, growing downwards
    assert list(trace(figure, "dated").y) == sorted(trace(figure, "dated").y)
    names = [note for note in words(figure) if note in ("First contact", "Enrolled", "Completed")]
    assert names == ["First contact", "Enrolled", "Completed"]


def test_each_bar_is_labelled_with_count_shares_and_stock() -> None:
    said = words(funnel_figure(STAGES, PROGRAMME, EN))
    for label in ("60", "45", "30", "21", "50%", "35%", "67%", "70%", "5", "4", "9"):
        assert label in said, label


def test_evidence_needs_no_key_when_every_stage_is_dated() -> None:
    dated = STAGES[:1]
    assert not funnel_figure(dated, PROGRAMME, EN).layout.shapes
    assert "by status only, no date" in words(funnel_figure(STAGES, PROGRAMME, EN))


def test_the_hover_of_a_stage_says_what_its_row_says() -> None:
    hover = plain(trace(funnel_figure(STAGES, PROGRAMME, EN), "track").hovertext[2])
    for part in ("Completed", "Reached: 30", "later stage: 2", "no date: 4", "first stage: 50%", "now: 9"):
        assert part in hover


def test_long_counts_get_the_room_they_need_before_the_columns() -> None:
    many = FunnelStage("contact", 399_000, 399_000, 0, 0, now=0, of_first=1.0, of_previous=None)
    few, wide = (funnel_figure((stage,), PROGRAMME, EN).layout.margin.r for stage in (STAGES[0], many))
    assert wide - few == 45  # five more characters
