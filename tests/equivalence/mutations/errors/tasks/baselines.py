"""Baselines of series, images, and sequences to be remembered."""

NAIVE = "shared/tasks/forecasting/baselines/naive.py"
RIDGE = "shared/tasks/forecasting/baselines/ridge.py"
SERIES = "shared/tasks/forecasting/data.py"
SCALING = "shared/tasks/forecasting/scaling.py"
ANOMALY = "shared/tasks/forecasting/anomalies/scores.py"
SINE = "shared/tasks/fundamentals/sine.py"
MUSIC = "shared/tasks/audio/piano_rolls.py"
COPY = "shared/tasks/memory/copy.py"
ECHO = "shared/tasks/memory/echo.py"
MNIST = "shared/tasks/memory/seqmnist.py"

ERRORS = [
    (
        NAIVE,
        "last_season",
        "window - season + steps",
        "steps",
        "first season of the window in place of the last",
    ),
    (
        RIDGE,
        "ridge",
        "targets_of('validation', dataset)",
        "targets_of('test', dataset)[: len(dataset.validation.x)]",
        "penalty of ridge regression chosen on the test split",
    ),
    (
        RIDGE,
        "fitted",
        "of('train', dataset, rows)",
        "of('validation', dataset)",
        "ridge regression fitted to the validation split",
    ),
    (
        RIDGE,
        "ridge",
        "np.add(forecast, last, out=forecast)",
        "forecast",
        "ridge regression forecasts changes as levels",
    ),
    (
        RIDGE,
        "fitted",
        "y_mean - model.coef_ @ x_mean",
        "y_mean",
        "intercept of ridge regression without the mean of the inputs",
    ),
    (
        SCALING,
        "naive_error",
        "values[season:] - values[:-season]",
        "values[1:] - values[:-1]",
        "MASE of a series scaled without its season",
    ),
    (
        SERIES,
        "series_dataset",
        "naive_error(scaled[:scale_rows], season or 1)",
        "naive_error(scaled, season or 1)",
        "MASE scaled by all rows in place of the training rows",
    ),
    (
        ANOMALY,
        "rolling_z",
        "pandas.Series(values).shift(1)",
        "pandas.Series(values)",
        "a value in the window that it is compared with",
    ),
    (
        ANOMALY,
        "baseline_errors",
        "beyond_quartiles(scaled, scaled[:first])",
        "beyond_quartiles(scaled, scaled)",
        "quartiles of the whole series",
    ),
    (
        SINE,
        "baselines",
        "np.linalg.lstsq(train, targets, rcond=None)",
        "np.linalg.lstsq(test, dataset.test.y, rcond=None)",
        "autoregression fitted to the test split",
    ),
    (
        SINE,
        "baselines",
        "dataset.test.x[:, -1]",
        "dataset.test.x[:, 0]",
        "first value of the window in place of the last",
    ),
    (
        SINE,
        "TASK",
        "rmse(data.arrays['clean_test'], data.test.y)",
        "rmse(data.arrays['clean_train'], data.train.y)",
        "noise floor of the training split",
    ),
    (
        MUSIC,
        "baselines",
        "(silent, ~silent)",
        "(~silent, silent)",
        "key after its silence and after its sound exchanged",
    ),
    (
        MUSIC,
        "baselines",
        "dataset.train.y[mask] == 1",
        "dataset.train.x[mask] == 1",
        "bigram of a key with the same frame",
    ),
    (
        COPY,
        "baselines",
        "COPIED * float(np.log(SYMBOLS))",
        "COPIED * float(np.log(SYMBOLS + 1))",
        "guessing without memory takes blanks for symbols",
    ),
    (
        ECHO,
        "baselines",
        "float(np.log(count))",
        "float(np.log2(count))",
        "chance level of the loss in bits",
    ),
    (
        MNIST,
        "baselines",
        "majority(train.y, len(test.y), len(DIGITS))",
        "majority(test.y, len(test.y), len(DIGITS))",
        "majority digit of the test split",
    ),
    (
        MNIST,
        "baselines",
        "train.x[:LINEAR_IMAGES]",
        "test.x[:LINEAR_IMAGES]",
        "logistic regression reads test images with training digits",
    ),
]
