"""`report.html`: one file that works offline."""

import base64
import gzip
import importlib.resources
import importlib.util
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from comparisons.analysis.changes import Changes
from comparisons.analysis.loading import Comparison
from comparisons.analysis.wording import listed
from comparisons.report.blocks import figures_of
from comparisons.report.changes import changed_blocks
from comparisons.report.plotly.traces import rounded
from comparisons.report.sections import RESULT, SECTIONS, TABS
from comparisons.report.several.folding import folded, named_by_setting
from shared.exhibits.names import cell_name, framework_name
from shared.files.io import write_file

READER = "comparisons.reader"
LEFT_OUT = ("bptt.py", "bptt_cells.py")
"""Files of the packages that `compare.py code` shows and a report does not: the
gradients by hand are as long as all other layers together."""

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
    tasks = {part.summary.task.id: part.summary.task.name for part in parts}
    sweep = sections.pop(0)
    if is_sweep := bool(sweep["joint"]):
        # The curve is the result of a sweep, not of a page of many tasks.
        sections.insert(len(tasks) > 1, sweep)
    if changed is not None:
        blocks = changed_blocks(changed)
        names = {"name": "changes", "title": "Changes", "tab": RESULT}
        sections.insert(1 + is_sweep, {**names, "joint": blocks, "parts": []})
    drawings = plots(sections)
    if is_sweep:
        sections = folded(sections)
    return ENVIRONMENT.get_template("page.html").render(
        title=f"Recurrent networks compared: {subject(parts, tasks)}",
        overview=list(map(overview, parts)),
        tabs={
            tab: [section for section in sections if section["tab"] == tab]
            for tab in TABS
        },
        folded=is_sweep,
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
    show = importlib.import_module(f"{READER}.page").fragment
    code = show(tasks, without=LEFT_OUT)
    content = {"html": code.html, "script": code.script}
    return {"css": code.css, "content": packed(json.dumps(content).encode())}
