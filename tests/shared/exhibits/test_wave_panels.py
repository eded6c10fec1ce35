"""Forecasts of several waves: what is shown, and how it is drawn."""

from __future__ import annotations

from comparisons.report.renderers import panels_block
from shared.exhibits.runs import RunView
from shared.tasks import get_task

INPUTS = [[0.0, 1.0], [4.0, 5.0], [8.0, 9.0]]
NOISY = [2.0, 3.0, 6.0, 7.0, 10.0, 11.0]


def waves(cell, error):
    """A run on three waves of two inputs and two forecasts."""
    detail = {
        "inputs": INPUTS,
        "noisy": NOISY,
        "clean": [value + 0.5 for value in NOISY],
        "forecast": [value + error for value in NOISY],
    }
    return RunView("PyTorch", cell, 0, "*", {}, detail)


def exhibit():
    runs = [waves("RNN", 1.0), waves("GRU", 0.25)]
    (panels,) = get_task("sine").exhibits(runs)
    return panels


def test_each_wave_is_shown_from_its_window_on_with_its_residuals():
    parts = exhibit().parts
    assert list(parts) == [
        *("wave 1", "wave 2", "wave 3"),
        *(f"residuals of wave {number}" for number in (1, 2, 3)),
    ]
    noisy, clean, rnn, gru = parts["wave 2"].series
    assert (noisy.y, noisy.kind) == ((4.0, 5.0, 6.0, 7.0), "points")
    assert (clean.x, clean.y) == ((2, 3), (6.5, 7.5))
    assert (rnn.x, rnn.y) == ((2, 3), (7.0, 8.0))
    assert (gru.name, gru.y) == ("GRU", (6.25, 7.25))
    residuals = parts["residuals of wave 3"].series
    assert [one.y for one in residuals] == [(1.0, 1.0), (0.25, 0.25)]


def test_the_title_says_how_far_forecasts_are_from_the_clean_waves():
    title = exhibit().title
    assert title.endswith("on average: GRU by 0.250, RNN by 0.500")


def test_panels_have_one_legend_and_one_table():
    (figure,) = panels_block("sine", exhibit())
    assert [panel.title for panel in figure.panels] == list(exhibit().parts)
    assert [name for _, _, name in figure.legend] == [
        *("noisy truth", "clean truth", "RNN", "GRU"),
    ]
    # A sign of points, and one of lines.
    assert figure.legend[0][0] != figure.legend[1][0]
    assert not any(p.layout["showlegend"] for p in figure.panels)
    rows = [tuple(row.cells) for row in figure.table.rows]
    texts = [[str(cell.text) for cell in row] for row in rows]
    assert ["wave 2", "3", "GRU", "7.25"] in texts
    # Of each wave, 4 noisy, 2 clean and 2 of each cell; 2 residuals of each.
    assert len(texts) == 3 * (4 + 2 + 2 * 2 + 2 * 2)
