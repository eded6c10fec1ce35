"""Names and numbers as people read them: `gru` is GRU, 0.988 is 98.8 %."""

import math
from dataclasses import dataclass

from shared.exhibits.cells import SHOWN_CELLS

FRAMEWORKS = {"pytorch": "PyTorch", "keras": "Keras", "jax": "JAX"}
FRAMEWORKS["torch"] = FRAMEWORKS["pytorch"]
FRAMEWORKS["onnxruntime"] = "ONNX Runtime"
CELLS = {cell: shown.name for cell, shown in SHOWN_CELLS.items()}

DIGITS = 3
"""Significant digits of an error, which has no usual number of decimals."""

SPOKEN_VOWELS = "AEFHILMNORSX"
"""Letters whose names begin with a vowel: an RMSE, an F1."""

SMALL = 1e-3
"""Errors below this are written with an exponent."""


@dataclass(frozen=True)
class Metric:
    """How a score is written; decimals None: three significant digits."""

    name: str
    decimals: int | None = None
    scale: float = 1.0
    unit: str = ""

    def form(self, value: float) -> str:
        """The format of a scaled value of about this size."""
        if self.decimals is not None:
            return f",.{self.decimals}f"
        if not value or not math.isfinite(value):
            return ".3f"
        if abs(value) < SMALL:
            return ".1e"
        whole = math.floor(math.log10(abs(value)))
        return f",.{max(0, DIGITS - 1 - whole)}f"


PERCENT: tuple[int, float, str] = (1, 100.0, " %")
METRICS = {
    "accuracy": Metric("accuracy", *PERCENT),
    "token_accuracy": Metric("token accuracy", *PERCENT),
    "unseen_accuracy": Metric("accuracy on unseen words", *PERCENT),
    "digit_accuracy": Metric("accuracy of the digit", *PERCENT),
    "exact": Metric("exact match", *PERCENT),
    "wer": Metric("word error rate", *PERCENT),
    "f1": Metric("F1", 3),
    "macro_f1": Metric("macro F1", 3),
    "precision": Metric("precision", 3),
    "recall": Metric("recall", 3),
    "auc": Metric("ROC AUC", 3),
    "roc_auc": Metric("ROC AUC", 3),
    "alarms": Metric("alarms", 1),
    "bleu": Metric("BLEU", 1),
    "bleu_all": Metric("BLEU (all references)", 1),
    "bleu_13a": Metric("BLEU (13a)", 1),
    "bleu_char": Metric("BLEU (characters)", 1),
    "chrf": Metric("chrF", 1),
    "perplexity": Metric("perplexity", 1),
    "nats": Metric("nats per token", 3),
    "nll": Metric("nats per frame", 2),
    "bits_per_character": Metric("bits per character", 3),
    "distinct_1": Metric("distinct-1", 3),
    "distinct_2": Metric("distinct-2", 3),
    "words": Metric("words per reply", 1),
    "rmse": Metric("RMSE"),
    "mae": Metric("MAE"),
    "mse": Metric("MSE"),
    "mase": Metric("MASE"),
    "pinball": Metric("pinball loss"),
    "coverage": Metric("coverage", *PERCENT),
    "interval_width": Metric("interval width"),
    "rmse_clean": Metric("RMSE without noise"),
    "mae_clean": Metric("MAE without noise"),
}
"""Name in records -> how it is written; any other as an error."""


def framework_name(framework: str) -> str:
    """`pytorch` -> PyTorch, `jax-scan` -> JAX (scan)."""
    base, _, variant = framework.partition("-")
    if not variant or base not in FRAMEWORKS:
        return FRAMEWORKS.get(framework, framework)
    return f"{FRAMEWORKS[base]} ({FRAMEWORKS.get(variant, variant)})"


def cell_name(cell: str) -> str:
    """`gru` -> GRU."""
    return CELLS.get(cell, cell)


def row_name(framework: str, cell: str) -> str:
    """`pytorch`, `gru` -> PyTorch GRU."""
    return f"{framework_name(framework)} {cell_name(cell)}"


def metric(name: str) -> Metric:
    return METRICS.get(name, Metric(name.replace("_", " ")))


def metric_name(name: str) -> str:
    """`rmse` -> RMSE."""
    return metric(name).name


def score_text(name: str, value: float | None, std: float = math.nan) -> str:
    """A score with its unit, and its spread if it has one; - for none."""
    if value is None or math.isnan(value):
        return "-"
    known = metric(name)
    form = known.form(known.scale * value)
    text = format(known.scale * value, form)
    if not math.isnan(std):
        text += f" ± {known.scale * std:{form}}"
    return text + known.unit


def score_phrase(name: str, value: float) -> str:
    """A score in a sentence: 82.7 % accuracy, an RMSE of 0.108, 40.5 BLEU."""
    known, score = metric(name), score_text(name, value)
    if known.unit or " per " in known.name or known.name.startswith("BLEU"):
        return f"{score} {known.name}"
    initials = known.name[:2].upper() == known.name[:2]
    vowels = SPOKEN_VOWELS if initials else "aeiou"
    return f"a{'n' * (known.name[0] in vowels)} {known.name} of {score}"


def gap_text(name: str, gap: float) -> str:
    """By how much two scores differ: at most 0.4 points, or 0.012.

    One that the metric's decimals do not show: less than 0.1 points.
    """
    known = metric(name)
    if not gap:
        return "nothing"
    text = f"at most {known.scale * gap:{known.form(known.scale * gap)}}"
    if known.decimals is not None:
        least = 10.0**-known.decimals
        if known.scale * gap < least / 2:
            text = f"less than {least:.{known.decimals}f}"
    return f"{text} points" if known.unit == " %" else text + known.unit


def metric_axis(name: str) -> str:
    """`accuracy` -> accuracy, %."""
    known = metric(name)
    return f"{known.name},{known.unit}" if known.unit else known.name


def scaled(name: str, value: float) -> float:
    """A score in the unit of `metric_axis`."""
    return metric(name).scale * value
