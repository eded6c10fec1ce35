"""Forecasts: the calendar, exogenous columns, quantiles, folds, returns."""

FOLDER = "shared/tasks/forecasting"
CALENDAR, FEATURES, DATA, ROWS, OPTIONS = (
    f"{FOLDER}/{name}.py"
    for name in ("calendar", "features", "data", "rows", "options")
)
LEVELS, SCORES, QUANTILES, DETAILS = (
    f"{FOLDER}/{name}.py"
    for name in ("levels", "scores", "quantile_scores", "details")
)
NAIVE, BASELINES, BOOSTING = (
    f"{FOLDER}/baselines/{name}.py" for name in ("naive", "scored", "boosting")
)
SOURCES = f"{FOLDER}/sources.py"
CUTTING = f"{FOLDER}/cutting.py"
REACH = "shared/datasets/times/reach.py"
SCORING = "comparisons/worker/scoring.py"
REFERENCE = "shared/reference/losses.py"
ARGUMENTS = "comparisons/arguments/options.py"
EXHIBITS = "shared/exhibits/forecast_folds.py"

ERRORS = [
    (
        CALENDAR,
        "hour_of_day",
        "ticks - day_of(ticks)",
        "ticks - day_of(ticks) + np.timedelta64(1, 'h')",
        "the calendar shifted by an hour",
    ),
    (
        CALENDAR,
        "day_of_week",
        "day_of(ticks).astype(np.int64) + 3",
        "day_of(ticks).astype(np.int64) + 4",
        "weeks that begin on Sundays",
    ),
    (
        CALENDAR,
        "calendar_of",
        "length < microseconds",
        "length <= 365 * microseconds",
        "the hour of days without hours",
    ),
    (
        FEATURES,
        "features_of",
        "present[:end]",
        "present[options.lead :]",
        "an exogenous column leaks its future",
    ),
    (
        FEATURES,
        "features_of",
        "ahead[options.lead :]",
        "ahead[:end]",
        "columns known ahead read at their time alone",
    ),
    (
        FEATURES,
        "features_of",
        "scaled_by(name, now, rows)",
        "scaled_by(name, now, len(now.values))",
        "an exogenous column scaled by all splits",
    ),
    (
        DATA,
        "series_dataset",
        "features.windows(begin, end - horizon, window)",
        "features.windows(begin + 1, end - horizon + 1, window)",
        "columns of the next step beside the target",
    ),
    (
        DATA,
        "series_dataset",
        "features.windows(begin + window, end - 1, horizon - 1)",
        "features.windows(begin + window - 1, end - 2, horizon - 1)",
        "a rollout reads what was known a step before",
    ),
    (
        DATA,
        "series_dataset",
        "fold_ends(name, ends, options.folds, 0, horizon)",
        "fold_ends(name, ends, options.folds, fold, horizon)",
        "each fold's errors in a unit of its own",
    ),
    (
        CUTTING,
        "season_before",
        "np.array(begins)[:, None] - season + steps",
        "np.array(begins)[:, None] - season + steps + 1",
        "the season before, a step too late",
    ),
    (
        SCORING,
        "scored_outputs",
        "ahead[:, step - 1]",
        "ahead[:, 0]",
        "a rollout reads what is known of its first step",
    ),
    (
        ROWS,
        "fold_ends",
        "end - size - (second - first)",
        "end - (second - first)",
        "a fold is tested on rows of its training",
    ),
    (
        ROWS,
        "fold_ends",
        "(folds - 1 - fold) * size",
        "0",
        "every fold is the last one",
    ),
    (
        ROWS,
        "with_returns",
        "np.diff(np.log(chosen), axis=0)",
        "np.diff(chosen, axis=0)",
        "differences of prices as returns",
    ),
    (
        ROWS,
        "with_returns",
        "series.times[1:]",
        "series.times[:-1]",
        "a return at the time of the price before",
    ),
    (
        SOURCES,
        "load",
        "seed % data.folds",
        "0",
        "all seeds are of the first fold",
    ),
    (
        OPTIONS,
        "check_quantiles",
        "first >= second",
        "first > second",
        "one quantile twice",
    ),
    (
        OPTIONS,
        "ForecastData.reach",
        "(name, 0)",
        "(name, self.horizon)",
        "a column known ahead ends before the horizon",
    ),
    (
        REACH,
        "check_reach",
        "len(values) - 1 - known[-1] <= lacks",
        "len(values) - 1 - known[-1] <= lacks + 1",
        "a column may end a step too early",
    ),
    (
        ARGUMENTS,
        "seeds_of",
        "-(-usual // folds) * folds",
        "usual",
        "fewer seeds than folds",
    ),
    (
        LEVELS,
        "quantiles",
        "outputs.reshape(len(outputs), -1, count)",
        "outputs.reshape(len(outputs), count, -1).swapaxes(1, 2)",
        "outputs read as all steps of a quantile, not as its quantiles",
    ),
    (
        LEVELS,
        "forecasts",
        "quantiles(outputs, part, dataset)[..., median]",
        "quantiles(outputs, part, dataset)[..., 0]",
        "the lowest quantile as the point forecast",
    ),
    (
        QUANTILES,
        "interval_scores",
        "above * error",
        "(1.0 - above) * error",
        "pinball loss of the opposite quantiles",
    ),
    (
        QUANTILES,
        "within",
        "(low <= truth) & (truth <= high)",
        "truth <= high",
        "coverage of one side",
    ),
    (
        QUANTILES,
        "around",
        "np.quantile(errors, levels, axis=0)",
        "np.quantile(-errors, levels, axis=0)",
        "an interval of forecasts less values",
    ),
    (
        BASELINES,
        "scores_of",
        "predict('validation')",
        "forecast",
        "intervals of baselines from errors on the test split",
    ),
    (
        BASELINES,
        "scores_of",
        "truth('validation', dataset) - before",
        "truth('test', dataset) - forecast",
        "intervals of baselines fitted to the test split",
    ),
    (
        BOOSTING,
        "fitted",
        "pairs_of('train', column, dataset, LEARNED)",
        "pairs_of('test', column, dataset, LEARNED)",
        "boosting fitted to the test split",
    ),
    (
        BOOSTING,
        "fitted",
        "pairs_of('validation', column, dataset, VALIDATED)",
        "pairs_of('test', column, dataset, VALIDATED)",
        "the number of trees chosen on the test split",
    ),
    (
        BOOSTING,
        "lags_of",
        "lags.shape[1] - season + steps % season",
        "lags.shape[1] - 1 - steps % season",
        "the season read backward by the trees",
    ),
    (
        BOOSTING,
        "lags_of",
        "(metadata['lead'] - 1 - steps)",
        "steps",
        "the trees read what is known of another step",
    ),
    (
        NAIVE,
        "no_change",
        "-np.array(metadata['mean'])",
        "0.0 * np.array(metadata['mean'])",
        "the mean return as no change of the price",
    ),
    (
        SCORES,
        "score_examples",
        "dataset.metadata['folds'] > 1",
        "False",
        "windows of different folds paired",
    ),
    (
        DETAILS,
        "details",
        "within(low, actual, high).mean(axis=(0, 2))",
        "within(low, actual, high).mean(axis=(1, 2))[: len(actual[0])]",
        "coverage by window as coverage by step",
    ),
    (
        EXHIBITS,
        "pooled",
        "[sizes[fold] for fold in row]",
        "[1 for fold in row]",
        "folds of unequal length weighted alike",
    ),
    (
        REFERENCE,
        "pinball",
        "error < 0.0",
        "error > 0.0",
        "quantile sign swapped",
    ),
    (
        REFERENCE,
        "pinball",
        "outputs.size",
        "targets.size",
        "gradient of a sum over quantiles, not of a mean",
    ),
    *(
        (
            f"{package}/losses.py",
            "pinball",
            "(above - 1) * errors",
            "(1 - above) * errors",
            "errors below a quantile cost nothing",
        )
        for package in ("pytorch_impl", "keras_impl", "jax_impl")
    ),
    (
        "pytorch_impl/losses.py",
        "pinball",
        "targets.unsqueeze(-1) - quantiles",
        "quantiles - targets.unsqueeze(-1)",
        "quantile sign swapped",
    ),
    (
        "keras_impl/losses.py",
        "pinball",
        "ops.expand_dims(targets, -1) - ops.reshape(outputs, shape)",
        "ops.reshape(outputs, shape) - ops.expand_dims(targets, -1)",
        "quantile sign swapped",
    ),
    (
        "jax_impl/losses.py",
        "pinball",
        "targets[..., None] - quantiles",
        "quantiles - targets[..., None]",
        "quantile sign swapped",
    ),
]
