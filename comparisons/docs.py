"""`python -m comparisons.docs`: put recorded results into the pages."""

from __future__ import annotations

import re
from pathlib import Path

from comparisons.environment import ROOT
from comparisons.findings import by_cell, findings
from comparisons.report import made
from comparisons.statistics import mean, spread
from comparisons.store import read_records
from comparisons.summary import Summary, summarise
from comparisons.table import markdown_table, notes

MARK = re.compile(
    r"(<!-- (result|readings): (.+?) -->\n).*?(<!-- end of \2 -->)", re.DOTALL
)
PAGES = ("README.md", "docs/names.md")


def main() -> None:
    """Rewrite each result of the pages from its folder's records."""
    for name in PAGES:
        page = ROOT / name
        page.write_text(filled(page.read_text(), ROOT))


def filled(text: str, root: Path) -> str:
    """The text with each result made anew from `runs.jsonl`."""

    def replace(found: re.Match[str]) -> str:
        shown = KINDS[found[2]](root, found[3].split())
        return f"{found[1]}{shown}\n{found[4]}"

    return MARK.sub(replace, text)


def result(root: Path, names: list[str]) -> str:
    """Table, notes, findings and origin of one folder's records."""
    (name,) = names
    summary = summarise(read_records(root / name / "runs.jsonl"))
    lines = [markdown_table(summary), "", *notes(summary), ""]
    lines += [f"- {sentence}" for sentence in findings(summary)]
    lines += [
        "",
        f"Written by `python -m comparisons.docs` from "
        f"[{name}/runs.jsonl]({name}/runs.jsonl):",
        "",
        *made(summary.records),
    ]
    return "\n".join(lines)


def readings(root: Path, names: list[str]) -> str:
    """One line for each folder: its command, baselines and cells."""
    summaries = [
        summarise(read_records(root / name / "runs.jsonl")) for name in names
    ]
    cells = list(dict.fromkeys(c for s in summaries for c in by_cell(s)))
    beside = list(summaries[0].baselines)
    heads = ["command", *beside, *cells]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    lines += [reading(summary, beside, cells) for summary in summaries]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def reading(summary: Summary, beside: list[str], cells: list[str]) -> list[str]:
    """What a folder was made by, and its means ± sd over seeds."""
    found = by_cell(summary)
    values = [list(summary.baselines[name].values()) for name in beside]
    line = [f"`{summary.records[0]['command']}`"]
    line += [f"{mean(one):.4f}" for one in values]
    for cell in cells:
        seeds = list(found.get(cell, {}).values())
        shown = f"{mean(seeds):.4f} ± {spread(seeds):.4f}"
        line.append(shown if seeds else "-")
    return line


KINDS = {"result": result, "readings": readings}


if __name__ == "__main__":
    main()
