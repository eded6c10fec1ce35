"""As many records as wanted, like those of a recorded comparison.

`python -m factories.large.records docs/copy/runs.jsonl 100000 OUT` (in `tests`)
writes OUT/runs.jsonl.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comparisons.records.lines import lines_of


def multiplied(path: Path, count: int) -> Iterator[str]:
    """Lines of records with other keys and seeds than those of the file."""
    records = [json.loads(line) for _, line in lines_of(path)]
    seeds = 1 + max(record["seed"] for record in records)
    for number in itertools.islice(itertools.count(), count):
        turn, place = divmod(number, len(records))
        yield json.dumps(reseeded(records[place], turn, turn * seeds)) + "\n"


def reseeded(record: dict[str, Any], turn: int, more: int) -> dict[str, Any]:
    """The record of another seed, with a score of its own."""
    found = json.loads(json.dumps(record))
    found["seed"] += more
    found["key"] = f"{turn:06d}{record['key'][:14]}"
    for part in (found, found["spec"]):
        if "seed" in part:
            part["seed"] = found["seed"]
        for name in ("train", "train_spec"):
            if "seed" in (part.get(name) or {}):
                part[name]["seed"] = found["seed"]
    for name in found.get("scores", {}):
        found["scores"][name] *= 1.0 + 1e-3 * (turn % 89)
    return found


def write(path: Path, count: int, folder: Path) -> Path:
    """A folder with the multiplied records of a file."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "runs.jsonl").open("w") as file:
        file.writelines(multiplied(path, count))
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
