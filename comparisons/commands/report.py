"""`compare.py report DIR [DIR ...]`: one page of several comparisons."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from comparisons.analysis.exports.latex import FITTING, latex
from comparisons.analysis.exports.runs_table import RUNS, write_runs
from comparisons.analysis.formats import FORMATS, write_parquet
from comparisons.analysis.loading import Comparison, read_parts
from comparisons.analysis.sweeps.folders import comparisons_in
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.arguments.terminal import say
from comparisons.records.reading import without_collection
from comparisons.report.render import PAGE
from shared.errors import UserError
from shared.files.io import write_file


def main(arguments: list[str]) -> int:
    """Write or print the requested format; 0 on success."""
    options = parse("report", arguments)
    if options.against and options.format != "html":
        raise UserError(f"--against is of no use to --format {options.format}")
    if options.format != "latex":
        for flag in ("columns", "siunitx"):
            if getattr(options, flag):
                raise UserError(
                    f"--{flag} is of no use to --format {options.format}"
                )
    given = list(dict.fromkeys(options.folders))
    folders = [one for folder in given for one in comparisons_in(folder)]
    with without_collection():
        WRITERS[options.format](read_parts(folders), given, options)
    return 0


def write_html(
    parts: list[Comparison], folders: list[Path], options: Any
) -> None:
    """The page; what changed is printed too."""
    from comparisons.report.page import page

    changed = None
    if options.against:
        from comparisons.analysis.changes_text import print_changes
        from comparisons.analysis.tables import make_console
        from comparisons.report.changes import compared

        changed = compared(parts, options.against)
        print_changes(changed, make_console())
    text = page(parts, changed)
    write(options.out or default_path(folders), text)


def write_text(
    parts: list[Comparison], folders: list[Path], options: Any
) -> None:
    """The tables as text, to a file or to the terminal."""
    form = FORMATS[options.format]
    if options.format == "latex":
        columns = tuple(words(options.columns or FITTING))
        form = partial(latex, columns=columns, siunitx=options.siunitx)
    text = "\n\n".join(form(part.summary).rstrip("\n") for part in parts)
    if options.out:
        write(options.out, f"{text}\n")
    else:
        say(text)


def write_table(
    parts: list[Comparison], folders: list[Path], options: Any
) -> None:
    """The rows, and in a second file a table of the runs."""
    if len(parts) > 1:
        names = "; ".join(part.label for part in parts)
        raise UserError(f"--format parquet is of one comparison, not {names}")
    path = options.out or folders[0] / "results.parquet"
    write_parquet(parts[0].summary, path)
    say(f"file: {path}")
    runs = path.with_name(RUNS)
    write_runs(parts[0].summary, runs)
    say(f"file: {runs}")


WRITERS: dict[str, Callable[[list[Comparison], list[Path], Any], None]] = {
    "html": write_html,
    "parquet": write_table,
    **dict.fromkeys(FORMATS, write_text),
}
"""Format -> what writes or prints it."""


def write(path: Path, data: str) -> None:
    write_file(path, data)
    say(f"file: {path}")


def default_path(folders: list[Path]) -> Path:
    """In the folder of one comparison, here for several."""
    return folders[0] / PAGE if len(folders) == 1 else Path(PAGE)
