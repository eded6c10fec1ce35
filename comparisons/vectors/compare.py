"""How far what an adapter returns is from what is right."""

from typing import NamedTuple

import numpy as np

from comparisons.equivalence.deviation import WORST
from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.index import Expected
from comparisons.worker.messages import Message
from shared.specs import Array

LIMITS = {
    "float64": {"outputs": 1e-12, "gradients": 1e-11, "training": 1e-10},
    "float32": {"outputs": 1e-5, "gradients": 1e-4, "training": 1e-3},
    "float16": {"outputs": 2e-2, "gradients": 1e-1},
    "bfloat16": {"outputs": 1e-1, "gradients": 5e-1},
}
"""Precision -> the largest deviation of what is right."""

LEAST = 1e-3
"""What deviations are relative to where the right values are smaller."""

OPTIONAL = ("weights", "nll")
"""Outputs that an adapter need not return."""

ENDS = {"": "zeros", "last": "the last state repeated", "other": "other values"}
"""What may be in the outputs past the end of a sequence."""


class Result(NamedTuple):
    """One case of an adapter.

    status: "passed", "failed", "error", or "unsupported"; text: why not
    passed; deviations: of outputs, gradients, and trainings, where returned;
    ends: a key of ENDS, or None where no sequence ends early.
    """

    id: str
    status: str
    text: str = ""
    deviations: dict[str, float] = {}
    ends: str | None = None
    outputs: Arrays = {}
    gradients: Arrays = {}


def result_of(
    case: Case, expected: Expected, answer: Message, precision: str
) -> Result:
    """The verdict on the answer of a worker."""
    if answer["status"] != "ok":
        return Result(case.id, answer["status"], answer["text"])
    outputs, gradients = answer["outputs"], answer["gradients"]
    parts = {"outputs": outputs_deviations(case, outputs, expected)}
    if gradients is not None:
        wanted = {name: expected.gradients[name] for name in case.arrays}
        parts["gradients"] = deviations(gradients, wanted)
    for optimizer, found in answer["trainings"].items():
        own = deviations(found, expected.trainings[optimizer])
        parts["training"] = parts.get("training", {}) | {
            optimizer: largest(own)
        }
    over = [
        f"{part}: {name}"
        for part, own in parts.items()
        for name, value in own.items()
        if not value <= LIMITS[precision].get(part, WORST)
    ]
    return Result(
        case.id,
        "failed" if over else "passed",
        ", ".join(over),
        {part: largest(own) for part, own in parts.items()},
        past_ends(case, outputs),
        outputs,
        gradients or {},
    )


def outputs_deviations(
    case: Case, found: Arrays, expected: Expected
) -> dict[str, float]:
    """Of each output, at valid steps alone."""
    right = {
        name: a
        for name, a in valid(case, expected.outputs).items()
        if name in found or name not in OPTIONAL
    }
    return deviations(valid(case, found), right)


def valid(case: Case, outputs: Arrays) -> Arrays:
    """The outputs, 0 past the end of each sequence."""
    found = dict(outputs)
    for name in ("outputs", "weights"):
        if name in found and found[name].shape[:2] == case.mask.shape:
            extra = (1,) * (found[name].ndim - 2)
            mask = case.mask.reshape(*case.mask.shape, *extra)
            found[name] = np.where(mask, found[name], 0.0)
    return found


def deviations(found: Arrays, expected: Arrays) -> dict[str, float]:
    """Of each array by its name; WORST of one that is missing."""
    return {
        name: deviation(found[name], right) if name in found else WORST
        for name, right in expected.items()
    }


def deviation(found: Array, expected: Array) -> float:
    """max |a - b| / max |b|; WORST for another shape, and NaN."""
    if found.shape != expected.shape:
        return WORST
    most = float(np.max(np.abs(expected), initial=LEAST))
    measured = float(np.max(np.abs(found - expected), initial=0.0)) / most
    return measured if np.isfinite(measured) else WORST


def largest(found: dict[str, float]) -> float:
    return max(found.values(), default=0.0)


def past_ends(case: Case, outputs: Arrays) -> str | None:
    """What is in the outputs past the ends; a key of ENDS."""
    given = outputs.get("outputs")
    if case.mask.all() or given is None or given.shape[:2] != case.mask.shape:
        return None
    rest = given[~case.mask]
    if not rest.any():
        return ""
    rows = np.arange(len(given))
    last = given[rows, case.ends - 1][:, None]  # (B, 1, H')
    repeated = np.broadcast_to(last, given.shape)[~case.mask]
    columns = case.hidden if case.directions != "reverse" else given.shape[2]
    same = np.array_equal(rest[:, :columns], repeated[:, :columns])
    return "last" if same else "other"
