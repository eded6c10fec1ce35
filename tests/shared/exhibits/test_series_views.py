"""The drawings of forecasts, anomalies and translations, by hand."""

from shared.exhibits import anomaly, forecasting, translation
from shared.exhibits.kinds import Lines
from shared.exhibits.runs import RunView


def view(cell="gru", seed=0, mark="*", **detail):
    return RunView("jax", cell, seed, mark, {}, detail)


def test_a_forecast_is_the_mean_and_the_range_of_its_seeds():
    known = {
        "column": "OT",
        "truth": [1.0, 2.0],
        "last_value_by_step": [0.5, 0.6],
    }
    forecasts = ([1.0, 2.0], [3.0, 5.0], [2.0, 8.0])
    runs = [
        view(seed=n, forecast=y, mse_by_step=y, **known)
        for n, y in enumerate(forecasts)
    ]
    found = {one.name: one for one in forecasting.exhibits(runs)}
    for name in ("walk", "distance"):
        line = found[name].series[-1]
        assert (line.name, line.y) == ("gru", (2.0, 5.0))
        assert (line.low, line.high) == ((1.0, 2.0), (3.0, 8.0))


def test_a_point_marks_each_window_above_the_threshold():
    run = view(errors=[0.1, 0.9, 0.5, 0.6], threshold=0.5)
    points = anomaly.detections(run, 7.0)
    assert (points.x, points.y) == ((1.0, 3.0), (7.0, 7.0))


def test_a_roc_curve_has_the_true_positive_rate_upwards():
    roc = {"false": [0.0, 0.2, 1.0], "true": [0.0, 0.8, 1.0]}
    base = {"false": [0.0, 1.0], "true": [0.0, 1.0]}
    baselines = {"change": base, "level": base}
    drawn = anomaly.roc_of([view(roc=roc, baseline_roc=baselines)])
    assert (drawn.x_label, drawn.y_label) == (
        "false positive rate",
        "true positive rate",
    )
    assert drawn.series[0].x == (0.0, 0.2, 1.0)
    assert drawn.series[0].y == (0.0, 0.8, 1.0)


def test_bleu_by_length_is_the_mean_over_seeds():
    def lengths(short, long):
        return [{"words": 4.0, "bleu": short}, {"words": 9.0, "bleu": long}]

    runs = [
        view(seed=0, by_length=lengths(30.0, 20.0)),
        view(seed=1, by_length=lengths(40.0, 30.0)),
    ]
    (drawn,) = [
        one
        for one in translation.exhibits(runs)
        if isinstance(one, Lines) and one.name == "lengths"
    ]
    (line,) = drawn.series
    assert (line.x, line.y) == ((4.0, 9.0), (35.0, 25.0))
