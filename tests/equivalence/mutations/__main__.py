"""`python -m tests.equivalence.mutations`: run the planted errors.

Every outcome is kept as it comes: a run that was ended goes on where it was.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import sys
from pathlib import Path

from .planted import ROOT, PlantedError, all_errors
from .runner import Outcome, run_all

RECORD = ROOT / "docs" / "mutations.jsonl"


def main() -> int:
    """Run the selected errors; 1 if one survives that is not equivalent."""
    options = parse()
    record: Path = options.record
    known = outcomes(record)
    tables = {
        table: [
            error
            for error in errors
            if fnmatch.fnmatch(f"{error.file} {error.meaning}", options.only)
            and not (options.changed and error.key() in known)
        ]
        for table, errors in all_errors().items()
    }
    count, survived = sum(map(len, tables.values())), 0
    nearest = {
        PlantedError(*map(line.get, PlantedError._fields)).place(): caught
        for line in known.values()
        if (caught := line["caught_by"]).startswith("tests/")
    }
    outcomes_of_all = run_all(tables, options.jobs, nearest)
    for number, outcome in enumerate(outcomes_of_all, 1):
        keep(record, outcome)
        survived += not outcome.caught_by and not outcome.error.equivalent
        print(f"[{number}/{count}] {sentence(outcome)}", flush=True)
    print(f"{count} planted, {survived} survived without a reason")
    return 1 if survived else 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.equivalence.mutations",
        description="Plant errors one by one and run the related tests.",
    )
    parser.add_argument(
        "--changed",
        action="store_true",
        help="only errors not yet recorded for their definition as it is now",
    )
    parser.add_argument(
        "--only",
        default="*",
        help="pattern of the file and the meaning, as in 'jax_impl/*dropout*'",
    )
    parser.add_argument("--jobs", type=int, default=2, help="at a time (2)")
    parser.add_argument(
        "--record", type=Path, default=RECORD, help="file of outcomes"
    )
    return parser.parse_args()


def outcomes(record: Path) -> dict[str, dict[str, str]]:
    """Key -> the last outcome on record."""
    if not record.exists():
        return {}
    lines = map(json.loads, record.read_text().splitlines())
    return {line["key"]: line for line in lines}


def keep(record: Path, outcome: Outcome) -> None:
    """Append an outcome."""
    error: PlantedError = outcome.error
    line = {
        "key": error.key(),
        "table": outcome.table,
        **error._asdict(),
        "caught_by": outcome.caught_by,
    }
    with record.open("a") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def sentence(outcome: Outcome) -> str:
    error = outcome.error
    ending = f"caught by {outcome.caught_by}"
    if not outcome.caught_by:
        ending = f"survived: {error.equivalent or 'no test sees it'}"
    return f"{error.file} {error.definition}: {error.meaning}: {ending}"


if __name__ == "__main__":
    sys.exit(main())
