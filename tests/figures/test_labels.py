"""Labels at the ends of lines do not cover each other."""

import itertools

import pytest

from comparisons.figures.labels import (
    LEAST,
    MOST,
    labelled,
    spread,
)
from comparisons.figures.lines import Line
from comparisons.figures.matplotlib import lines_figure
from comparisons.figures.point_labels import ACROSS, between, middle, sides
from comparisons.figures.point_labels import LEAST as LEAST_PIXELS
from comparisons.report.plotly.axes import axes
from comparisons.report.plotly.panels import line_panels


@pytest.mark.parametrize(
    "values",
    [
        [0.5, 0.51, 0.49],
        [1.0, 1.0, 1.0],
        [0.0, 0.01, 0.9],
        [0.9, 0.98, 1.0],
        [0.2, 0.8],
        [],
    ],
)
def test_labels_are_apart_in_the_order_of_their_lines(values):
    places = spread(values, 0.0, 1.0)
    inside = sorted(places)
    gaps = [b - a for a, b in itertools.pairwise(inside)]
    assert all(gap > LEAST - 1e-9 for gap in gaps)
    assert all(-1e-9 <= place <= 1.0 + 1e-9 for place in places)
    order = sorted(range(len(values)), key=lambda n: (values[n], places[n]))
    assert [places[n] for n in order] == inside


def test_labels_that_are_clear_stay_at_their_lines():
    assert spread([0.2, 0.8], 0.0, 1.0) == [0.2, 0.8]


def test_the_label_of_a_point_is_at_its_clear_side():
    point = (0.5, 0.5)
    above = between((0.2, 0.58), (0.8, 0.58))
    right = between((0.55, 0.2), (0.55, 0.8))
    (side,) = sides([point], [point, *above, *right])
    assert side == (-1, -1)
    crowd = [(n / 40, m / 40) for n in range(40) for m in range(40)]
    assert sides([point], crowd) == [None]
    assert sides([(0.0, 0.5)], [(0.0, 0.5)])[0][0] == 1  # inside the drawing


def test_labels_of_near_points_do_not_cover_each_other():
    points = [(0.5, 0.5), (0.52, 0.5)]
    one, other = sides(points, points)
    middles = [middle(*pair) for pair in zip(points, (one, other))]
    (x, y), (a, b) = middles
    assert abs(x - a) > ACROSS or abs(y - b) > LEAST_PIXELS


def line(name, y, label):
    return Line(name, [1.0, 2.0], [0.0, y], "#009e73", label=label)


def test_a_line_is_named_by_its_label_or_by_the_legend_but_not_by_both():
    lines = [line("PyTorch GRU", 1.0, "GRU"), line("other", 2.0, "")]
    (panel,) = line_panels({"": lines}, axes("epoch", "loss"))
    assert panel.layout["showlegend"] is False
    (text,) = panel.layout["annotations"]
    assert text["text"].endswith("GRU") and text["y"] == 1.0
    figure = lines_figure({"": lines}, ("epoch", "loss"), title="GRU is first")
    (axis,) = figure.axes
    assert [text.get_text() for text in axis.texts] == ["GRU"]
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["other"]
    assert figure.get_suptitle() == "GRU is first"


@pytest.mark.parametrize("log", ["", "y"])
def test_labels_are_at_the_heights_of_their_lines(log):
    """On a linear and on a logarithmic axis."""
    lines = [
        Line(name, [1, 2], [1.0, end], "#009e73", label=name)
        for name, end in (("A", 1.0), ("B", 100.0), ("C", 10_000.0))
    ]
    (axis,) = lines_figure({"": lines}, ("T", "s"), log=log).axes
    for line, text in zip(lines, axis.texts, strict=True):
        _, height = text.get_position()
        _, end = axis.transData.transform((2, line.y[-1]))
        _, place = axis.transAxes.transform((1, height))
        # On the linear axis, A and B would overlap.
        assert place == pytest.approx(end, abs=1e-6) or not log


def test_very_many_lines_have_a_legend_alone():
    lines = [line(str(n), float(n), str(n)) for n in range(MOST + 1)]
    assert labelled(lines) == []


def test_every_panel_shows_its_lines_whole():
    """Panels share an axis, whose ends are those of all of them."""
    low = Line("a", [1, 2], [10.0, 20.0], "#009e73")
    high = Line("a", [1, 2], [90.0, 100.0], "#009e73")
    figure = lines_figure({"A": [low], "B": [high]}, ("epoch", "accuracy, %"))
    for axis in figure.axes:
        bottom, top = axis.get_ylim()
        assert 0 < bottom < 10 and 100 < top <= 101.5
        assert not any("o" in t.get_text() for t in axis.get_yticklabels())
