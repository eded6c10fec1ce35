"""Entries in a file: appended, never replaced; the fastest is the record."""

import fcntl
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from comparisons.analysis.notes import failed_checks
from comparisons.arguments.flags.speedrun import SEEDS
from comparisons.records.environment import ROOT
from comparisons.records.lines import ends_line
from comparisons.records.measurements import Equivalence
from comparisons.records.record import typed
from comparisons.records.repair import write_whole
from comparisons.records.speedruns import Speedrun, SpeedrunEntry
from comparisons.records.store import key_of, read_records
from shared.errors import UserError

PUBLISHED = ROOT / "docs" / "speedrun.jsonl"
"""The leaderboard of the project's page."""


def attempt_faults(records: Sequence[Speedrun]) -> list[str]:
    """Why the seeds of a row do not count; nothing where they may."""
    missed = sum(record.reached is None for record in records)
    faults = []
    if missed:
        faults.append(
            f"{missed} of {len(records)} seeds did not reach the target"
        )
    if len(records) < SEEDS:
        faults.append(f"{len(records)} of {SEEDS} seeds")
    return faults


def proof_faults(proof: Equivalence | None) -> list[str]:
    if proof is None:
        return ["its equivalence was not checked"]
    return list(failed_checks([proof]))


def entry_of(records: Sequence[Speedrun], note: str) -> SpeedrunEntry:
    """One record of all seeds of a row that counts."""
    first = records[0]
    fields = msgspec.to_builtins(first)
    for name in ("attempt", "stderr"):
        fields.pop(name)
    attempts = [msgspec.to_builtins(record.attempt) for record in records]
    key = key_of("speedrun-entry", *(r.key + r.began for r in records))
    fields |= {"kind": "speedrun-entry", "key": key, "note": note}
    fields |= {"attempts": attempts, "seconds": sum(r.seconds for r in records)}
    entry = typed(fields)
    assert isinstance(entry, SpeedrunEntry)
    return entry


def entries_in(path: Path) -> list[SpeedrunEntry]:
    """The entries of a file in their order; none where there is no file."""
    records = read_records(path) if path.is_file() else []
    return [r for r in records if isinstance(r, SpeedrunEntry)]


def enter(path: Path, entry: SpeedrunEntry) -> bool:
    """Append an entry to a file, whole or not at all; False if it is there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if entry.key in {known.key for known in entries_in(path)}:
                return False
            start = b"" if ends_line(path) else b"\n"
            line = msgspec.json.encode(entry, enc_hook=list) + b"\n"
            write_whole(file, start + line)
    except OSError as error:
        raise UserError(f"cannot write '{path}': {error.strerror}") from error
    return True


def fastest(
    entries: Iterable[SpeedrunEntry], task: str, target: float
) -> SpeedrunEntry | None:
    """The record of a task: the least median of the times of its seeds."""
    own = [e for e in entries if (e.task, e.target) == (task, target)]
    return min(own, key=lambda entry: entry.median, default=None)
