"""`tune.html`: the result of a search in the shell of the report."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from comparisons.report.blocks import Block, Lead, Sentences, Table, Terms
from comparisons.report.page import ENVIRONMENT, packed, plotly_script, plots
from comparisons.report.tables import plain
from comparisons.tuning.figures.costs import costs
from comparisons.tuning.figures.history import history
from comparisons.tuning.figures.importance import importance
from comparisons.tuning.figures.settings import settings
from comparisons.tuning.figures.values import percent, shown
from comparisons.tuning.results import CellResult, TuneResult
from comparisons.tuning.scores import estimate_text
from comparisons.tuning.tables import (
    notes,
    score_heads,
    score_rows,
    seeds_text,
    setting_column,
    setting_heads,
)
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_axis,
    metric_name,
    score_text,
)
from shared.files.io import write_file

PAGE = "tune.html"


def write_page(result: TuneResult, out: Path) -> None:
    write_file(out / PAGE, page(result))


def page(result: TuneResult) -> str:
    """The whole page as text; it works offline."""
    tabs = {
        "Result": [section("overview", "Selected settings", overview(result))],
        "Search": [
            section("trials", "History", history(result)),
            section("parallel", "Settings and scores", settings(result)),
            section("fanova", "Importance of settings", importance(result)),
            section("trade-off", "Score against cost", costs(result)),
        ],
        "Records": [
            section("every", "Every trial", [trials_table(result)]),
            section("setup", "Setup", [setup(result)]),
        ],
    }
    sections = [one for found in tabs.values() for one in found]
    return ENVIRONMENT.get_template("page.html").render(
        title=f"Settings tuned: {result.plan.task.name}",
        overview=[summary(result)],
        tabs=tabs,
        folded=False,
        plots=packed(json.dumps(plots(sections)).encode()),
        plotly=packed(plotly_script()),
        reader=None,
    )


def section(name: str, title: str, blocks: list[Block]) -> dict[str, Any]:
    return {"name": name, "title": title, "joint": blocks, "parts": []}


def summary(result: TuneResult) -> str:
    plan, trials = result.plan, len(result.trials)
    return (
        f"{plan.task.name}: {plan.task.summary}; "
        f"{', '.join(cell_name(cell.cell) for cell in result.cells)}; "
        f"{trials} trials in {framework_name(plan.framework)}, selected on "
        "validation"
    )


def overview(result: TuneResult) -> list[Block]:
    found: list[Block] = [Lead(lead(result))]
    found += [settings_block(result), scores_block(result)]
    return [*found, Sentences(tuple(notes(result)))]


def lead(result: TuneResult) -> str:
    """The cell of the best validation score, and what its test says."""
    done = [cell for cell in result.cells if cell.best]
    if not done:
        return "No trial is complete."
    best = best_cell(result, done)
    assert best.best is not None
    metric = result.validation_metric
    text = (
        f"{cell_name(best.cell)} has the best validation "
        f"{metric_name(metric)} of the search, "
        f"{score_text(metric, best.best.value)}."
    )
    for one in best.tested[:1]:
        text += (
            f" With {seeds_text(result)}, its test "
            f"{metric_name(result.metric)} in {framework_name(one.framework)} "
            f"is {estimate_text(result.metric, one.test)}."
        )
    return text


def best_cell(result: TuneResult, done: list[CellResult]) -> CellResult:
    sign = -1.0 if result.plan.better == "lower" else 1.0
    return max(
        done, key=lambda cell: sign * ((cell.best and cell.best.value) or 0.0)
    )


def settings_block(result: TuneResult) -> Table:
    columns = [setting_column(cell, result) for cell in result.cells]
    return plain(
        *("selected", "The best setting of each cell"),
        ("", *(cell_name(cell.cell) for cell in result.cells)),
        list(zip(setting_heads(result), *columns, strict=True)),
    )


def scores_block(result: TuneResult) -> Table:
    return plain(
        *("tested", f"These settings with {seeds_text(result)}"),
        score_heads(result),
        score_rows(result),
        heads=2,
    )


def trials_table(result: TuneResult) -> Table:
    metric, space = result.validation_metric, result.plan.space
    heads = ("cell", "trial", "status", f"validation {metric_axis(metric)}")
    rows = [
        (
            *(cell_name(t.cell), t.number, t.status, percent(metric, t.value)),
            *(t.epochs, t.parameters, t.seconds),
            *(shown(t.setting[one.name]) for one in space),
        )
        for t in result.trials
    ]
    costs = ("epochs", "parameters", "training, s")
    table = plain(
        *("trials-table", "Every trial; none has a test score"),
        (*heads, *costs, *(one.label for one in space)),
        rows,
        heads=2,
    )
    return replace(table, sortable=True)


def setup(result: TuneResult) -> Terms:
    """What the trials share, and the command."""
    known = {
        name: (str(value),)
        for name, value in result.plan.identity().items()
        if value not in ("", 0)
    }
    return Terms({**known, "command": (result.plan.command,)})
