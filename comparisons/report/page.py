"""`report.html`: one file that works offline."""

from __future__ import annotations

import base64
import gzip
import importlib.resources
import importlib.util
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comparisons.analysis.changes import Changes
from comparisons.analysis.loading import Comparison
from comparisons.report.blocks import Block, Figure, rounded
from comparisons.report.changes import changed_blocks
from comparisons.report.compilation import compile_section
from comparisons.report.curves import curves_section
from comparisons.report.equivalence import equivalence_section
from comparisons.report.multiple import lines_together, tables_together
from comparisons.report.provenance import manifest_section
from comparisons.report.results import findings_section, table_section
from comparisons.report.runs import runs_section
from comparisons.report.speed import steps_section
from comparisons.report.sweep import sweeps_together
from comparisons.report.task_section import published_section, task_section
from comparisons.report.tradeoff import trade_off_section
from shared.exhibits.names import cell_name, framework_name

MARKS = {"best": "*", "tie": "~"}
"""Look of a table cell -> the sign after its text."""

READER = "comparisons.reader"


@dataclass(frozen=True)
class Section:
    """A section of the page: its id, heading, and function of its blocks.

    together: the function of the blocks that show all comparisons at once.
    """

    name: str
    title: str
    build: Callable[[Comparison], list[Block]]
    together: Callable[[list[Comparison]], list[Block]] = lambda parts: []


SECTIONS = (
    Section("findings", "Findings", findings_section),
    Section("table", "Results", table_section, tables_together),
    Section("equivalence", "Equivalence checks", equivalence_section),
    Section("trade-off", "Accuracy against cost", trade_off_section),
    Section("curves", "Learning curves", curves_section, sweeps_together),
    Section("steps", "Step times", steps_section),
    Section("compile", "Compilation and break-even", compile_section),
    Section("task", "Examples", task_section, lines_together),
    Section("published", "Published results and baselines", published_section),
    Section("manifest", "Setup", manifest_section),
    Section("runs", "Every run", runs_section),
)


@dataclass(frozen=True)
class Shown:
    """A section with what is in it."""

    name: str
    title: str
    together: list[Block]
    apart: list[tuple[Comparison, list[Block]]]


def write_page(parts: list[Comparison], path: Path) -> None:
    path.write_text(page(parts), encoding="utf-8")


def page(parts: list[Comparison], changed: Changes | None = None) -> str:
    """The whole page as text; `changed`: since another comparison."""
    sections = [
        Shown(
            section.name,
            section.title,
            section.together(parts),
            [(part, section.build(part)) for part in parts],
        )
        for section in SECTIONS
    ]
    if changed is not None:
        blocks = changed_blocks(changed)
        sections.insert(1, Shown("changes", "Changes", blocks, []))
    tasks = list(dict.fromkeys(part.summary.task.name for part in parts))
    template = environment().get_template("page.html")
    return template.render(
        title=f"Recurrent networks compared: {', '.join(tasks)}",
        parts=parts,
        overview=overview(parts),
        sections=sections,
        plots=plots(sections),
        plotly=packed_plotly(),
        reader=reader(tasks),
    )


def environment() -> Environment:
    """Templates that escape all values."""
    found = Environment(
        loader=PackageLoader("comparisons.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"marks": MARKS, "sorting": sorting}
    return found


def sorting(value: float | str | None) -> str:
    """The sort key of a table cell, empty where it has no value."""
    missing = isinstance(value, float) and math.isnan(value)
    return "" if missing or value is None else str(value)


def overview(parts: list[Comparison]) -> list[str]:
    """A line for each comparison."""
    lines = []
    for part in parts:
        seeds = len({run.seed for run in part.records})
        failed = len(part.records) - len(part.done)
        lines.append(
            f"{part.label}: {part.summary.task.summary}; "
            f"{', '.join(map(framework_name, part.frameworks))}; "
            f"{', '.join(map(cell_name, part.cells))}; "
            f"{seeds} seed{'s' * (seeds != 1)}, {len(part.records)} runs"
            + (f", {failed} without a result" if failed else "")
        )
    return lines


def plots(sections: list[Shown]) -> dict[str, Any]:
    """Id of a drawing -> its traces and layout; no two may share one."""
    figures = [
        block
        for section in sections
        for blocks in (section.together, *(own for _, own in section.apart))
        for block in blocks
        if isinstance(block, Figure)
    ]
    for name, count in Counter(figure.name for figure in figures).items():
        if count > 1:
            raise ValueError(f"{count} drawings are called '{name}'")
    return {
        f"{figure.name}-{place}": rounded(
            {"data": panel.data, "layout": panel.layout}
        )
        for figure in figures
        for place, panel in enumerate(figure.panels)
    }


def packed_plotly() -> str:
    """Plotly's script, compressed, so that the page stays small."""
    folder = importlib.resources.files("plotly") / "package_data"
    script = (folder / "plotly.min.js").read_bytes()
    packed = gzip.compress(script, mtime=0)
    return base64.b64encode(packed).decode("ascii")


def reader(tasks: list[str]) -> dict[str, Markup] | None:
    """The side-by-side code, where the package that shows it is there."""
    if importlib.util.find_spec(READER) is None:
        return None
    module = importlib.import_module(f"{READER}.page")
    fragment = module.fragment(tasks)
    # Styles and script are the project's own files, no record's text.
    return {
        "html": fragment.html,
        "css": Markup(fragment.css),
        "script": Markup(fragment.script),
    }
