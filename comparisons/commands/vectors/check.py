"""`compare.py vectors check`: what an adapter computes, kind by kind."""

import json
import shlex

from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.arguments.terminal import note
from comparisons.vectors.check import (
    Checker,
    adapter_path,
    check,
    precision_of,
)
from comparisons.vectors.index import Vectors
from comparisons.vectors.report import (
    HEADINGS,
    cells,
    notes,
    record_of,
    row_of,
)
from shared.errors import UserError, unknown
from shared.files.io import write_file


def main(arguments: list[str]) -> int:
    """Run the cases, print the table; 1 if one of them failed."""
    options = parse("vectors check", arguments)
    path = adapter_path(options.adapter)
    vectors = Vectors(options.vectors)
    kinds = words(options.kinds or list(vectors.index["kinds"]))
    for kind in kinds:
        if kind not in vectors.index["kinds"]:
            raise UserError(unknown("kind", kind, vectors.index["kinds"]))
    checker = Checker(path, vectors, options.timeout)
    try:
        precision = precision_of(checker.description, options.precision)
        found = check(checker, kinds, options.limit, precision, note)
        rows = [row_of(vectors, *one, precision) for one in found]
    finally:
        checker.end()
    name = checker.description["name"]
    title = f"{name}, {precision}"
    console = make_console()
    table = [cells(row) for row in rows]
    console.print(terminal_table(HEADINGS, table, "lrrrrrl", title))
    passed, failed = (sum(getattr(r, n) for r in rows) for n in COUNTS)
    for row in rows:
        if text := notes(row):
            console.print(f"{row.kind}: {text}", markup=False, soft_wrap=True)
    console.print(f"{passed} passed, {failed} failed")
    if options.out:
        command = shlex.join(["compare.py", "vectors", "check", *arguments])
        version = vectors.index["version"]
        record = record_of(
            checker.description, precision, version, command, rows
        )
        text = json.dumps(record, indent=1, ensure_ascii=False)
        write_file(options.out, f"{text}\n")
    return 1 if failed else 0


COUNTS = ("passed", "failed")
