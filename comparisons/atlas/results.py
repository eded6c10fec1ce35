"""What the searches of an atlas found: of each task, cells by seed."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.families import compared, corrected
from comparisons.analysis.effects.intervals import estimate
from comparisons.analysis.effects.samples import cell_samples
from comparisons.analysis.statistics import mean
from comparisons.analysis.summary import Summary, summarize
from comparisons.records.files import records_file
from comparisons.records.reading import read_all
from comparisons.records.record import Run, RunRecord, Trial
from comparisons.records.store import latest

CHOSEN = ("hidden_size", "num_layers", "dropout")
"""Fields of a model that a search selects, among others."""


@dataclass(frozen=True)
class Entry:
    """One task: the runs of its selected settings; cell -> its trials."""

    task: str
    summary: Summary
    trials: dict[str, int]

    def complete(self, cells: list[str], seeds: int) -> bool:
        """Whether each cell has a result of so many seeds."""
        found = self.summary.samples("cell", "metric")
        return all(len(found.get(cell, {})) >= seeds for cell in cells)


def read_entry(folder: Path) -> Entry | None:
    """The newest selected setting of each cell; None without a result."""
    path = records_file(folder)
    if not path.is_file():
        return None
    records = latest(read_all(path, None)[0])
    runs = [record for record in records if isinstance(record, Run)]
    newest = {run.cell: setting_of(run) for run in runs}
    kept = [run for run in runs if setting_of(run) == newest[run.cell]]
    if not kept:
        return None
    trials = Counter(one.cell for one in records if isinstance(one, Trial))
    others = [r for r in records if not isinstance(r, RunRecord)]
    summary = summarize([*others, *kept])
    return Entry(kept[0].task, summary, dict(trials))


def setting_of(run: Run) -> tuple[str, ...]:
    """What is the same of all seeds of a selected setting."""
    spec = run.spec
    train = {k: v for k, v in spec.train.items() if k != "seed"}
    return repr(spec.model), repr(train), repr(spec.data), run.framework


def read_atlas(folder: Path) -> list[Entry]:
    """The tasks with a result, in alphabetical order."""
    found = map(read_entry, sorted(folder.iterdir()))
    return [entry for entry in found if entry is not None]


def effects_of(entries: list[Entry]) -> dict[str, list[Effect]]:
    """Task -> its pairs of cells, the better first.

    The tests of all tasks are one family, corrected together by Holm.
    """
    pairs = [
        (entry.task, pair)
        for entry in entries
        for pair in compared(
            entry.summary.task,
            cell_samples(
                entry.summary.finished,
                entry.summary.task.metric,
                entry.summary.folder,
            ),
        )
    ]
    done = corrected([pair for _, pair in pairs])
    found: dict[str, list[Effect]] = {entry.task: [] for entry in entries}
    for (task, _), effect in zip(pairs, done, strict=True):
        found[task].append(effect)
    return found


def table(entries: list[Entry]) -> pd.DataFrame:
    """A line for each task and cell.

    score: mean over seeds, with its 95 % interval by Student's t; seconds: of
    the training of a run, without compilation; rank: 1 is best, equal means
    share one.
    """
    lines = []
    for entry in entries:
        task, done = entry.summary.task, entry.summary.done
        for cell, runs in done.groupby("cell", sort=False):
            first = runs["record"].iloc[0]
            score = estimate(list(runs["metric"]))
            lines.append(
                {
                    "task": entry.task,
                    "cell": cell,
                    "framework": first.framework,
                    "metric": task.metric,
                    "better": task.better,
                    "seeds": len(runs),
                    "trials": entry.trials.get(str(cell), 0),
                    "score": score.mean,
                    "low": score.low,
                    "high": score.high,
                    "parameters": int(runs["parameters"].iloc[0]),
                    "seconds": mean(runs["train_seconds"]),
                    **{name: first.spec.model[name] for name in CHOSEN},
                    "learning_rate": first.spec.train["learning_rate"],
                }
            )
    frame = pd.DataFrame(lines)
    signs = frame["better"].map({"lower": 1.0, "higher": -1.0})
    frame["rank"] = (signs * frame["score"]).groupby(frame["task"]).rank()
    return frame
