"""The result of a search as a table, as JSON, and as CSV."""

import json
import math
from pathlib import Path
from typing import Any

from rich.table import Table

from comparisons.analysis.tables import csv_text, terminal_table
from comparisons.arguments.parser import plain
from comparisons.tuning.results import CellResult, TuneResult
from comparisons.tuning.scores import SeedScores, estimate_text
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)
from shared.files.io import write_file

JSON, CSV = "tune.json", "tune.csv"

UNFINISHED = ("failed", "timeout", "refused", "diverged")


def settings_table(result: TuneResult) -> Table:
    """A column for each cell: its trials, and the best setting."""
    columns = [setting_column(cell, result) for cell in result.cells]
    return terminal_table(
        ("", *(cell_name(cell.cell) for cell in result.cells)),
        list(zip(setting_heads(result), *columns, strict=True)),
        "lr",
        title(result),
    )


def setting_heads(result: TuneResult) -> tuple[str, ...]:
    return (
        *("trials", "of these pruned", "without a score"),
        f"best validation {metric_name(result.validation_metric)}",
        *(one.label for one in result.plan.space),
    )


def setting_column(cell: CellResult, result: TuneResult) -> tuple[str, ...]:
    best, names = cell.best, [one.name for one in result.plan.space]
    return (
        str(len(cell.trials)),
        *(str(cell.count("pruned")), str(cell.count(*UNFINISHED))),
        score_text(result.validation_metric, best.value if best else None),
        *(plain(best.setting[n]) if best else "-" for n in names),
    )


def scores_table(result: TuneResult) -> Table:
    """A row for each framework and cell: the scores of new seeds."""
    return terminal_table(
        score_heads(result),
        score_rows(result),
        "llr",
        f"These settings with {seeds_text(result)}",
    )


def score_heads(result: TuneResult) -> tuple[str, ...]:
    return (
        *("framework", "cell"),
        f"validation {metric_name(result.validation_metric)}",
        f"test {metric_name(result.metric)}",
    )


def score_rows(result: TuneResult) -> list[tuple[str, ...]]:
    return [
        (
            *(framework_name(one.framework), cell_name(cell.cell)),
            estimate_text(result.validation_metric, one.validation),
            estimate_text(result.metric, one.test),
        )
        for cell in result.cells
        for one in cell.tested
    ]


def title(result: TuneResult) -> str:
    return f"{result.plan.task.name}: the best setting of each cell"


def seeds_text(result: TuneResult) -> str:
    seeds = result.plan.options.seeds
    return f"{seeds} other seed{'s' * (seeds != 1)}"


def notes(result: TuneResult) -> list[str]:
    """What the tables say and do not say."""
    found = [
        "Settings are selected on the validation part, by one run of each in "
        f"{framework_name(result.plan.framework)}. That score is the best of "
        "many, and so too good; the test part is read for the selected "
        "settings alone."
    ]
    if result.plan.options.seeds > 1:
        found.append("In parentheses: 95 % intervals of the mean over seeds.")
    found += [
        f"{cell_name(cell.cell)}: the test part was read before, for "
        f"{cell.tested_before} other setting"
        f"{'s' * (cell.tested_before != 1)} of this search."
        for cell in result.cells
        if cell.tested_before
    ]
    return found


def as_json(result: TuneResult) -> dict[str, Any]:
    """Everything but the trials, which `tune.csv` has."""
    return {
        **result.plan.identity(),
        "trials": result.plan.trials,
        "seeds": result.plan.options.seeds,
        "validation_metric": result.validation_metric,
        "metric": result.metric,
        "cells": [cell_json(cell) for cell in result.cells],
    }


def cell_json(cell: CellResult) -> dict[str, Any]:
    best = cell.best
    return {
        "cell": cell.cell,
        "trials": len(cell.trials),
        "pruned": cell.count("pruned"),
        "without_score": cell.count(*UNFINISHED),
        "setting": best.setting if best else None,
        "trial": best.number if best else None,
        "validation": best.value if best else None,
        "importance": cell.importance,
        "tested_before": cell.tested_before,
        "tested": [
            {
                "framework": one.framework,
                "validation": estimate_json(one.validation),
                "test": estimate_json(one.test),
                "failed": one.failed,
            }
            for one in cell.tested
        ],
    }


def estimate_json(found: SeedScores) -> dict[str, Any]:
    low, high = found.interval
    values = {"mean": found.mean, "low": low, "high": high}
    known = {n: None if math.isnan(v) else v for n, v in values.items()}
    return {**known, "scores": found.scores}


TRIAL_HEADS = ("cell", "trial", "status", "validation", "epochs")
COSTS = ("parameters", "seconds")


def trial_lines(result: TuneResult) -> list[tuple[Any, ...]]:
    """A heading and a line for each trial; no test score is in any."""
    names = [one.name for one in result.plan.space]
    lines: list[tuple[Any, ...]] = [(*TRIAL_HEADS, *COSTS, *names)]
    for one in result.trials:
        values = (plain(one.setting[name]) for name in names)
        value = "" if one.value is None else one.value
        head = one.cell, one.number, one.status, value, one.epochs
        parameters = "" if one.parameters is None else one.parameters
        seconds = "" if one.seconds is None else one.seconds
        lines.append((*head, parameters, seconds, *values))
    return lines


def write_tables(result: TuneResult, out: Path) -> None:
    text = json.dumps(as_json(result), indent=1)
    write_file(out / JSON, f"{text}\n")
    write_file(out / CSV, csv_text(trial_lines(result)))
