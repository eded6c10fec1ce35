"""What docs/ keeps of the records that a command wrote.

Commands are without `--out`: where they wrote is a folder of one machine.
Times and details have six significant digits, deviations three, scores and
losses all. What exhibits show of a run, its `detail`, is kept of the first seed
of each row, of the others what pages add up over seeds. The records of a folder
are compressed where they are large.
"""

import shlex
from collections.abc import Iterator
from decimal import ROUND_05UP, Context
from pathlib import Path
from typing import Any

import msgspec

from comparisons.records.compressed import compressed
from comparisons.records.files import COMPRESSED, RECORDS, records_file
from comparisons.records.lines import content_of
from shared.files.atomic import write_whole

LIMIT = 100_000
"""Bytes of a folder's records that are published as plain text."""

DIGITS = 6
"""Significant ones of a number."""

EXACT = frozenset(
    (
        *("spec", "model_spec", "train_spec", "overrides"),  # of which keys are
        *("scores", "loss", "losses", "validation"),  # frameworks: 1e-7 apart
    )
)
"""What keeps all of its digits."""

DEVIATION = Context(prec=3, rounding=ROUND_05UP)
"""Digits of a deviation, of which pages show two or fewer.

Rounding them once more gives what rounding all digits does, and none gets from
one side of a limit of two digits to the other.
"""

CHECKED = ("equivalence", "verification")
"""Kinds of records with a deviation for each check of a case."""

ADDED_UP = ("classes", "confusion", "by_length")
"""Parts of a detail of which pages have a sum or a mean over seeds."""

Fields = dict[str, Any]


def slim(path: Path) -> None:
    """Rewrite a file of records as docs/ has it."""
    write_whole(path, slim_content(path))


def slim_folder(folder: Path) -> None:
    """Rewrite the records of a folder, in one file: plain, or compressed."""
    plain, packed = folder / RECORDS, folder / COMPRESSED
    content = slim_content(records_file(folder))
    if len(content) > LIMIT:
        write_whole(packed, compressed(content))
        plain.unlink(missing_ok=True)
    else:
        write_whole(plain, content)
        packed.unlink(missing_ok=True)


def slim_content(path: Path) -> bytes:
    with content_of(path) as file:
        records = [msgspec.json.decode(line) for line in file]
    slimmer = (msgspec.json.encode(one) for one in slimmed(records))
    return b"".join(line + b"\n" for line in slimmer)


def slimmed(records: list[Fields]) -> Iterator[Fields]:
    """The records in their order, each with what is kept of it."""
    first: dict[tuple[str, ...], int] = {}
    for one in records:
        row = row_of(one)
        first[row] = min(one.get("seed", 0), first.get(row, one.get("seed", 0)))
    for one in records:
        fields = rounded(one)
        if "command" in one:
            fields["command"] = without_folder(one["command"])
        if "detail" in one and one["seed"] > first[row_of(one)]:
            kept = {n: v for n, v in fields["detail"].items() if n in ADDED_UP}
            fields["detail"] = kept
        if fields.get("kind") in CHECKED and "deviations" in fields:
            fields["deviations"] = list(map(shorter, fields["deviations"]))
        yield fields


def without_folder(command: str) -> str:
    """The command without the folder that it wrote to."""
    words = shlex.split(command)
    if "--out" in words:
        index = words.index("--out")
        del words[index : index + 2]
    return shlex.join(words)


def row_of(one: Fields) -> tuple[str, ...]:
    """What differs by seed alone."""
    return tuple(str(one.get(n, "")) for n in ("kind", "framework", "cell"))


def shorter(deviation: Fields) -> Fields:
    """Three digits of what was measured, unless it is a count: no limit."""
    measured = deviation["measured"]
    if not deviation["limit"] or measured is None:
        return deviation
    digits = DEVIATION.create_decimal(repr(measured))
    return {**deviation, "measured": float(digits)}


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {
            name: one if name in EXACT else rounded(one)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return value
