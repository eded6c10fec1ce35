"""Pictures and `results.csv`, made in a process of their own."""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from comparisons.report import CONFUSION, write_csv
from comparisons.store import read_records
from comparisons.summary import Summary, shown_confusion, summarise
from comparisons.train import step_seconds

matplotlib.use("Agg")

COLOURS = {
    "rnn": "#1b9e77",
    "rnn-relu": "#66a61e",
    "gru": "#d95f02",
    "lstm": "#7570b3",
}


def learning_curves(summary: Summary, path: Path) -> None:
    """Validation metric by epoch: a panel a framework, a line a cell."""
    frameworks = list(dict.fromkeys(r["framework"] for r in summary.rows))
    figure, panels = plt.subplots(
        1,
        len(frameworks),
        figsize=(4 * len(frameworks), 3.2),
        sharey=True,
        squeeze=False,
    )
    for panel, framework in zip(panels[0], frameworks):
        for row in summary.rows:
            if row["framework"] == framework:
                curve(panel, summary, framework, row["cell"])
        panel.set_title(framework)
        panel.set_xlabel("epoch")
        panel.grid(alpha=0.3)
    panels[0][0].set_ylabel(f"validation {summary.task.metric}")
    add_legend(list(panels[0]))
    save(figure, path)


def curve(panel: plt.Axes, summary: Summary, framework: str, cell: str) -> None:
    """The mean over seeds, and the range between them as a band."""
    curves = [
        [epoch["validation"] for epoch in run["epochs"]]
        for run in summary.records
        if (run["framework"], run["cell"]) == (framework, cell)
        and run["status"] == "ok"
    ]
    if not curves:
        return
    shortest = min(map(len, curves))
    values = np.array([line[:shortest] for line in curves])
    epochs = np.arange(1, shortest + 1)
    colour = COLOURS[cell]
    panel.plot(epochs, values.mean(axis=0), color=colour, label=cell)
    low, high = values.min(axis=0), values.max(axis=0)
    panel.fill_between(epochs, low, high, color=colour, alpha=0.2, lw=0)


def speed_bars(summary: Summary, path: Path) -> None:
    """Median milliseconds a step with quartiles, by framework and cell."""
    frameworks = list(dict.fromkeys(r["framework"] for r in summary.rows))
    cells = list(dict.fromkeys(r["cell"] for r in summary.rows))
    figure, panel = plt.subplots(figsize=(2 + 2 * len(frameworks), 3.2))
    width = 0.8 / len(cells)
    for place, cell in enumerate(cells):
        for column, framework in enumerate(frameworks):
            steps = [
                1e3 * seconds
                for run in summary.records
                if (run["framework"], run["cell"]) == (framework, cell)
                and run["status"] == "ok"
                for seconds in step_seconds(run)
            ]
            if not steps:
                continue
            low, middle, high = np.percentile(steps, [25, 50, 75])
            panel.bar(
                column + (place - (len(cells) - 1) / 2) * width,
                middle,
                width,
                yerr=[[middle - low], [high - middle]],
                color=COLOURS[cell],
                label=cell,
            )
    panel.set_xticks(range(len(frameworks)), frameworks)
    panel.set_ylabel("ms a training step")
    panel.grid(axis="y", alpha=0.3)
    add_legend([panel])
    save(figure, path)


def add_legend(panels: list[plt.Axes]) -> None:
    """A legend on the first panel that has something to name."""
    for panel in panels:
        handles, names = panel.get_legend_handles_labels()
        if names:
            shown = dict(zip(names, handles))
            panel.legend(shown.values(), shown.keys())
            return


def confusion_matrix(summary: Summary, path: Path) -> None:
    """Share of each true class (rows) that was given each class."""
    shown = shown_confusion(summary)
    if shown is None:
        return
    (framework, cell), classes, counts = shown
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    figure, panel = plt.subplots(figsize=(6.4, 5.6))
    image = panel.imshow(shares, cmap="Blues", vmin=0.0, vmax=1.0)
    panel.set_xticks(range(len(classes)), classes, rotation=90)
    panel.set_yticks(range(len(classes)), classes)
    panel.set_xlabel("guessed")
    panel.set_ylabel("true")
    panel.set_title(f"{framework} {cell}")
    figure.colorbar(image, label="share of the true class")
    save(figure, path)


def save(figure: plt.Figure, path: Path) -> None:
    """Write the picture and free its memory."""
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main() -> None:
    """Draw the records of the keys on standard input, or all, if none."""
    folder = Path(sys.argv[1])
    keys = sys.stdin.read().split() or None
    records = read_records(folder.parent / "runs.jsonl")
    summary = summarise(records, keys)
    write_csv(summary, folder.parent / "results.csv")
    learning_curves(summary, folder / "learning-curves.png")
    speed_bars(summary, folder / "speed.png")
    confusion_matrix(summary, folder / CONFUSION)


if __name__ == "__main__":
    main()
