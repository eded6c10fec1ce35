"""`python -m comparisons.docs`: put a recorded result into the README."""

from __future__ import annotations

import re
from pathlib import Path

from comparisons.environment import ROOT
from comparisons.findings import findings
from comparisons.report import made
from comparisons.store import read_records
from comparisons.summary import summarise
from comparisons.table import markdown_table, notes

MARK = re.compile(
    r"(<!-- result: (\S+) -->\n).*?(<!-- end of result -->)", re.DOTALL
)


def main() -> None:
    """Rewrite each result of the README from its folder's records."""
    readme = ROOT / "README.md"
    readme.write_text(filled(readme.read_text(), ROOT))


def filled(text: str, root: Path) -> str:
    """The text with each result made anew from `runs.jsonl`."""

    def replace(found: re.Match[str]) -> str:
        shown = result(root / found[2], found[2])
        return f"{found[1]}{shown}\n{found[3]}"

    return MARK.sub(replace, text)


def result(folder: Path, name: str) -> str:
    """Table, notes, findings and origin of one folder's records."""
    summary = summarise(read_records(folder / "runs.jsonl"))
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


if __name__ == "__main__":
    main()
