"""Insertion by cohort: parts that fill their bar, and a rate only where a window has closed."""

import pytest
from figure_results import ALL_OPEN, AR, COHORTS, EN, HALF_OPEN, NOBODY, PROGRAMME, insertion_figure, trace, words


def test_the_parts_of_a_cohort_are_its_counts_and_fill_its_bar() -> None:
    figure = insertion_figure(COHORTS, PROGRAMME, EN)
    states = ("inserted", "closed_without", "unknown", "undated", "open")
    assert [list(trace(figure, state).customdata) for state in states] == [
        [40, 8, 0], [2, 2, 0], [2, 0, 0], [1, 0, 0], [0, 10, 12],
    ]  # fmt: skip
    assert list(trace(figure, "open").x) == pytest.approx([0, 0.5, 1])
    assert list(trace(figure, "closed_without").base) == pytest.approx([40 / 45, 0.4, 0])
    for row in range(3):
        assert sum(trace(figure, state).x[row] for state in states) == pytest.approx(1)


def test_rates_have_a_point_and_a_whisker_only_where_a_window_has_closed() -> None:
    figure = insertion_figure(COHORTS, PROGRAMME, EN)
    assert list(trace(figure, "rate").x) == pytest.approx([40 / 45, 0.8])
    assert list(trace(figure, "interval").x) == [0.765, 0.952, None, 0.49, 0.943, None]
    assert list(trace(figure, "rate").y) == list(trace(figure, "inserted").y)[:2]
    assert "89% · 40 of 45".replace("89%", "<b>89%</b>") in words(figure)


def test_a_cohort_with_every_window_open_gets_words_and_no_rate() -> None:
    figure = insertion_figure({"c3": ALL_OPEN}, PROGRAMME, EN)
    assert not trace(figure, "rate").x
    said = " ".join(words(figure)).replace("<br>", " ")
    assert "12 women still in their window" in said
    assert "97%" not in said.replace("declared reference 97%", "")
    assert "Insertion rate" not in trace(figure, "touch").hovertext[0]


def test_the_declared_reference_is_a_dotted_line_with_its_name_on_it() -> None:
    figure = insertion_figure(COHORTS, PROGRAMME, EN)
    line = next(shape for shape in figure.layout.shapes if shape.xref == "x2")
    assert (line.x0, line.x1, line.line.dash) == (PROGRAMME.reference.rate, PROGRAMME.reference.rate, "dot")
    assert "declared reference 97%" in words(figure)


def test_a_number_stands_on_a_part_only_where_it_fits_on_a_phone() -> None:
    said = words(insertion_figure({"c1": COHORTS["c1"]}, PROGRAMME, EN))
    assert said.count("40") == 1
    assert "2" not in said and "1" not in said  # thin parts: in hover and table


def test_a_cohort_without_completers_says_so_beside_one_that_has_some() -> None:
    said = words(insertion_figure({"c1": COHORTS["c1"], "c3": NOBODY}, PROGRAMME, EN))
    assert "none has completed yet" in [note.replace("<br>", " ") for note in said]


def test_a_long_name_is_cut_after_two_lines_and_its_isolates_are_closed() -> None:
    name = "Groupe du soir de la session de printemps, site de la rive gauche"
    figure = insertion_figure({name: HALF_OPEN}, PROGRAMME, AR)
    label = next(note.text for note in figure.layout.annotations if "Groupe" in note.text)
    assert len(label.split("<br>")) == 2 and "…" in label
    for line in label.split("<br>"):
        assert line.count("\u2068") + line.count("\u2067") == line.count("\u2069")


def test_a_part_without_women_has_no_edge() -> None:
    figure = insertion_figure(COHORTS, PROGRAMME, EN)
    assert list(trace(figure, "open").marker.line.width) == [0, 1, 1]
