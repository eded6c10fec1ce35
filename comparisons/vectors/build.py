"""Compute all cases and write them: a shard for each kind, and an index."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.vectors import draws
from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.plan import (
    VERSION,
    Group,
    PlannedCase,
    array_shapes,
    groups,
    target_shapes,
)
from comparisons.vectors.reference.run import run
from comparisons.vectors.schema import SCHEMA
from comparisons.vectors.training import STEPS, TRAININGS, train
from shared.files.io import write_file

INDEX, SCHEMA_FILE = "index.json", "index.schema.json"
FORMAT = "recurrent conformance vectors"
CONSTANTS = ("learning_rate", "momentum", "beta1", "beta2", "epsilon")


def build(
    folder: Path,
    selected: Iterable[Group] | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> int:
    """Write the cases of all groups, or of some; their number."""
    folder.mkdir(parents=True, exist_ok=True)
    by_kind: dict[str, list[Group]] = {}
    for group in groups() if selected is None else selected:
        by_kind.setdefault(group.kind, []).append(group)
    files = {}
    for kind, own in by_kind.items():
        files[kind] = write_shard(folder / f"{kind}.safetensors", own)
        count = sum(len(group.cases) for group in own)
        progress(f"{kind}: {count} cases, {files[kind]['bytes']:,} bytes")
    index = index_of(by_kind, files)
    write_file(folder / INDEX, json.dumps(index, separators=(",", ":")) + "\n")
    write_file(folder / SCHEMA_FILE, json.dumps(SCHEMA, indent=1) + "\n")
    return sum(len(group["cases"]) for group in index["groups"])


def write_shard(path: Path, own: list[Group]) -> dict[str, Any]:
    """The file of a kind; its name, size and digest."""
    from safetensors.numpy import save

    tensors: Arrays = {}
    for group in own:
        for name, array in group_tensors(group).items():
            tensors[f"{group.number}/{name}"] = np.ascontiguousarray(array)
    # One entry: several have no fixed order.
    content = save(tensors, {"version": VERSION})
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return {"file": path.name, "bytes": len(content), "sha256": digest}


def group_tensors(group: Group) -> Arrays:
    """The arrays of all cases of a group, stacked: (N, ...)."""
    rows = [case_tensors(case_of(group, one), one) for one in group.cases]
    names = dict.fromkeys(name for row in rows for name in row)
    return {
        name: np.stack([row[name] for row in rows if name in row])
        for name in names
    }


def case_of(group: Group, planned: PlannedCase) -> Case:
    """A planned case, its arrays drawn; a state that is not given is 0."""
    shapes, wanted = array_shapes(group), target_shapes(group)
    ends = draws.lengths(group, planned)
    ctc = KINDS[group.kind].family == "ctc"
    return Case(
        *(planned.id, group.kind, group.directions, group.layers),
        group.hidden,
        {n: draws.array(group, planned, n, s) for n, s in shapes.items()},
        ends if planned.ragged else None,
        {n: draws.values(f"{planned.id}/{n}", s) for n, s in wanted.items()},
        draws.labels(group, planned, ends) if ctc else None,
    )


def case_tensors(case: Case, planned: PlannedCase) -> Arrays:
    """What a case reads as float32, which holds it, and results as float64."""
    targets = dict(case.targets)
    if "outputs" in targets:
        targets["outputs"] = targets["outputs"] * case.mask[:, :, None]
    outputs, gradients = run(case)
    parts = {
        "arrays": {n: a.astype("f4") for n, a in case.arrays.items()},
        "targets": {n: a.astype("f4") for n, a in targets.items()},
        "outputs": outputs,
        "gradients": gradients,
    }
    for name in TRAININGS if planned.trained else ():
        losses, weights = train(case, run, name)
        parts[name] = {**losses, **weights}
    found = {
        f"{part}/{n}": a for part, own in parts.items() for n, a in own.items()
    }
    found["lengths"] = case.ends.astype("i4")
    if case.labels is not None:
        found["labels"] = case.labels.astype("i4")
    return found


def index_of(
    by_kind: dict[str, list[Group]], files: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """What the index says, in a fixed order."""
    kinds = {}
    for name in by_kind:
        kind = KINDS[name]
        kinds[name] = {
            "title": kind.title,
            "formula": kind.formula,
            "family": kind.family,
            "states": list(kind.states),
            "weights": list(kind.names),
            "forget_bias": kind.forget_bias,
            **files[name],
        }
    return {
        "format": FORMAT,
        "version": VERSION,
        "trainings": {
            name: {"steps": STEPS} | {n: asdict(spec)[n] for n in CONSTANTS}
            for name, spec in TRAININGS.items()
        },
        "kinds": kinds,
        "groups": [row(group) for own in by_kind.values() for group in own],
    }


def row(group: Group) -> dict[str, Any]:
    """A group in the index; its number counts within the kind."""
    fields = group._asdict()
    fields["cases"] = [
        {
            "id": one.id,
            "lengths": one.ragged,
            "initial_state": one.initial_state,
            "trained": one.trained,
        }
        for one in group.cases
    ]
    return fields
