"""`compare.py merge DIR [DIR ...] --out DIR`: one store of several."""

from pathlib import Path

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.records.files import no_records, records_file
from comparisons.records.merge import merge
from comparisons.records.reading import read_all
from comparisons.runs.best_checkpoints import save_best
from shared.errors import UserError


def main(arguments: list[str]) -> int:
    """Merge the folders; 0 on success."""
    options = parse("merge", arguments)
    folders = list(
        dict.fromkeys(folder.resolve() for folder in options.folders)
    )
    for folder in folders:
        if not records_file(folder).is_file():
            raise UserError(no_records(folder))
        if folder == options.out.resolve():
            raise UserError(f"--out '{options.out}' is one of the folders")
    found = merge(folders, options.out)
    for text in saved_best(options.out):
        say(text)
    say(
        f"{found.added:,} records added, {found.doubled:,} already there; "
        f"files: {options.out}/; page: compare.py report {options.out}"
    )
    return 0


def saved_best(out: Path) -> list[str]:
    """Make the folder of best checkpoints anew; failures as text."""
    records, _ = read_all(records_file(out))
    return save_best(out, records, [record.key for record in records])
