"""`python -m comparisons.docs`: put recorded results into the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from comparisons.environment import ROOT
from comparisons.findings import by_cell, findings
from comparisons.report import made
from comparisons.statistics import mean, spread
from comparisons.store import read_records
from comparisons.summary import Summary, summarise
from comparisons.table import markdown_table, notes

MARK = re.compile(
    r"(<!-- (result|readings|lengths): (.+?) -->\n).*?"
    r"(<!-- end of \2 -->)",
    re.DOTALL,
)
PAGES = (
    "README.md",
    "docs/names.md",
    "docs/text.md",
    "docs/language.md",
    "docs/translation.md",
    "docs/memory.md",
    "docs/signals.md",
)


def main() -> None:
    """Rewrite each result of the pages from its folder's records."""
    for name in PAGES:
        page = ROOT / name
        page.write_text(filled(page.read_text(), ROOT, name))


def filled(text: str, root: Path, page: str) -> str:
    """The text of a page with each result made anew from `runs.jsonl`."""
    up = "../" * page.count("/")

    def replace(found: re.Match[str]) -> str:
        shown = KINDS[found[2]](root, found[3].split())
        linked = shown.replace("](docs/", f"]({up}docs/")
        return f"{found[1]}{linked}\n{found[4]}"

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
    """A class, then folders: one line each, of baselines, cells, the class."""
    name, *folders = names
    summaries = [
        summarise(read_records(root / folder / "runs.jsonl"))
        for folder in folders
    ]
    beside = list(summaries[0].baselines)
    heads = ["command", *beside, "cell", summaries[0].task.metric]
    heads += [f"share of {name}", f"right on {name}", "right on the rest"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for summary in summaries:
        lines += reading(summary, beside, name)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def reading(
    summary: Summary, beside: list[str], name: str
) -> Iterator[list[str]]:
    """For each cell of a folder, its means ± sd over seeds."""
    command = summary.records[0]["command"]
    known = [
        f"{mean(list(summary.baselines[other].values())):.4f}"
        for other in beside
    ]
    for cell, seeds in by_cell(summary).items():
        values = list(seeds.values())
        shares = [f"{share:.3f}" for share in one_class(summary, cell, name)]
        shown = f"{mean(values):.4f} ± {spread(values):.4f}"
        yield [f"`{command}`", *known, cell, shown, *shares]


def one_class(
    summary: Summary, cell: str, name: str
) -> tuple[float, float, float]:
    """The share of a class in the test, recall on it and on the others."""
    details = [
        run["detail"]
        for run in summary.records
        if run["cell"] == cell and run["status"] == "ok"
    ]
    counts = np.sum([detail["confusion"] for detail in details], axis=0)
    row = details[0]["classes"].index(name)
    true, right = counts.sum(axis=1), np.diag(counts)
    rest = (right.sum() - right[row]) / (true.sum() - true[row])
    return true[row] / true.sum(), right[row] / true[row], rest


def lengths(root: Path, names: list[str]) -> str:
    """A score, then folders: by words of the source, a line for each cell.

    Means over frameworks and seeds.
    """
    score, *folders = names
    lines: list[list[str]] = []
    for folder in folders:
        found: dict[tuple[str, str], list[list[float]]] = {}
        for run in read_records(root / folder / "runs.jsonl"):
            if run["kind"] == "run" and run["status"] == "ok":
                groups = run["detail"]["by_length"]
                key = run["model_spec"]["attention"], run["cell"]
                found.setdefault(key, []).append([g[score] for g in groups])
                heads = [f"{group['words']:.1f} words" for group in groups]
        for key, values in found.items():
            means = np.mean(values, axis=0)
            lines.append(
                [*key, *(f"{value:{FORMS[score]}}" for value in means)]
            )
    heads = ["attention", "cell", *heads]
    rule = ["---", "---", *["---:"] * (len(heads) - 2)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rule, *lines])


FORMS = {"bleu": ".1f", "exact": ".3f"}
"""Score by length -> how it is written."""

KINDS = {"result": result, "readings": readings, "lengths": lengths}


if __name__ == "__main__":
    main()
