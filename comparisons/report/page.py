"""`report.html`: one file that works offline."""

import base64
import gzip
import importlib.resources
import importlib.util
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from comparisons.analysis.changes import Changes
from comparisons.analysis.loading import Comparison
from comparisons.report.blocks import Block, Figure
from comparisons.report.changes import changed_blocks
from comparisons.report.compilation import compile_section
from comparisons.report.curves import curves_section
from comparisons.report.equivalence import equivalence_section
from comparisons.report.multiple import joint_lines, joint_tables
from comparisons.report.plotly import rounded
from comparisons.report.provenance import manifest_section
from comparisons.report.results import findings_section, table_section
from comparisons.report.runs import runs_section
from comparisons.report.speed import steps_section
from comparisons.report.sweep import sweep_figures
from comparisons.report.task_section import published_section, task_section
from comparisons.report.tradeoff import trade_off_section
from shared.exhibits.names import cell_name, framework_name
from shared.files.io import write_file

READER = "comparisons.reader"


@dataclass(frozen=True)
class Section:
    """A section's id, heading, and the blocks of each comparison.

    joint: the blocks that show all comparisons at once.
    """

    name: str
    title: str
    build: Callable[[Comparison], list[Block]]
    joint: Callable[[list[Comparison]], list[Block]] = lambda parts: []


SECTIONS = (
    Section("findings", "Findings", findings_section),
    Section("table", "Results", table_section, joint_tables),
    Section("equivalence", "Equivalence checks", equivalence_section),
    Section("trade-off", "Accuracy against cost", trade_off_section),
    Section("curves", "Learning curves", curves_section, sweep_figures),
    Section("steps", "Step times", steps_section),
    Section("compile", "Compilation and break-even", compile_section),
    Section("task", "Examples", task_section, joint_lines),
    Section("published", "Published results and baselines", published_section),
    Section("manifest", "Setup", manifest_section),
    Section("runs", "Every run", runs_section),
)


def write_page(parts: list[Comparison], path: Path) -> None:
    write_file(path, page(parts))


def page(parts: list[Comparison], changed: Changes | None = None) -> str:
    """The whole page as text; `changed`: since another comparison."""
    sections: list[dict[str, Any]] = [
        {
            "name": section.name,
            "title": section.title,
            "joint": section.joint(parts),
            "parts": [(part.label, section.build(part)) for part in parts],
        }
        for section in SECTIONS
    ]
    if changed is not None:
        blocks = changed_blocks(changed)
        names = {"name": "changes", "title": "Changes"}
        sections.insert(1, {**names, "joint": blocks, "parts": []})
    tasks = {part.summary.task.id: part.summary.task.name for part in parts}
    environment = Environment(
        loader=PackageLoader("comparisons.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html").render(
        title=f"Recurrent networks compared: {', '.join(tasks.values())}",
        overview=map(overview, parts),
        sections=sections,
        plots=plots(sections),
        plotly=packed_plotly(),
        reader=reader(list(tasks)),
    )


def overview(part: Comparison) -> str:
    seeds = len({run.seed for run in part.records})
    failed = len(part.records) - len(part.done)
    return (
        f"{part.label}: {part.summary.task.summary}; "
        f"{', '.join(map(framework_name, part.frameworks))}; "
        f"{', '.join(map(cell_name, part.cells))}; "
        f"{seeds} seed{'s' * (seeds != 1)}, {len(part.records)} runs"
        + (f", {failed} without a result" if failed else "")
        + (f"; {part.unread} unreadable lines" if part.unread else "")
    )


def plots(sections: list[dict[str, Any]]) -> dict[str, Any]:
    """Id of a drawing -> its traces and layout; no two may share one."""
    figures = [
        block
        for section in sections
        for _, blocks in (("", section["joint"]), *section["parts"])
        for block in blocks
        if isinstance(block, Figure)
    ]
    for name, count in Counter(figure.name for figure in figures).items():
        if count > 1:
            raise ValueError(f"{count} drawings are called '{name}'")
    return {
        f"{figure.name}-{number}": rounded(
            {"data": panel.data, "layout": panel.layout}
        )
        for figure in figures
        for number, panel in enumerate(figure.panels)
    }


def packed_plotly() -> str:
    """Plotly's script, compressed, so that the page stays small."""
    folder = importlib.resources.files("plotly") / "package_data"
    script = (folder / "plotly.min.js").read_bytes()
    return base64.b64encode(gzip.compress(script, mtime=0)).decode("ascii")


def reader(tasks: list[str]) -> Any:
    """The side-by-side code, if the package that shows it is there."""
    if importlib.util.find_spec(READER) is None:
        return None
    return importlib.import_module(f"{READER}.page").fragment(tasks)
