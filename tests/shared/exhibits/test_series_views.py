"""The drawings of forecasts, anomalies and translations, by hand."""

from shared.exhibits import (
    anomaly,
    forecast_folds,
    forecasting,
    music,
    translation,
)
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
    assert found["walk"].title == "Forecasts miss OT on average: gru by 2.000"
    assert found["distance"].title == (
        "MSE from 1 to 2 steps ahead: gru 2.00 to 5.00, last value 0.500 to "
        "0.600"
    )
    for name in ("walk", "distance"):
        line = found[name].series[-1]
        assert (line.name, line.y) == ("gru", (2.0, 5.0))
        assert (line.low, line.high) == ((1.0, 2.0), (3.0, 8.0))


def test_an_interval_is_the_band_of_its_quantiles():
    known = {"column": "cnt", "truth": [1.0, 2.0], "levels": [0.1, 0.9]}
    runs = [
        RunView("jax", "gru", n, "*", {"coverage": covered}, {**known, **one})
        for n, (covered, one) in enumerate(
            (
                (0.7, {"forecast": [1, 2], "low": [0, 1], "high": [2, 6]}),
                (0.8, {"forecast": [3, 2], "low": [2, 1], "high": [4, 6]}),
            )
        )
    ]
    (drawn,) = forecast_folds.interval(runs)
    assert drawn.title == (
        "The interval of GRU holds 75.0 % of cnt, nominally 80.0 %"
    )
    line = drawn.series[1]
    assert (line.y, line.low, line.high) == ((2, 2), (1, 1), (3, 6))
    assert forecast_folds.interval([view(column="cnt")]) == []


def test_a_fold_counts_as_its_windows():
    runs = [
        RunView(
            "jax",
            "gru",
            fold,
            "*",
            {"mse": mse},
            {
                "fold": fold,
                "folds": 3,
                "tested": [f"{fold}a", f"{fold}b"],
                "test_windows": windows,
                "last_value_by_step": [1.0, 3.0],
            },
        )
        for fold, mse, windows in ((0, 0.1, 10), (1, 0.2, 10), (2, 0.6, 20))
    ]
    (table,) = forecast_folds.fold_table(runs)
    assert table.headings[1:3] == ("1: 0a to 0b", "2: 1a to 1b")
    assert table.rows == (
        ("gru", "0.100", "0.200", "0.600", "0.375"),
        ("last value", "2.00", "2.00", "2.00", "2.00"),
    )
    assert forecast_folds.fold_table([]) == []


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
    assert drawn.title == (
        "Area under the ROC curve: gru 0.80, change 0.50, level 0.50"
    )
    assert drawn.series[0].x == (0.0, 0.2, 1.0)
    assert drawn.series[0].y == (0.0, 0.8, 1.0)


def test_errors_are_said_inside_and_outside_of_the_labeled_windows():
    known = {"errors": [0.1, 0.9, 0.8, 0.3], "threshold": 0.25}
    drawn = anomaly.errors_of("gru", {**known, "labelled": [0, 1, 1, 0]})
    assert drawn.title == (
        "The error of gru exceeds its threshold of 0.25 at 100.0 % of the "
        "steps in labeled windows and 50.0 % of the others"
    )
    drawn = anomaly.errors_of("gru", {**known, "labelled": [0, 0, 0, 0]})
    assert drawn.title.endswith("at 75.0 % of the steps")


def test_a_piano_roll_says_what_is_expected_of_keys_that_sound():
    known = {"keys": [39, 40], "sounded": [[1, 0], [0, 0]]}
    (shown,) = music.exhibits(
        [
            view("rnn", mark="", probs=[[0.4, 0.1], [0.2, 0.3]], **known),
            view("gru", probs=[[0.5, 0.1], [0.2, 0.0]], **known),
        ]
    )
    assert shown.title == (
        "Mean probability of the keys that sound (of the others): gru 0.500 "
        "(0.100), rnn 0.400 (0.200)"
    )


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
