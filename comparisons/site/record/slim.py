"""What docs/ keeps of the records that a command wrote.

Times and details have six significant digits, scores and losses all. What
exhibits show of a run, its `detail`, is kept of the first seed of each row, of
the others what pages add up over seeds.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

DIGITS = 6
"""Significant ones of a number."""

EXACT = frozenset(
    (
        *("spec", "model_spec", "train_spec", "overrides"),  # of which keys are
        *("scores", "loss", "losses", "validation"),  # frameworks: 1e-7 apart
    )
)
"""What keeps all of its digits."""

ADDED_UP = ("classes", "confusion", "by_length")
"""Parts of a detail of which pages have a sum or a mean over seeds."""

Fields = dict[str, Any]


def slim(path: Path) -> None:
    """Rewrite a file of records as docs/ has it."""
    lines = path.read_bytes().splitlines()
    records = [msgspec.json.decode(line) for line in lines]
    slimmer = (msgspec.json.encode(one) for one in slimmed(records))
    path.write_bytes(b"".join(line + b"\n" for line in slimmer))


def slimmed(records: list[Fields]) -> Iterator[Fields]:
    """The records in their order, each with what is kept of it."""
    first: dict[tuple[str, ...], int] = {}
    for one in records:
        row = row_of(one)
        first[row] = min(one.get("seed", 0), first.get(row, one.get("seed", 0)))
    for one in records:
        fields = rounded(one)
        if "detail" in one and one["seed"] > first[row_of(one)]:
            kept = {n: v for n, v in fields["detail"].items() if n in ADDED_UP}
            fields["detail"] = kept
        yield fields


def row_of(one: Fields) -> tuple[str, ...]:
    """What differs by seed alone."""
    return tuple(str(one.get(n, "")) for n in ("kind", "framework", "cell"))


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
