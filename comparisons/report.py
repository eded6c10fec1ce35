"""The files of a comparison: `results.csv`, `report.md`, pictures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from comparisons.findings import findings
from comparisons.statistics import mean
from comparisons.store import Record, read_records
from comparisons.summary import COLUMNS, Summary, shown_confusion, summarise
from comparisons.table import markdown_table, notes, number
from shared.errors import UserError

CONFUSION = "confusion.png"
PICTURES = {
    "learning-curves.png": "Validation metric over epochs",
    "speed.png": "Milliseconds a training step",
    CONFUSION: "Confusion matrix of the best row, seeds added up",
}


class ReportError(UserError):
    """A file of the report that could not be made."""


def write_report(folder: Path, keys: list[str] | None = None) -> Summary:
    """Write all files from the folder's records; the summary shown."""
    records = read_records(folder / "runs.jsonl")
    summary = summarise(records, keys)
    with draw(folder / "figures", keys or []) as drawing:
        write_markdown(summary, folder / "report.md")
    if drawing.returncode:
        raise ReportError(f"'{folder}/figures' could not be drawn")
    return summary


def write_csv(summary: Summary, path: Path) -> None:
    """One line for each framework and cell."""
    import pandas as pd

    pd.DataFrame(summary.rows, columns=COLUMNS).to_csv(path, index=False)


def write_markdown(summary: Summary, path: Path) -> None:
    """The table, the findings, the pictures and how it was made."""
    lines = [f"# {summary.task.name}: {summary.task.summary}", ""]
    lines += [markdown_table(summary), ""]
    lines += [line for note in notes(summary) for line in (note, "")]
    lines += ["## Findings", ""]
    lines += [f"- {sentence}" for sentence in findings(summary)]
    lines += ["", "## All scores", "", *score_lines(summary), ""]
    lines += ["## Pictures", ""]
    for name, text in PICTURES.items():
        if name != CONFUSION or shown_confusion(summary) is not None:
            lines += [f"![{text}](figures/{name})", ""]
    lines += ["## How it was made", "", *made(summary.records), ""]
    path.write_text("\n".join(lines))


def score_lines(summary: Summary) -> list[str]:
    """Every score of the test part, its mean over seeds, in Markdown."""
    done = [run for run in summary.records if run["status"] == "ok"]
    names = list(done[0]["scores"]) if done else []
    lines = [f"| framework | cell | {' | '.join(names)} |"]
    lines += [f"| --- | --- |{' ---: |' * len(names)}"]
    for row in summary.rows:
        runs = [
            run
            for run in done
            if (run["framework"], run["cell"])
            == (row["framework"], row["cell"])
        ]
        means = [mean([run["scores"][name] for run in runs]) for name in names]
        shown = " | ".join(number(value, ".4f") for value in means)
        lines.append(f"| {row['framework']} | {row['cell']} | {shown} |")
    return lines


def made(records: list[Record]) -> list[str]:
    """Command, machine, versions and commit of the first record."""
    first = records[0]
    machine = first["machine"]
    versions: dict[str, str] = {}
    for record in records:
        versions |= record["versions"]
    shown = ", ".join(f"{n} {v}" for n, v in sorted(versions.items()))
    seconds = sum(record.get("seconds", 0.0) for record in records)
    return [
        f"- command: `{first['command']}`",
        f"- machine: {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_mb']} MB, {machine['system']}, "
        f"Python {machine['python']}",
        f"- versions: {shown}",
        f"- commit: {first['commit'] or 'not in a checkout'}",
        f"- {len(records)} runs, {seconds:.0f} s; the raw records are in "
        "`runs.jsonl`",
    ]


def draw(folder: Path, keys: list[str]) -> subprocess.Popen[str]:
    """Draw, and write `results.csv`, in a process of its own.

    The memory of matplotlib and pandas is then not the runner's.
    """
    folder.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "comparisons.plots", str(folder)],
        stdin=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write("\n".join(keys))
    process.stdin.close()
    return process
