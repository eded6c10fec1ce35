"""Differences too small to matter, for tests of equivalence.

A task may declare its own margin. Those of metrics are conventions: one point
of accuracy or of BLEU is less than what papers report as an improvement, and an
error that is 2 % larger is not seen in use. A mean squared error has 4 %, as
its root has 2 %; perplexity 2 %, which is 0.02 nats.
"""

ABSOLUTE = {"accuracy": 0.01, "f1": 0.01, "bleu": 1.0, "wer": 0.01}
"""Metric -> margin in its own unit."""

RELATIVE = {"mse": 0.04}
"""Metric -> share of the better score; RELATIVE_DEFAULT for all others."""

RELATIVE_DEFAULT = 0.02


def margin_of(metric: str, declared: float, score: float) -> float:
    """The margin of a metric where the better model has this score.

    declared: the task's own, in the unit of the metric, 0 if it has none.
    """
    if declared:
        return declared
    if metric in ABSOLUTE:
        return ABSOLUTE[metric]
    return RELATIVE.get(metric, RELATIVE_DEFAULT) * abs(score)
