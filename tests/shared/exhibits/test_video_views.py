"""What a report shows of videos: accuracy by frame, frames, confusion."""

import numpy as np
from factories.small_datasets import video_dataset

from shared.exhibits.runs import RunView
from shared.exhibits.video import video_exhibits
from shared.tasks.video.scores import details


def test_frames_are_shown_with_what_each_cell_predicts():
    dataset = video_dataset()
    y = dataset.test.y
    outputs = np.zeros((*y.shape[:2], 20))  # the first class of each head
    found = details(outputs, dataset)
    runs = [
        RunView("jax", cell, 0, "*" * (cell == "GRU"), {}, found)
        for cell in ("GRU", "RNN")
    ]
    direction, digit, strip, *others = video_exhibits(runs)
    right = 100 * (y[:, :, 0] == 0).mean(axis=0)
    assert [one.name for one in direction.series] == ["GRU", "RNN"]
    np.testing.assert_allclose(direction.series[0].y, right, atol=0.01)
    assert direction.series[0].x == (1.0, 2.0, 3.0, 4.0, 5.0)
    assert digit.series[0].y == (0.0,) * 5  # all are 3 or 7
    assert "3 moving" in strip.title
    assert "GRU 0 moving E, RNN 0 moving E" in strip.text
    assert len(strip.values) == 16
    assert len(strip.values[0]) == len(strip.columns) == 4 * 16
    first = dataset.test.x[0, -4].reshape(16, 16)
    shown = np.array(strip.values)[:, :16]
    assert np.abs(shown - first).max() <= 1 / 18 + 1e-6
    assert [one.name for one in others] == ["confusion", "recall"]


def test_nothing_is_shown_of_runs_without_details():
    assert video_exhibits([RunView("jax", "GRU", 0, "*", {}, {})]) == []
