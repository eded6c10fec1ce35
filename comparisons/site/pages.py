"""`python -m comparisons.site.pages`: put recorded results into the pages."""

from __future__ import annotations

import re
from pathlib import Path

from comparisons.analysis.findings import findings
from comparisons.analysis.summary import summarise
from comparisons.analysis.table import markdown_table, notes
from comparisons.records.environment import ROOT
from comparisons.records.store import read_records
from comparisons.report import made
from comparisons.site.tables import TABLES

MARK = re.compile(
    r"(<!-- (\w+): (.+?) -->\n).*?"
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
        f"Written by `python -m comparisons.site.pages` from "
        f"[{name}/runs.jsonl]({name}/runs.jsonl):",
        "",
        *made(summary.records),
    ]
    return "\n".join(lines)


KINDS = {"result": result, **TABLES}


if __name__ == "__main__":
    main()
