"""Quantile forecasts, and baselines that have intervals."""

FOLDER = "shared/tasks/forecasting"
OPTIONS = f"{FOLDER}/options.py"
LEVELS = f"{FOLDER}/levels.py"
QUANTILES = f"{FOLDER}/quantile_scores.py"
DETAILS = f"{FOLDER}/details.py"
BASELINES = f"{FOLDER}/baselines/scored.py"
BOOSTING = f"{FOLDER}/baselines/boosting.py"
REFERENCE = "shared/reference/losses.py"

ERRORS = [
    (
        OPTIONS,
        "check_quantiles",
        "first >= second",
        "first > second",
        "one quantile twice",
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
        DETAILS,
        "details",
        "within(low, actual, high).mean(axis=(0, 2))",
        "within(low, actual, high).mean(axis=(1, 2))[: len(actual[0])]",
        "coverage by window as coverage by step",
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
