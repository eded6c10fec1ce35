"""`python -m comparisons.site.record [NAME ...]`: make records anew.

`table.toml` has the command of each folder of records under docs/, and of each
file of times. Each is run into `results/record`, where an interrupted command
goes on, and replaces what is there once all of its runs have ended well. All
that was measured stays there; docs/ has what `slim` keeps of it.
"""

import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from comparisons.analysis.loading import read_summary
from comparisons.arguments.terminal import complain, say
from comparisons.records.environment import ROOT
from comparisons.records.files import RECORDS, folders_of_records
from comparisons.report.markdown import write_markdown
from comparisons.report.render import REPORT
from comparisons.site.record.slim import slim, slim_folder
from shared.errors import UserError, unknown

TABLE = Path(__file__).with_name("table.toml")
RESULTS = ROOT / "results" / "record"
"""Where records are made before they replace those of docs/."""

UNPUBLISHED = (
    *("checkpoints", "best", "report.html", "atlas.md"),
    *("results.parquet", "runs.parquet", "*.db"),
)
"""What a command writes and docs/ does not have."""


def commands() -> dict[str, list[str]]:
    """Folder or file of docs/ -> words of `compare.py`, without `--out`."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {name: shlex.split(words) for name, words in table.items()}


def main(names: Sequence[str]) -> int:
    """Make the named records anew, or all; 1 if a command failed."""
    known = commands()
    for name in names:
        if name not in known:
            raise UserError(unknown("record", name, known))
    failed = [
        name for name in names or known if not recorded(name, known[name])
    ]
    for name in failed:
        say(f"docs/{name}: kept, since a run failed; the same command goes on")
    return bool(failed)


def recorded(name: str, words: list[str]) -> bool:
    """Whether the command ended well; its records are then in docs/."""
    out = (RESULTS / name).with_suffix("")
    command = [*words, "--out", str(out.relative_to(ROOT))]
    say(f"docs/{name}: compare.py {shlex.join(command)}")
    program = [sys.executable, "-m", "comparisons.compare", *command]
    if subprocess.run(program, cwd=ROOT).returncode != 0:
        return False
    publish(out, ROOT / "docs" / name)
    return True


def publish(results: Path, folder: Path) -> None:
    """Replace a folder of docs/, or a file, by what it keeps of the records."""
    if folder.suffix == ".jsonl":
        shutil.copyfile(results / RECORDS, folder)
        slim(folder)
        return
    if folder.exists():
        shutil.rmtree(folder)
    ignored = shutil.ignore_patterns(*UNPUBLISHED)
    shutil.copytree(results, folder, ignore=ignored)
    for found in folders_of_records(folder):
        slim_folder(found)
        if (found / REPORT).exists():  # it quotes what is no longer there
            write_markdown(read_summary(found), found / REPORT)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UserError as error:
        complain(error)
        sys.exit(2)
