"""`report.md`: the table, the findings, and the figures for a forge."""

from pathlib import Path
from urllib.parse import quote

from comparisons.analysis.findings import sentences
from comparisons.analysis.machines import identity
from comparisons.analysis.notes import notes
from comparisons.analysis.results import results_markdown
from comparisons.analysis.speed.untimed import has_times
from comparisons.analysis.statistics import mean
from comparisons.analysis.summary import Summary
from comparisons.analysis.tables import in_code, in_markdown, markdown_table
from comparisons.records.record import RunRecord
from comparisons.report.run_views import matrices
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)
from shared.files.io import write_file

FIGURES = {
    "learning-curves.png": "Validation metric by epoch",
    "speed.png": "Milliseconds per training step",
}


def write_markdown(summary: Summary, path: Path) -> None:
    drawn = {f"{shown.name}.png": shown.title for shown in matrices(summary)}
    parts = [
        f"# {summary.task.name}: {summary.task.summary}",
        results_markdown(summary),
        *map(in_markdown, notes(summary)),
        "## Findings",
        "\n".join(f"- {in_markdown(one)}" for one in sentences(summary)),
        "## All scores",
        scores_markdown(summary),
        "## Figures",
        *(
            f"![{in_markdown(title)}](figures/{quote(name)})"
            for name, title in (FIGURES | drawn).items()
        ),
        "## Setup",
        "\n".join(setup(summary.records)),
    ]
    write_file(path, "\n\n".join(parts) + "\n")


def scores_markdown(summary: Summary) -> str:
    """The mean over seeds of every score on the test split."""
    done = summary.finished
    names = list(done[0].scores) if done else []
    rows = []
    for row in summary.rows:
        scores = [run.scores for run in done if run.row == row.place]
        means = (
            score_text(n, mean(s[n] for s in scores if n in s)) for n in names
        )
        names_of_row = framework_name(row.framework), cell_name(row.cell)
        rows.append([*map(in_markdown, names_of_row), *means])
    headings = ["framework", "cell", *map(metric_name, names)]
    return markdown_table(headings, rows, "llr")


def setup(records: list[RunRecord]) -> list[str]:
    """Commands and machines of all records, commit of the first."""
    first = records[0]
    commands = dict.fromkeys(record.command for record in records)
    machines = {identity(record): record.machine for record in records}
    versions: dict[str, str] = {}
    for record in records:
        versions |= record.versions
    shown = ", ".join(f"{n} {v}" for n, v in sorted(versions.items()))
    timed = [record.seconds for record in records if has_times(record)]
    scored = len(records) - len(timed)
    seconds = f"{sum(timed):.0f} s" + f", {scored} not timed" * bool(scored)
    return [
        *(f"- command: {in_code(command)}" for command in commands),
        *(
            f"- machine: {in_markdown(machine.processor)}, {machine.cores} "
            f"cores, {machine.memory_mb} MB, {in_markdown(machine.system)}, "
            f"Python {machine.python}"
            for machine in machines.values()
        ),
        f"- versions: {in_markdown(shown)}",
        f"- commit: {in_markdown(first.commit) or 'not in a checkout'}",
        f"- {len(records)} runs, {seconds}; raw records in `runs.jsonl`",
    ]
