"""`report.md`: the table, the findings and the pictures for a forge."""

from __future__ import annotations

from pathlib import Path

from comparisons.analysis.findings import findings
from comparisons.analysis.statistics import mean, number, score_form
from comparisons.analysis.summary import Summary
from comparisons.analysis.table import markdown_table, notes
from comparisons.records.record import RunRecord
from comparisons.report.run_views import matrices

PICTURES = {
    "learning-curves.png": "Validation metric over epochs",
    "speed.png": "Milliseconds a training step",
}


def write_markdown(summary: Summary, path: Path) -> None:
    """The table, the findings, the pictures and how it was made."""
    lines = [f"# {summary.task.name}: {summary.task.summary}", ""]
    lines += [markdown_table(summary), ""]
    lines += [line for note in notes(summary) for line in (note, "")]
    lines += ["## Findings", ""]
    lines += [f"- {sentence}" for sentence in findings(summary)]
    lines += ["", "## All scores", "", *score_lines(summary), ""]
    lines += ["## Pictures", ""]
    drawn = {f"{shown.name}.png": shown.title for shown in matrices(summary)}
    for name, text in (PICTURES | drawn).items():
        lines += [f"![{text}](figures/{name})", ""]
    lines += ["## How it was made", "", *made(summary.records), ""]
    path.write_text("\n".join(lines))


def score_lines(summary: Summary) -> list[str]:
    """Every score of the test part, its mean over seeds, in Markdown."""
    done = summary.finished
    names = list(done[0].scores) if done else []
    lines = [f"| framework | cell | {' | '.join(names)} |"]
    lines += [f"| --- | --- |{' ---: |' * len(names)}"]
    for row in summary.rows:
        runs = [run.scores for run in done if run.row == row.place]
        means = [mean([scores[name] for scores in runs]) for name in names]
        shown = " | ".join(number(v, score_form(v)) for v in means)
        lines.append(f"| {row.framework} | {row.cell} | {shown} |")
    return lines


def made(records: list[RunRecord]) -> list[str]:
    """Commands of all records, machine and commit of the first."""
    first = records[0]
    commands = dict.fromkeys(record.command for record in records)
    machine = first.machine
    versions: dict[str, str] = {}
    for record in records:
        versions |= record.versions
    shown = ", ".join(f"{n} {v}" for n, v in sorted(versions.items()))
    seconds = sum(record.seconds for record in records)
    return [
        *(f"- command: `{command}`" for command in commands),
        f"- machine: {machine.processor}, {machine.cores} cores, "
        f"{machine.memory_mb} MB, {machine.system}, "
        f"Python {machine.python}",
        f"- versions: {shown}",
        f"- commit: {first.commit or 'not in a checkout'}",
        f"- {len(records)} runs, {seconds:.0f} s; the raw records are in "
        "`runs.jsonl`",
    ]
