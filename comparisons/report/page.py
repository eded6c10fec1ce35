"""`report.html`: one file that works offline."""

import base64
import gzip
import importlib.resources
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from comparisons.analysis.changes import Changes
from comparisons.analysis.loading import Comparison
from comparisons.analysis.wording import listed
from comparisons.report.blocks import Block, figures_of
from comparisons.report.changes import changed_blocks
from comparisons.report.citation import citation_section
from comparisons.report.compilation import compile_section
from comparisons.report.curves import curves_section
from comparisons.report.equivalence import equivalence_section
from comparisons.report.overview.section import (
    joint_overview,
    overview_section,
)
from comparisons.report.plotly.traces import rounded
from comparisons.report.provenance import manifest_section
from comparisons.report.results import findings_section, table_section
from comparisons.report.runs import runs_section
from comparisons.report.several.folding import folded, named_by_setting
from comparisons.report.several.joint import joint_lines, joint_tables
from comparisons.report.several.sweep import sweep_figures
from comparisons.report.speed import steps_section
from comparisons.report.task_section import published_section, task_section
from comparisons.report.tradeoff.section import trade_off_section
from shared.exhibits.names import cell_name, framework_name
from shared.files.io import write_file

PUBLISHED = "Published results and baselines"
READER = "comparisons.reader"

WRAPPED = re.compile(
    rb"(\A/\*.*?\*/\n)"  # the license
    rb"\(\s*function\(root, factory\) \{.*?\(\) => \{\n"
    rb'("use strict";var Plotly=.*\nwindow\.Plotly = Plotly;\n)'
    rb"return Plotly;\n\}\)\);\s*\Z",
    re.DOTALL,
)
"""Plotly's bundle: a function that exports or returns it."""

NAMED = 3
"""Tasks that the heading names."""


@dataclass(frozen=True)
class Section:
    """A section's id, heading, tab, and the blocks of each comparison.

    joint: the blocks that show all comparisons at once.
    """

    name: str
    title: str
    tab: str
    build: Callable[[Comparison], list[Block]]
    joint: Callable[[list[Comparison]], list[Block]] = lambda parts: []


RESULT, CURVES, EXAMPLES, SPEED, PROOF, CODE, RECORDS = TABS = (
    *("Result", "Curves", "Examples", "Speed", "Proof", "Code", "Records"),
)
SECTIONS = (
    Section("sweep", "Sweep", RESULT, lambda part: [], sweep_figures),
    Section("overview", "Overview", RESULT, overview_section, joint_overview),
    Section("table", "Results", RESULT, table_section, joint_tables),
    Section("findings", "Findings", RESULT, findings_section),
    Section("published", PUBLISHED, RESULT, published_section),
    Section("curves", "Learning curves", CURVES, curves_section),
    Section("trade-off", "Score against cost", CURVES, trade_off_section),
    Section("task", "Examples", EXAMPLES, task_section, joint_lines),
    Section("steps", "Step times", SPEED, steps_section),
    Section("compile", "Compilation and break-even", SPEED, compile_section),
    Section("equivalence", "Equivalence checks", PROOF, equivalence_section),
    Section("manifest", "Setup", RECORDS, manifest_section),
    Section("cite", "Files and citation", RECORDS, citation_section),
    Section("runs", "Every run", RECORDS, runs_section),
)

ENVIRONMENT = Environment(
    loader=PackageLoader("comparisons.report"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def write_page(parts: list[Comparison], path: Path) -> None:
    write_file(path, page(parts))


def page(parts: list[Comparison], changed: Changes | None = None) -> str:
    """The whole page as text; `changed`: since another comparison."""
    parts = named_by_setting(parts)
    sections: list[dict[str, Any]] = [
        {
            "name": section.name,
            "title": section.title,
            "tab": section.tab,
            "joint": section.joint(parts),
            "parts": [(part.label, section.build(part)) for part in parts],
        }
        for section in SECTIONS
    ]
    swept = bool(sections[0]["joint"])
    if not swept:
        del sections[0]
    if changed is not None:
        blocks = changed_blocks(changed)
        names = {"name": "changes", "title": "Changes", "tab": RESULT}
        sections.insert(1 + swept, {**names, "joint": blocks, "parts": []})
    tasks = {part.summary.task.id: part.summary.task.name for part in parts}
    drawings = plots(sections)
    if swept:
        sections = folded(sections)
    return ENVIRONMENT.get_template("page.html").render(
        title=f"Recurrent networks compared: {subject(parts, tasks)}",
        overview=list(map(overview, parts)),
        tabs={
            tab: [section for section in sections if section["tab"] == tab]
            for tab in TABS
        },
        folded=swept,
        plots=packed(json.dumps(drawings).encode()),
        plotly=packed(plotly_script()),
        reader=reader(list(tasks)),
    )


def subject(parts: list[Comparison], tasks: dict[str, str]) -> str:
    """The tasks by name, or how many there are."""
    if len(tasks) <= NAMED:
        return ", ".join(tasks.values())
    return f"{len(parts)} comparisons of {len(tasks)} tasks"


def overview(part: Comparison) -> str:
    seeds = len({run.seed for run in part.records})
    failed = len(part.records) - len(part.done)
    return (
        f"{part.label}: {part.summary.task.summary}; "
        f"{', '.join(map(framework_name, part.frameworks))}; "
        f"{', '.join(map(cell_name, part.cells))}; "
        f"{seeds} seed{'s' * (seeds != 1)}, {len(part.records)} runs"
        f"{devices(part)}"
        + (f", {failed} without a result" if failed else "")
        + (f"; {part.unread} unreadable lines" if part.unread else "")
    )


def devices(part: Comparison) -> str:
    """What the runs were made on, where that is recorded."""
    cores = dict.fromkeys(run.machine.cores for run in part.done)
    found = dict.fromkeys(run.device for run in part.done if run.device)
    if list(found) == ["cpu"] and len(cores) == 1 and 0 not in cores:
        return f"; {cores.popitem()[0]} CPU cores"
    return f"; on {listed(found)}" if found else ""


def plots(sections: list[dict[str, Any]]) -> dict[str, Any]:
    """Id of a drawing -> its traces and layout; no two may share one.

    Also id of a table -> the texts of the rows that a script adds to it.
    """
    figures = [
        figure
        for section in sections
        for _, blocks in (("", section["joint"]), *section["parts"])
        for figure in figures_of(blocks)
    ]
    for name, count in Counter(figure.name for figure in figures).items():
        if count > 1:
            raise ValueError(f"{count} drawings are called '{name}'")
    drawings = {
        f"{figure.name}-{number}": rounded(
            {"data": panel.data, "layout": panel.layout}
        )
        for figure in figures
        for number, panel in enumerate(figure.panels)
    }
    tables = (figure.table for figure in figures)
    return drawings | {
        table.name: [[cell.text for cell in row.cells] for row in table.rest]
        for table in tables
        if table.rest
    }


def plotly_script() -> bytes:
    """Plotly without the function around it, if it is the one that is known.

    A browser parses what is within a function a second time when it is called.
    """
    folder = importlib.resources.files("plotly") / "package_data"
    whole = (folder / "plotly.min.js").read_bytes()
    return WRAPPED.sub(rb"\1\2", whole)


def packed(content: bytes) -> str:
    """Compressed, as text, so that the page stays small."""
    return base64.b64encode(gzip.compress(content, mtime=0)).decode("ascii")


def reader(tasks: list[str]) -> dict[str, str] | None:
    """The side-by-side code, if the package that shows it is there.

    Its style, and what its tab is filled with when it is opened.
    """
    if importlib.util.find_spec(READER) is None:
        return None
    code = importlib.import_module(f"{READER}.page").fragment(tasks)
    content = {"html": code.html, "script": code.script}
    return {"css": code.css, "content": packed(json.dumps(content).encode())}
