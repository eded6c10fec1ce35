"""Numbers on their way into tables, figures, and exhibits."""

NAMES = "shared/exhibits/names.py"
CONFUSION = "shared/exhibits/confusion.py"
RUNS = "shared/exhibits/runs.py"
FORECASTS = "shared/exhibits/forecasting.py"
ANOMALY = "shared/exhibits/anomaly.py"
SINE = "shared/exhibits/sine.py"
PAIRS = "shared/exhibits/translation.py"
LATEX = "comparisons/analysis/exports/latex.py"
CURVES = "comparisons/report/curves.py"
TRADE_OFF = "comparisons/report/tradeoff/panel.py"
LINES = "comparisons/figures/lines.py"
ATTENTION = "shared/exhibits/attention.py"
ANOMALY_TITLES = "shared/exhibits/anomaly_messages.py"
MUSIC = "shared/exhibits/music.py"
RANKS = "comparisons/report/overview/ranks.py"
PROOF = "comparisons/reader/proof.py"
STORE = "comparisons/records/store.py"
NEURONS = "comparisons/studies/neurons/study.py"
STEPS = "comparisons/studies/steps/plot.py"
SWEEPS = "comparisons/analysis/sweeps/reading.py"
SWITCHES = "comparisons/report/several/switches.py"

ERRORS = [
    (
        "comparisons/report/provenance.py",
        "kernel_paths",
        "len(alike[row[0]]) == 1",
        "True",
        "kernels of one row named for all rows of its framework",
    ),
    (
        NEURONS,
        "Study.message",
        "abs(r) > chance[feature]",
        "abs(r) > 0",
        "what chance reaches said to be followed",
    ),
    (
        STEPS,
        "message",
        "int(others[-1]) + 2",
        "int(others[-1]) + 1",
        "the last step of another class said to be of the final one",
    ),
    (
        SWEEPS,
        "split_of",
        "VALIDATION if invites_choice(parts, differ) else TEST",
        "TEST",
        "settings chosen by test scores",
    ),
    (
        SWITCHES,
        "switch_message",
        "BEST[better]",
        "max",
        "the worst setting called best where lower is better",
    ),
    (
        NAMES,
        "PERCENT",
        "(1, 100.0, ' %')",
        "(1, 1.0, ' %')",
        "share written as percent",
    ),
    (
        NAMES,
        "score_text",
        "known.scale * std",
        "std",
        "spread as a share, mean in percent",
    ),
    (
        NAMES,
        "Metric.form",
        "DIGITS - 1 - whole",
        "DIGITS - 2 - whole",
        "an error with two significant digits",
    ),
    (
        NAMES,
        "scaled",
        "metric(name).scale * value",
        "value",
        "shares on an axis of percent",
    ),
    (
        CONFUSION,
        "_matrix",
        "counts.sum(axis=1, keepdims=True)",
        "counts.sum(axis=0, keepdims=True)",
        "color by the predicted class in place of the true one",
    ),
    (
        CONFUSION,
        "_recalls",
        "own[place].sum()",
        "own[:, place].sum()",
        "precision under the name of recall",
    ),
    (
        RUNS,
        "best_runs",
        "run.mark == '*'",
        "run.mark",
        "runs that are not significantly different shown as the best",
    ),
    (
        RUNS,
        "one_seed",
        "run.seed == found[0].seed",
        "True",
        "runs of all seeds drawn as of one",
    ),
    (
        FORECASTS,
        "_means_and_ranges",
        "values.mean(axis=0)",
        "values[0]",
        "first seed drawn as the mean",
    ),
    (
        ANOMALY,
        "detections",
        "error > threshold",
        "error < threshold",
        "detections where the error is low",
    ),
    (
        ANOMALY,
        "roc_of",
        "Series(name, tuple(c['true']), tuple(c['false']), dash=dash)",
        "Series(name, tuple(c['false']), tuple(c['true']), dash=dash)",
        "axes of the ROC curve exchanged",
    ),
    (
        SINE,
        "_worst",
        "values[3] - values[1]",
        "values[3] - values[2]",
        "error against the noiseless value",
    ),
    (
        PAIRS,
        "_curves",
        "np.mean([[group['bleu'] for group in run] for run in own], axis=0)",
        "np.max([[group['bleu'] for group in run] for run in own], axis=0)",
        "best seed drawn as the mean over seeds",
    ),
    (
        LATEX,
        "latex",
        "shown['metric'].str.endswith('*')",
        "shown['metric'].str.endswith('~')",
        "rows near the best in bold",
    ),
    (
        CURVES,
        "over_epochs",
        "epoch + 1",
        "epoch",
        "epochs of the table counted from 0",
    ),
    (
        CURVES,
        "over_epochs",
        "not task.monitor and near(best, low, high)",
        "near(best, low, high)",
        "baseline of the metric drawn among monitored scores",
    ),
    (
        TRADE_OFF,
        "cost_panel",
        "scaled(metric, row.metric_mean)",
        "row.metric_mean",
        "Pareto front in another unit than the points",
    ),
    (
        LINES,
        "epoch_lines",
        "range(1, len(curve.mean) + 1)",
        "range(len(curve.mean))",
        "curve drawn one epoch early",
    ),
    (
        ATTENTION,
        "_strongest",
        "max(weights)",
        "min(weights)",
        "least attention said as the largest",
    ),
    (
        ANOMALY_TITLES,
        "exceeded",
        "above[~mask]",
        "above",
        "steps in labeled windows counted among the others",
    ),
    (
        MUSIC,
        "_probabilities",
        "probs[~sounded].mean()",
        "probs.mean()",
        "keys that sound counted among the others",
    ),
    (
        RANKS,
        "ranks_of",
        "better == 'higher'",
        "better == 'lower'",
        "worst cell of each comparison ranked first",
    ),
    (
        PROOF,
        "passed",
        "known and all((one.holds for one in found))",
        "known",
        "proof of a cell that is over a limit",
    ),
    (
        PROOF,
        "proof",
        "max(values)",
        "min(values)",
        "smallest deviation said as the largest",
    ),
]
