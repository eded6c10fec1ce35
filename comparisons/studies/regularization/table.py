"""The tables of a study, for the terminal and for pages."""

import math
from collections.abc import Iterator, Sequence

from rich.console import Console

from comparisons.analysis.effects.headline import seeds_of
from comparisons.analysis.effects.intervals import Estimate
from comparisons.analysis.statistics import mean
from comparisons.analysis.tables import number, terminal_table
from comparisons.studies.regularization.results import Study
from comparisons.studies.regularization.rows import Row
from comparisons.studies.regularization.statements import setup
from comparisons.studies.regularization.techniques import NONE
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric,
    metric_name,
    score_text,
)

WIDE = 120
"""Columns of a terminal from which every score has its interval."""

SCORES = ("setting", "train", "validation", "test", "train − test")
CHANGES = (
    *("setting", "against none", "p", "gradient\nnorm", "largest"),
    "diverged",
)


def print_tables(study: Study, console: Console) -> None:
    """Tables of each cell, then the headline in all frameworks."""
    wide = console.width >= WIDE
    for cell in study.cells:
        rows = study.rows_of(cell)
        name = metric_name(study.task.metric)
        title = f"{cell_name(cell)}: {name}, {setup(study)}"
        scores = [score_cells(study, row, wide) for row in rows]
        changes = [change_cells(row) for row in rows]
        console.print(terminal_table(SCORES, scores, title=title))
        console.print(terminal_table(CHANGES, changes))
    console.print(terminal_table(*headline_table(study), align="lllr"))
    console.print(explained(study), markup=False)


def explained(study: Study) -> str:
    """What the columns are."""
    seeds = max((row.runs for row in study.rows), default=0)
    return (
        "* best on validation, where strengths were chosen. ± : half of the "
        f"95 % interval of the mean ({seeds_of(seeds)}, Student's t). Against "
        "none: + is better, with the 95 % interval; p by Holm. Gradient "
        "norm: before clipping, of fixed training batches after each epoch, "
        "median; largest: of all. Scores and gaps leave out the runs that "
        "diverge. none: without any technique, clipping included."
    )


def score_cells(study: Study, row: Row, all_intervals: bool) -> list[str]:
    """A setting, its three scores and their gap."""
    few = 0 if all_intervals else 2
    scores = (row.train, row.validation, row.test)
    names = [study.task.metric, study.task.validation_metric, study.task.metric]
    return [
        row.name + " *" * (row.place == 1),
        *(
            estimate_text(name, score, place >= few)
            for place, (name, score) in enumerate(
                zip(names, scores, strict=True)
            )
        ),
        gap_cell(study.task.metric, row.gap),
    ]


def estimate_text(name: str, one: Estimate, interval: bool) -> str:
    """82.1 ± 1.2 %; - for none."""
    return score_text(name, one.mean, one.half if interval else math.nan)


def gap_cell(name: str, gap: Estimate) -> str:
    """12.3 ± 1.2, in the unit of the metric."""
    text = score_text(name, gap.mean, gap.half).replace("-", "−")
    return "-" if math.isnan(gap.mean) else text.removesuffix(metric(name).unit)


def change_cells(row: Row) -> list[str]:
    """What a setting changes: test score, gradient norm, divergence."""
    effect = row.effect
    shown = ["", ""]
    if effect is not None:
        amount = effect.in_unit(effect.difference).removesuffix(" points")
        sign = "+" if effect.difference > 0 else "−"
        sign *= bool(amount.strip("0.,"))
        interval = f" ({effect.interval})" if effect.interval else ""
        shown = [f"{sign}{amount}{interval}", number(effect.p, ".2g")]
    return [
        row.name,
        *shown,
        norm_text(row.norm.mean),
        norm_text(row.largest),
        f"{row.diverged}/{row.runs}",
    ]


def norm_text(value: float) -> str:
    """0.37, 18, 2,400, 8e+08, inf; - for none."""
    return number(value, ",.0f" if 100 <= value < 1e6 else ".2g")


def headline_table(
    study: Study,
) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """A row for each cell and setting, a column for each framework."""
    frameworks = list(dict.fromkeys(f for f, _ in study.shared))
    name = metric_name(study.task.metric)
    heads = ["cell", "chosen on validation", "setting"]
    heads += [f"{framework_name(f)}\ntest {name}" for f in frameworks]
    return heads, list(headline_rows(study, frameworks))


PLACES = ("none", "best", "second")


def headline_rows(study: Study, frameworks: list[str]) -> Iterator[list[str]]:
    for cell in study.cells:
        settings = [NONE, *(one.setting for one in study.choices[cell][:2])]
        rows = {row.setting: row for row in study.rows_of(cell)}
        for place, setting in zip(PLACES, settings):
            scores = [
                mean(study.shared.get((f, cell), {}).get(setting, {}).values())
                for f in frameworks
            ]
            texts = [score_text(study.task.metric, s) for s in scores]
            yield [cell_name(cell), place, rows[setting].name, *texts]
