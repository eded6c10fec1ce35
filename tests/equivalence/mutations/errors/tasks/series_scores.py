"""Scores of language models, music, forecasts, and anomalies."""

TEXTS = "shared/tasks/language_modeling/scores.py"
MUSIC = "shared/tasks/audio/piano_rolls.py"
FORECASTS = "shared/tasks/forecasting/scores.py"
ANOMALY = "shared/tasks/forecasting/anomalies/scores.py"
SINE = "shared/tasks/fundamentals/sine.py"

ERRORS = [
    (
        TEXTS,
        "perplexity",
        "np.exp(nats)",
        "np.exp2(nats)",
        "perplexity as a power of 2 of nats",
    ),
    (
        TEXTS,
        "score",
        "outputs[getattr(dataset, part).y >= 0]",
        "outputs",
        "perplexity over padding",
    ),
    (
        TEXTS,
        "score",
        "nats / float(np.log(2.0))",
        "nats * float(np.log(2.0))",
        "bits per character from nats by the inverse factor",
    ),
    (
        TEXTS,
        "worst_tokens",
        "-means[common]",
        "means[common]",
        "the characters of lowest loss shown as the worst",
    ),
    (
        TEXTS,
        "by_frequency",
        "'right'",
        "'left'",
        "groups of frequency one word too late",
    ),
    (
        TEXTS,
        "measures",
        "1.0 - distinct([words], 4)",
        "distinct([words], 4)",
        "share of distinct 4-grams as repetition",
    ),
    (
        TEXTS,
        "distinct",
        "range(len(words) - n + 1)",
        "range(len(words) - n)",
        "distinct-n without the last n-gram",
    ),
    (
        MUSIC,
        "score",
        "losses.sum(axis=1).mean()",
        "losses.mean()",
        "loss of a key in place of a frame's",
    ),
    (
        MUSIC,
        "score",
        "2 * hits / max(1.0, float(total))",
        "hits / max(1.0, float(total))",
        "F1 of keys without the factor 2",
    ),
    (
        MUSIC,
        "score",
        "targets[..., 0] >= 0",
        "targets[..., 0] >= -1",
        "frames past the end of a piece scored",
    ),
    (
        SINE,
        "score",
        "rmse(outputs, noisy)",
        "rmse(outputs, clean)",
        "RMSE against the noiseless wave",
    ),
    (
        FORECASTS,
        "errors",
        "mae / naive",
        "mse / naive",
        "MASE from the squared error",
    ),
    (
        ANOMALY,
        "alarms_of",
        "np.quantile(train_errors, metadata['quantile'])",
        "np.quantile(errors, metadata['quantile'])",
        "threshold from the errors on the test split",
    ),
    (
        ANOMALY,
        "window_scores",
        "roc_auc_score(labels > 0, errors)",
        "roc_auc_score(labels > 0, errors > threshold)",
        "ROC AUC of alarms in place of errors",
    ),
    (
        ANOMALY,
        "window_scores",
        "len(np.unique(labels[overlap]))",
        "int(overlap.sum())",
        "recall counts steps in place of windows",
    ),
    (
        ANOMALY,
        "running_mean",
        "ends - steps",
        "ends - steps + 1",
        "running mean of one step too few",
    ),
    (
        ANOMALY,
        "alarms",
        "np.diff(steps, prepend=steps[0]) > gap",
        "np.diff(steps, prepend=steps[0]) >= gap",
        "alarms split at the admitted distance",
    ),
]
