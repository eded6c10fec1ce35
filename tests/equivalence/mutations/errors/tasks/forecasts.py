"""Forecasts: the calendar, exogenous columns, folds, returns."""

FOLDER = "shared/tasks/forecasting"
CALENDAR, FEATURES, DATA, ROWS, OPTIONS = (
    f"{FOLDER}/{name}.py"
    for name in ("calendar", "features", "data", "rows", "options")
)
SCORES = f"{FOLDER}/scores.py"
NAIVE = f"{FOLDER}/baselines/naive.py"
SOURCES = f"{FOLDER}/sources.py"
CUTTING = f"{FOLDER}/cutting.py"
REACH = "shared/datasets/times/reach.py"
SCORING = "comparisons/worker/scoring.py"
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
        "with_features",
        "features.windows(begin, end - horizon, window)",
        "features.windows(begin + 1, end - horizon + 1, window)",
        "columns of the next step with the target",
    ),
    (
        DATA,
        "rollout_features",
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
        EXHIBITS,
        "pooled",
        "[sizes[fold] for fold in row]",
        "[1 for fold in row]",
        "folds of unequal length weighted alike",
    ),
]
