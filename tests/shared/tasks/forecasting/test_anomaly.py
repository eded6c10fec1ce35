"""Anomalies: thresholds, alarms, windows found, inputs."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from factories.specs import run_spec

from shared.datasets.nab import NAMES, read_nab
from shared.exhibits.anomaly import detections, series_of
from shared.exhibits.kinds import Series
from shared.exhibits.runs import RunView
from shared.tasks import get_task, sized
from shared.tasks.forecasting.anomalies.details import thinned
from shared.tasks.forecasting.anomalies.scores import (
    alarms,
    baselines,
    beyond_quartiles,
    rolling_z,
    running_mean,
    score,
    step_errors,
    window_scores,
)
from shared.tasks.forecasting.anomaly import AnomalyData, load


def labelled(labels, quantile, window):
    """What the scores read of a data set."""
    metadata = {"quantile": quantile, "window": window}
    return SimpleNamespace(arrays={"labels": labels}, metadata=metadata)


def test_nearby_detections_are_one_alarm():
    errors = np.array([0, 9, 0, 9, 0, 0, 0, 9, 9, 0.0])
    assert alarms(errors, 5.0, 2).tolist() == [0, 1, 0, 1, 0, 0, 0, 2, 2, 0]
    assert alarms(errors, 5.0, 1).max() == 3
    assert not alarms(errors, 9.0, 1).any()


def test_scores_count_found_windows_and_true_alarms():
    labels = np.array([0, 1, 1, 0, 0, 2, 2, 0, 0, 0, 3, 3])
    errors = np.array([0, 0.1, 9, 0, 0, 0.2, 0.2, 0, 9, 0, 9, 0.1])
    calm = np.array([0.0, 1.0])
    dataset = labelled(labels, 0.5, 1)
    found = window_scores(calm, errors, dataset)
    assert found["alarms"] == 3
    assert found["precision"] == pytest.approx(2 / 3)
    assert found["recall"] == pytest.approx(2 / 3)
    assert found["f1"] == pytest.approx(2 / 3)
    # Pairs of a step within and one without: 30 ordered rightly, 2 tied.
    assert found["auc"] == pytest.approx((30 + 2 / 2) / 36)
    assert window_scores(calm + 99, errors, dataset)["f1"] == 0.0


def test_the_threshold_is_of_training_alone():
    dataset = labelled(np.array([0, 1, 1]), 0.95, 1)
    errors = np.array([95.0, 95.1, 0.0])  # the threshold is 95
    assert window_scores(np.arange(101.0), errors, dataset)["alarms"] == 1
    assert window_scores(np.arange(101.0), errors - 0.1, dataset)["alarms"] == 0


def test_errors_are_averaged_over_preceding_steps():
    found = running_mean(np.array([4.0, 0.0, 2.0, 6.0]), 2)
    assert found.tolist() == [4.0, 2.0, 1.0, 4.0]


def test_errors_without_smoothing():
    values = np.array([0.0, 2.0, 0.0, 2.0, 9.0])
    z = rolling_z(values, 4)
    assert z[:2].tolist() == [0.0, 0.0]
    assert z[4] == pytest.approx(8 / np.std([0, 2, 0, 2], ddof=1))
    train = np.arange(5.0)
    assert beyond_quartiles(np.array([2.0, 5.0, -1.0]), train).tolist() == [
        0.0,
        1.0,
        1.0,
    ]


def test_downsampling_shows_the_maximum():
    values = np.zeros(3000)
    values[1234] = 7.0
    found = thinned(values)
    assert len(found) == 1000
    assert found[1234 // 3] == 7.0


def test_detections_are_drawn_where_errors_are_above_the_threshold():
    detail = {
        "values": [1.0, 5.0, 3.0],
        "labelled": [0.0, 1.0, 1.0],
        "errors": [0.2, 0.9, 0.5],
        "threshold": 0.5,
    }
    runs = [
        RunView(
            *("jax", cell, 0, "", {"alarms": 1.0, "recall": 0.8}),
            {**detail, "threshold": limit},
        )
        for cell, limit in (("gru", 0.5), ("lstm", 0.1))
    ]
    assert detections(runs[0], 7.0) == Series(
        "gru", (7.0,), (1.0,), kind="points"
    )
    drawn = series_of(runs)
    assert drawn.title == (
        "gru detects 80 % of the labeled windows with 1 alarm, lstm 80 % with 1"
    )
    _, value, gru, lstm = drawn.series
    assert gru.x == (1.0,)
    assert lstm.x == (0.0, 1.0, 2.0)
    assert max(value.y) < gru.y[0] < lstm.y[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_series_has_its_windows(data_dir, name):
    series, labels = read_nab(name)
    assert len(series.values) == len(labels)
    assert labels.max() >= 1
    for number in range(1, labels.max() + 1):
        inside = np.flatnonzero(labels == number)
        assert len(inside) == inside[-1] - inside[0] + 1


@pytest.mark.parametrize("error", ["reconstruction", "forecast"])
def test_each_test_step_has_one_error_and_training_sets_the_limit(
    data_dir, error
):
    dataset = load(AnomalyData(error=error, smoothing_window=1), 0)
    rows = dataset.metadata["rows"]
    assert rows == [4128, 1032, 5160]
    assert dataset.metadata["windows"] == 5
    wrong = dataset.test.y.copy()
    # Make one step of the test part wrong, and one of training's.
    wrong[-5] += 3.0
    wrong[7] += 2.0
    calm, errors = step_errors(wrong, dataset)
    assert len(errors) == rows[2]
    assert np.flatnonzero(errors).tolist() == [rows[2] - 5]
    assert np.flatnonzero(calm).tolist() == [7]
    assert errors.max() == pytest.approx(9.0)
    assert (len(calm), len(dataset.train.x)) == (
        dataset.metadata["train_windows"],
    ) * 2


def test_training_alone_scales_and_validation_comes_after_it(data_dir):
    dataset = load(AnomalyData(error="forecast"), 0)
    first, second, _ = dataset.metadata["rows"]
    scaled = dataset.arrays["scaled"]
    assert scaled[:first].mean() == pytest.approx(0.0, abs=1e-5)
    assert scaled[:first].std() == pytest.approx(1.0, abs=1e-5)
    after = scaled[first : first + second, None]
    assert np.array_equal(dataset.validation.y, after)


def test_the_error_decides_the_model(data_dir):
    for error, model in (
        ("reconstruction", "autoencoder"),
        ("forecast", "forecaster"),
    ):
        run = run_spec("anomaly", "jax", "gru", data={"error": error})
        dataset = load(AnomalyData(error=error), 0)
        assert sized(run, dataset).model.model == model


def test_epochs_are_compared_without_labels(data_dir):
    task, dataset = get_task("anomaly"), load(AnomalyData(), 0)
    assert (task.validation_metric, task.validation_better) == ("mse", "lower")
    found = score(dataset.validation.y + 1.0, "validation", dataset)
    assert found == {"mse": pytest.approx(1.0)}


def test_baselines_alarm_too(data_dir):
    found = baselines(load(AnomalyData(), 0))
    assert set(found) == {"rolling z-score", "interquartile range"}
    assert all(0.0 <= scores["f1"] <= 1.0 for scores in found.values())
