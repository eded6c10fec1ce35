"""Scores of classes, and of examples without padding."""

METRICS = "shared/metrics.py"
CLASSES = "shared/tasks/classification/scores.py"
COPY = "shared/tasks/memory/copy.py"
MEMORY = "shared/tasks/memory/synthetic.py"

ERRORS = [
    (
        METRICS,
        "rmse",
        "np.sqrt(np.mean(_errors(outputs, targets) ** 2))",
        "np.mean(_errors(outputs, targets) ** 2)",
        "RMSE without the root",
    ),
    (
        METRICS,
        "mae",
        "np.mean(np.abs(_errors(outputs, targets)))",
        "np.abs(np.mean(_errors(outputs, targets)))",
        "MAE as the absolute value of the mean error",
    ),
    (
        METRICS,
        "two_classes",
        "[np.zeros_like(outputs), outputs]",
        "[outputs, np.zeros_like(outputs)]",
        "one logit taken as that of class 0",
    ),
    (
        METRICS,
        "macro_f1",
        "counts.sum(axis=0) + counts.sum(axis=1)",
        "2 * counts.sum(axis=0)",
        "macro F1 of the precision alone",
    ),
    (
        METRICS,
        "macro_f1",
        "np.mean(2 * np.diag(counts) / np.maximum(total, 1))",
        "np.mean(2 * np.diag(counts)[total > 0] / total[total > 0])",
        "macro F1 leaves out absent classes",
    ),
    (
        METRICS,
        "confusion",
        "count * targets.astype(np.int64) + outputs.argmax(axis=1)",
        "targets.astype(np.int64) + count * outputs.argmax(axis=1)",
        "confusion matrix transposed",
    ),
    (
        METRICS,
        "f1",
        "predicted & true",
        "predicted",
        "F1 of all that is predicted",
    ),
    (
        METRICS,
        "nll",
        "np.where(targets >= 0, losses, 0.0)",
        "losses",
        "loss of padding counted",
    ),
    (
        METRICS,
        "f1",
        "_one_logit(outputs, targets) > 0",
        "_one_logit(outputs, targets) > 0.5",
        "threshold of a probability on a logit",
    ),
    (
        METRICS,
        "roc_auc",
        "roc_auc_score(targets, _one_logit(outputs, targets))",
        "roc_auc_score(targets, _one_logit(outputs, targets) > 0)",
        "ROC AUC of decisions in place of logits",
    ),
    (
        CLASSES,
        "confident_mistakes",
        "-certainty[wrong]",
        "certainty[wrong]",
        "the least confident mistakes shown",
    ),
    (
        CLASSES,
        "predictions",
        "np.argsort(-row, kind='stable')",
        "np.argsort(row, kind='stable')",
        "the least probable label predicted",
    ),
    (
        COPY,
        "score",
        "outputs.argmax(axis=2)[:, -COPIED:] == targets[:, -COPIED:]",
        "outputs.argmax(axis=2) == targets",
        "recall of copied symbols counts the blanks",
    ),
    (
        COPY,
        "score",
        "correct.all(axis=1)",
        "correct.any(axis=1)",
        "exact copies with one symbol right",
    ),
    (
        MEMORY,
        "score",
        "correct[mask].mean()",
        "correct.mean()",
        "accuracy of steps without a target",
    ),
    (
        MEMORY,
        "score",
        "metrics.nll(outputs, targets)[mask].mean()",
        "metrics.nll(outputs, targets).mean()",
        "loss averaged over steps without a target",
    ),
]
