"""What a trained classifier thinks of a name after each of its letters."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from comparisons.analysis.summary import summarize
from comparisons.analysis.tables import markdown_table
from comparisons.figures.matplotlib import ShownFigure
from comparisons.records.checkpoints import load_checkpoint
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.store import read_records
from comparisons.site.course.computed.recorded import recorded
from comparisons.worker.requests import Example
from shared.errors import UserError, unknown
from shared.metrics import probabilities
from shared.reference import model as reference
from shared.task import LabelCodec
from shared.tasks import get_task

FILE = "names"
LIKELY = 3
"""Classes that a table and a figure show."""

SHADES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00")


def readings(folder: Any, texts: Sequence[str]) -> dict[str, Any]:
    """Text -> the probability of each class had it ended at each letter.

    They are computed by the NumPy reference from a checkpoint of the task.
    """
    saved = load_checkpoint(folder)
    codec, found = get_task(saved.run.task).codec, {}
    if not isinstance(codec, LabelCodec) or saved.metadata is None:
        raise UserError(f"'{folder}' classifies no text")
    for text in texts:
        x, lengths = codec.encode(text, saved.metadata)
        example = Example(saved.model, None, x[:, : lengths[0]], lengths)
        ends = example.endings()
        outputs = reference.forward(saved.model, saved.weights, *ends)
        rows = probabilities(outputs)
        found[text] = {
            "indices": x[0, : lengths[0]].tolist(),
            "probabilities": np.round(rows, 4).tolist(),
        }
    return {
        "model": f"{saved.run.framework} {saved.run.cell}",
        "classes": list(saved.metadata["classes"]),
        "texts": found,
    }


def reading(text: str) -> tuple[list[str], np.ndarray, list[int]]:
    """Classes, probabilities (T, K), and indices (T,) of a recorded text."""
    known = recorded(FILE)
    if text not in known["texts"]:
        raise UserError(unknown("text", text, known["texts"]))
    one = known["texts"][text]
    rows = np.array(one["probabilities"])
    return known["classes"], rows, one["indices"]


def percent(share: float) -> str:
    """61 %; 99.96 % where a rounded one would be all."""
    return f"{100 * share:.{2 if 0.99 < share < 1 else 0}f} %"


def steps_table(text: str) -> str:
    """A row per letter: its index, and the most probable classes so far."""
    classes, probs, indices = reading(text)
    rows = []
    for t, row in enumerate(probs):
        order = np.argsort(-row, kind="stable")[:LIKELY]
        best = [f"{classes[k]} {percent(row[k])}" for k in order]
        rows.append([f"{t + 1}", text[: t + 1], f"{indices[t]}", *best])
    heads = ["step", "read so far", "index", "first", "second", "third"]
    return markdown_table(heads, rows, "llr" + "l" * LIKELY)


def steps_figure(*texts: str) -> Figure:
    """A panel per text: the classes that are ever likely, by letter."""
    width = 4.4 * len(texts)
    figure = ShownFigure(figsize=(width, 3.2), layout="constrained")
    axes = figure.subplots(1, len(texts), sharey=True, squeeze=False)[0]
    for axis, text in zip(axes, texts, strict=True):
        classes, probs, _ = reading(text)
        shown = np.argsort(-probs.max(axis=0), kind="stable")[:LIKELY]
        for k, shade in zip(shown, SHADES, strict=False):
            axis.plot(100 * probs[:, k], color=shade, marker="o", ms=4)
            axis.lines[-1].set_label(classes[k])
        axis.set_xticks(range(len(text)), list(text))
        axis.set(ylim=(-3, 103), xlabel="letter read", title=text)
        axis.grid(alpha=0.3)
        axis.legend(frameon=False, loc="best", fontsize="small")
    axes[0].set_ylabel("probability in %")
    return figure


def probability(text: str, steps: str, name: str = "") -> str:
    """Of the most probable class, or of one, after so many letters."""
    classes, probs, _ = reading(text)
    row = probs[int(steps) - 1]
    k = classes.index(name) if name else int(row.argmax())
    return percent(row[k])


def best_class(text: str, steps: str) -> str:
    """The most probable class after so many letters."""
    classes, probs, _ = reading(text)
    return classes[int(probs[int(steps) - 1].argmax())]


def confused(folder: str, true: str, predicted: str) -> str:
    """Which share of a class is taken for another, over all runs."""
    records = read_records(records_file(ROOT / folder))  # with the details
    details = [r.detail for r in summarize(records).finished if r.detail]
    classes = details[0]["classes"]
    for name in (true, predicted):
        if name not in classes:
            raise UserError(unknown("class", name, classes))
    row, column = classes.index(true), classes.index(predicted)
    counts = sum(np.array(one["confusion"])[row] for one in details)
    return f"{100 * counts[column] / counts.sum():.0f} %"


def classified(text: str, steps: str, name: str) -> bool:
    """Whether a class is the most probable one after so many letters."""
    return best_class(text, steps) == name


FIGURES = {"name-steps": steps_figure}
TEXTS = {
    "name-steps": steps_table,
    "name-probability": probability,
    "name-class": best_class,
    "confused": confused,
}
CHECKS = {"name-class": classified}
