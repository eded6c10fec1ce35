"""The sections of the page, in the order of reading, and their tabs."""

from collections.abc import Callable
from dataclasses import dataclass

from comparisons.analysis.loading import Comparison
from comparisons.report.blocks import Block
from comparisons.report.citation import citation_section
from comparisons.report.compilation import compile_section
from comparisons.report.curves import curves_section
from comparisons.report.equivalence import equivalence_section
from comparisons.report.overview.section import (
    joint_overview,
    overview_section,
)
from comparisons.report.provenance import manifest_section
from comparisons.report.results import findings_section, table_section
from comparisons.report.runs import runs_section
from comparisons.report.several.joint import joint_lines, joint_tables
from comparisons.report.several.sweep import sweep_figures
from comparisons.report.speed import steps_section
from comparisons.report.task_section import published_section, task_section
from comparisons.report.tradeoff.section import trade_off_section

PUBLISHED = "Published results and baselines"


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
