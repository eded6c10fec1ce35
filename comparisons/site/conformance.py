"""Tables of the page on conformance: formulae, and what each engine does."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from comparisons.analysis.tables import in_code, in_markdown, markdown_table
from comparisons.vectors.check import ADAPTERS, adapter_names
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.plan import groups
from comparisons.vectors.report import Row, notes
from comparisons.vectors.training import STEPS, TRAININGS
from shared.specs import GATE_NAMES

HEADINGS = ("kind", "passed", "failed", "largest deviation", "gradients")


def formulae(root: Path, name: str) -> str:
    """A row for each kind: its cases, the order of its gates, its formula."""
    counts: Counter[str] = Counter()
    for group in groups():
        counts[group.kind] += len(group.cases)
    rows = [
        [
            in_code(key),
            f"{counts[key]:,}",
            " ".join(GATE_NAMES.get(kind.cell, ())),
            " ".join(map(in_code, kind.names)),
            in_markdown(kind.formula),
        ]
        for key, kind in KINDS.items()
    ]
    heads = ("kind", "cases", "gates", "weights", "formula")
    table = markdown_table(heads, rows, "lrlll")
    constants = [
        f"`{optimizer}`: "
        + ", ".join(
            f"{field} {getattr(spec, field)!r}" for field in fields(optimizer)
        )
        for optimizer, spec in TRAININGS.items()
    ]
    trainings = f"Trainings of {STEPS} steps: {'; '.join(constants)}."
    total = f"{sum(counts.values()):,} cases."
    return f"{table}\n\n{total} {trainings}"


def fields(optimizer: str) -> tuple[str, ...]:
    """The constants that an optimizer has."""
    own = {"adam": ("beta1", "beta2", "epsilon")}
    return ("learning_rate", *own.get(optimizer, ()))


def sizes(root: Path, folder: str) -> str:
    """The lines of each adapter, and of the files that it shares."""
    rows = []
    for name in adapter_names():
        path = ADAPTERS / f"{name}.py"
        shared = ", ".join(
            f"{in_code(other.relative_to(ADAPTERS).as_posix())} {lines(other)}"
            for other in helpers(path)
        )
        rows.append([in_code(name), str(lines(path)), shared])
    heads = ("adapter", "lines", "of files that it shares with others")
    return markdown_table(heads, rows, "lrl")


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def helpers(path: Path) -> list[Path]:
    """Files of the same folder that an adapter imports, and what they do."""
    text, found = path.read_text(encoding="utf-8"), []
    for one in sorted(path.parent.glob("_[a-z]*.py")):
        if re.search(rf"\badapters\S*(\.| import ){one.stem}\b", text):
            found += [one, *helpers(one)]
    return found


def adapters(root: Path, folder: str) -> str:
    """A table for each record of `vectors check` in a folder.

    Its file has the name of the adapter, such as keras-jax.json.
    """
    paths = sorted((root / folder).glob("*.json"))
    recorded = {path.stem for path in paths}
    lacking = [
        in_code(name)
        for name in adapter_names()
        if name.replace("/", "-") not in recorded
    ]
    rest = [f"Not recorded: {', '.join(lacking)}."] if lacking else []
    return "\n\n".join([*map(adapter_table, paths), *rest])


def adapter_table(path: Path) -> str:
    """The kinds that an engine has; those it lacks are in one line."""
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = [Row(**fields) for fields in record["kinds"]]
    versions = ", ".join(f"{n} {v}" for n, v in record["versions"].items())
    title = f"### {record['adapter']}, {record['precision']}\n\n{versions}"
    tried = [row for row in rows if row.passed + row.failed]
    table = markdown_table(HEADINGS, map(cells, tried))
    lines = [
        f"- {in_code(row.kind)}: {in_markdown(notes(row))}" for row in rows
    ]
    shown = [
        line
        for line, row in zip(lines, rows, strict=True)
        if row in tried and notes(row)
    ]
    lacking = [in_code(row.kind) for row in rows if row not in tried]
    if lacking:
        shown.append(f"- not supported: {', '.join(lacking)}")
    command = f"`{record['command']}`, vectors {record['vectors']}"
    return "\n\n".join([title, table, "\n".join(shown), command])


def cells(row: Row) -> list[str]:
    deviation = max(row.deviations.values(), default=0.0)
    compared = "compared" if "gradients" in row.deviations else "not returned"
    return [
        in_code(row.kind),
        str(row.passed),
        str(row.failed),
        f"{deviation:.1e}",
        compared,
    ]


CONFORMANCE = {f.__name__: f for f in (formulae, sizes, adapters)}
"""Kind of a marker -> the function that writes its table."""
