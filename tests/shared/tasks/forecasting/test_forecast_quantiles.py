"""Quantiles of forecasts: their loss, their scores, their intervals."""

from __future__ import annotations

import numpy as np
import pytest
from factories.small_datasets import forecast_dataset

from shared.errors import SpecError
from shared.reference.losses import pinball
from shared.specs import ModelSpec
from shared.tasks import get_task, sized, stored_data
from shared.tasks.forecasting.baselines.scored import baselines
from shared.tasks.forecasting.details import details
from shared.tasks.forecasting.levels import forecasts, quantiles, truth
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.quantile_scores import (
    around,
    interval_scores,
    within,
)
from shared.tasks.forecasting.scores import score

LEVELS = (0.1, 0.5, 0.9)
RNG = np.random.default_rng(0)


def test_an_error_above_costs_its_level():
    # One value 3.0, quantiles 1.0, 3.5 and 5.0: errors 2, -0.5 and -2.
    loss, gradient = pinball(
        np.array([[1.0, 3.5, 5.0]]), np.array([[3.0]]), LEVELS
    )
    assert loss == pytest.approx((0.1 * 2 + 0.5 * 0.5 + 0.1 * 2) / 3)
    assert gradient[0] == pytest.approx(np.array([-0.1, 0.5, 0.1]) / 3)


def test_the_loss_is_least_at_the_quantile():
    values = RNG.normal(size=(999, 1))
    grid = np.linspace(-3, 3, 601)
    for level in LEVELS:
        losses = [
            pinball(np.full((999, 1), at), values, (level,))[0] for at in grid
        ]
        expected = np.quantile(values, level)
        assert grid[np.argmin(losses)] == pytest.approx(expected, abs=0.02)


def test_a_model_of_quantiles_has_the_pinball_loss():
    spec = ModelSpec(output_size=6, quantile_levels=[0.1, 0.5])
    assert (spec.loss, spec.quantile_levels) == ("pinball", (0.1, 0.5))
    with pytest.raises(SpecError, match="a classifier has no quantiles"):
        ModelSpec(model="classifier", quantile_levels=LEVELS)


def of_levels(levels=LEVELS, **options):
    return forecast_dataset(quantiles=levels, **options)


def test_outputs_are_the_quantiles_of_each_step():
    dataset = of_levels()
    assert dataset.output_size == 8 * 3
    assert dataset.train.y.shape[1] == 8
    run = get_task("forecast")
    assert run.model.quantile_levels == ()
    # Each target, and what is added to it, in the order of the levels.
    y = dataset.test.y
    outputs = (y[..., None] + [-2.0, 0.25, 1.0]).reshape(len(y), -1)
    actual = truth("test", dataset)
    found = quantiles(outputs, "test", dataset)
    for place, added in enumerate([-2.0, 0.25, 1.0]):
        assert found[..., place] == pytest.approx(actual + added, abs=1e-5)
    point = forecasts(outputs, "test", dataset)
    assert point == pytest.approx(actual + 0.25, abs=1e-5)
    scores = score(outputs, "test", dataset)
    assert scores["mse"] == pytest.approx(0.25**2, rel=1e-4)
    assert scores["coverage"] == 1.0
    assert scores["interval_width"] == pytest.approx(3.0, rel=1e-5)
    loss = (0.1 * 2 + 0.5 * 0.25 + 0.1 * 1.0) / 3
    assert scores["pinball"] == pytest.approx(loss, rel=1e-4)


def test_coverage_counts_values_on_both_sides():
    quantile = np.array([[-1.0, 0.0, 1.0]] * 4)[:, None, None]
    values = np.array([-2.0, 0.5, 1.0, 3.0])[:, None, None]
    found = interval_scores(quantile, values, list(LEVELS))
    assert found["coverage"] == 0.5
    assert found["interval_width"] == 2.0
    inside = within(quantile[..., 0], values, quantile[..., 2]).ravel()
    assert inside.tolist() == [False, True, True, False]
    one = interval_scores(quantile[..., 1:2], values, [0.5])
    assert one == {"pinball": pytest.approx(np.abs(values).mean() / 2)}


def test_an_interval_of_a_baseline_is_of_its_errors_elsewhere():
    errors = np.linspace(-1.0, 3.0, 21)[:, None, None]
    errors = errors * np.array([1.0, 4.0])[None, :, None]
    found = around(np.array([[[5.0], [7.0]]]), errors, [0.1, 0.5, 0.9])
    assert found[0, 0, 0] == pytest.approx([4.4, 6.0, 7.6])
    assert found[0, 1, 0] == pytest.approx([4.6, 11.0, 17.4])


def test_baselines_have_scores_of_quantiles_where_these_are_forecast():
    found = baselines(of_levels())
    for scores in found.values():
        assert 0.0 <= scores["coverage"] <= 1.0
        assert scores["pinball"] > 0.0
    assert "pinball" not in baselines(forecast_dataset())["last value"]


def test_a_run_records_its_interval():
    dataset = of_levels()
    y = dataset.test.y
    outputs = (y[..., None] + [-1.0, 0.0, 1.0]).reshape(len(y), -1)
    found = details(outputs, dataset)
    deviation = dataset.metadata["deviation"][0]
    low, high = np.array(found["low"]), np.array(found["high"])
    assert found["levels"] == [0.1, 0.9]
    assert high - low == pytest.approx(2 * deviation, rel=1e-2)
    assert found["truth"] == pytest.approx((low + high) / 2, abs=1e-2)
    assert found["coverage_by_step"] == [1.0] * 8
    missed = outputs.reshape(len(y), 8, 3) + 5.0 * (np.arange(8) == 2)[:, None]
    found = details(missed.reshape(len(y), -1), dataset)
    assert found["coverage_by_step"] == [1.0, 1.0, 0.0] + [1.0] * 5
    assert "low" not in details(y, forecast_dataset())


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ((0.5, 0.1), "quantiles 0.5 and 0.1 are out of order"),
        ((0.5, 0.5), "quantiles 0.5 and 0.5 are out of order"),
        ((0.0, 0.5), "quantile 0.0 is not between 0 and 1"),
        ((0.5, 1.5), "quantile 1.5 is not between 0 and 1"),
        (("a",), "quantile a is not between 0 and 1"),
        ((0.1, 0.9), "quantiles 0.1 0.9 lack 0.5, the median"),
    ],
)
def test_quantiles_that_cannot_be_forecast_are_refused(levels, message):
    with pytest.raises(SpecError, match=message):
        ForecastData(quantiles=levels)


def test_quantiles_are_no_inputs_of_the_next_step():
    with pytest.raises(SpecError, match="needs --strategy direct"):
        ForecastData(quantiles=LEVELS, strategy="recursive")


def test_options_of_older_records_ask_for_nothing_new():
    task = get_task("forecast")
    old = {"dataset": "etth1", "window": 96, "horizon": 24}
    data = ForecastData(**stored_data(task, "standard", old))
    assert data == ForecastData()
    assert (data.quantiles, data.exogenous, data.folds) == ((), (), 1)


def test_every_step_learns_quantiles(monkeypatch):
    dataset = of_levels(targets="every", residual=False)
    assert dataset.train.y.shape[2] == 8
    assert dataset.output_size == 24
    from shared.tasks import resolve

    run = resolve(
        task="forecast",
        framework="jax",
        cell="gru",
        data={"quantiles": list(LEVELS), "targets": "every"},
    )
    model = sized(run, dataset).model
    assert (model.loss, model.model) == ("pinball", "sequence_forecaster")
