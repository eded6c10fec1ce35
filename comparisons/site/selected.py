"""What the first option of a sweep changes, the others chosen on validation."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.families import corrected, effect_of
from comparisons.analysis.effects.samples import Sample, cell_samples
from comparisons.analysis.statistics import mean
from comparisons.analysis.summary import Summary
from comparisons.analysis.sweeps.folders import comparisons_in
from comparisons.analysis.tables import markdown_table, number
from comparisons.site.overview import summary_of
from shared.exhibits.names import cell_name, metric_name, score_text
from shared.specs import CELLS
from shared.task import Task


class Selection(NamedTuple):
    """One cell in one setting: the values of the options and its scores."""

    cell: str
    values: tuple[str, ...]
    validation: float
    sample: Sample


def selected_table(root: Path, name: str, base: str) -> str:
    """A row for each cell and each value of the first option.

    The other options have the values of the best mean validation score. A
    difference is that to the value `base`, over the seeds and, where their
    scores are kept, the test examples that both have; the tests of the table
    are one family (Holm).
    """
    folders = comparisons_in(root / name)
    named = [
        dict(one.split("=", 1) for one in folder.name.split(","))
        for folder in folders
    ]
    summaries = list(map(summary_of, folders))
    task = summaries[0].task
    chosen: dict[tuple[str, str], Selection] = {}
    for options, summary in zip(named, summaries, strict=True):
        for selection in selections(summary, tuple(options.values())):
            place = selection.cell, selection.values[0]
            if place not in chosen or better(task, selection, chosen[place]):
                chosen[place] = selection
    metric = metric_name(task.metric)
    heads = ["cell", *(f"`--{option}`" for option in named[0])]
    heads += [f"validation {metric}", f"test {metric}"]
    heads += [f"against {base} (95 % CI)", "p"]
    style = "l" * (1 + len(named[0])) + "rrlr"
    return markdown_table(heads, list(rows(task, chosen, base)), style)


def selections(
    summary: Summary, values: tuple[str, ...]
) -> Iterator[Selection]:
    metric, runs = summary.task.metric, summary.finished
    for cell, sample in cell_samples(runs, metric, summary.folder).items():
        known = [run.validation for run in runs if run.cell == cell]
        scores = [value for value in known if value is not None]
        yield Selection(cell, values, mean(scores), sample)


def better(task: Task, one: Selection, other: Selection) -> bool:
    higher = one.validation > other.validation
    return higher == (task.better == "higher")


def rows(
    task: Task, chosen: dict[tuple[str, str], Selection], base: str
) -> Iterator[list[str]]:
    pairs = {}
    for (cell, value), selection in chosen.items():
        samples = selection.sample, chosen[cell, base].sample
        pair = effect_of(task, (value, base), samples)
        if value != base and pair is not None:
            pairs[cell, value] = pair
    effects = dict(zip(pairs, corrected(list(pairs.values())), strict=True))
    for place in sorted(chosen, key=lambda place: CELLS.index(place[0])):
        selection, effect = chosen[place], effects.get(place)
        yield [
            cell_name(selection.cell),
            *selection.values,
            score_text(task.metric, selection.validation),
            score_text(task.metric, selection.sample.mean),
            difference(effect) if effect else "",
            number(effect.p, ".2g") if effect else "",
        ]


def difference(effect: Effect) -> str:
    """0.0123 better (0.0080 to 0.0166)."""
    word = "better" if effect.difference > 0 else "worse"
    shown = effect if effect.difference > 0 else effect.reversed
    interval = f" ({shown.interval})" if shown.interval else ""
    return f"{shown.in_unit(shown.difference)} {word}{interval}"
