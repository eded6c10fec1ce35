"""The likely mistake behind failures: the planted error with their outputs."""

from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np

from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.compare import (
    LIMITS,
    OPTIONAL,
    Result,
    deviation,
    deviations,
    largest,
    valid,
)
from comparisons.vectors.diagnosis.losses import attention_plants, ctc_plants
from comparisons.vectors.diagnosis.plant import Plant, planted_outputs
from comparisons.vectors.diagnosis.sequences import sequence_plants
from comparisons.vectors.diagnosis.steps import step_plants
from comparisons.vectors.diagnosis.weights import weight_plants
from comparisons.vectors.index import Expected, Vectors
from comparisons.vectors.kinds import KINDS

EXAMINED = 12
"""Failures of a kind that are compared with the planted errors."""

SINGLE = 3e-6
"""Deviations up to this are those of single precision."""


def plants_of(kind: str) -> list[Plant]:
    """All errors that are planted in a kind, the plainest first."""
    sources = FAMILIES[KINDS[kind].family]
    return [plant for source in sources for plant in source(kind)]


FAMILIES: dict[str, tuple[Callable[[str], Iterator[Plant]], ...]] = {
    "recurrent": (weight_plants, step_plants, sequence_plants),
    "attention": (attention_plants,),
    "ctc": (ctc_plants,),
}


def explain(
    vectors: Vectors, kind: str, results: list[Result], precision: str
) -> list[tuple[str, int]]:
    """Mistake -> in how many of the examined failures, most first."""
    failed = [r for r in results if r.status in ("failed", "error")]
    steps = np.linspace(0, len(failed) - 1, min(EXAMINED, len(failed)))
    some = [failed[int(i)] for i in steps]
    plants = plants_of(kind)
    counts: Counter[str] = Counter()
    for result in some:
        case, expected = vectors.read(result.id)
        text = mistake(plants, case, expected, result, precision)
        counts[text] += 1
        # What explained one failure probably explains the next one.
        plants.sort(key=lambda plant: -counts[outputs_text(plant)])
    return counts.most_common()


def outputs_text(plant: Plant) -> str:
    return f"outputs match {plant.text}"


def mistake(
    plants: list[Plant],
    case: Case,
    expected: Expected,
    result: Result,
    precision: str,
) -> str:
    """The likely mistake of one failure, or what differs."""
    if result.status == "error":
        return result.text
    limits = LIMITS[precision]
    outputs = valid(case, result.outputs)
    right = compared(case, outputs, expected.outputs)
    own = deviations(outputs, right)
    if largest(own) <= limits["outputs"]:
        return gradient_mistake(case, expected, result, limits["gradients"])
    if precision == "float64" and largest(own) <= SINGLE:
        return "computed in single precision"
    for limit, more in tolerances(limits["outputs"]).items():
        for plant in plants:
            wrong = compared(case, outputs, planted_outputs(plant, case))
            if largest(deviations(outputs, wrong)) <= limit:
                return outputs_text(plant) + more
    over = [n for n in own if own[n] > limits["outputs"]]
    return f"{', '.join(over)} {difference(outputs, right, over[0])}"


def compared(case: Case, found: Arrays, wanted: Arrays) -> Arrays:
    """Those outputs that an adapter returns, or has to; 0 past the ends."""
    names = [n for n in wanted if n in found or n not in OPTIONAL]
    return valid(case, {name: wanted[name] for name in names})


def tolerances(limit: float) -> dict[float, str]:
    """Deviations that match -> what is said besides the error."""
    single = {SINGLE: ", computed in single precision"}
    return {limit: ""} | (single if limit < SINGLE else {})


def gradient_mistake(
    case: Case, expected: Expected, result: Result, limit: float
) -> str:
    """What is wrong in the gradients, where the outputs are right."""
    found, right = result.gradients, expected.gradients
    over = [n for n in deviations(found, right) if n in case.arrays]
    over = [n for n in over if not deviation_of(found, right, n) <= limit]
    if not over:
        return "outputs and gradients right, a training not"
    if len(over) > 3:
        over = [*over[:3], f"{len(over) - 3} more"]
    return f"gradients of {', '.join(over)} {difference(found, right, over[0])}"


def deviation_of(found: Arrays, right: Arrays, name: str) -> float:
    return deviations(found, {name: right[name]})[name]


def difference(found: Arrays, right: Arrays, name: str) -> str:
    """How an array differs: its factor where it has one, else how far."""
    if name not in found:
        return "missing"
    a, b = found[name], right[name]
    if a.shape != b.shape:
        return f"of the shape {a.shape}, not {b.shape}"
    if not np.isfinite(a).all():
        return "not finite"
    if not a.any():
        return "0"
    factor = float(np.sum(a * b) / max(float(np.sum(b * b)), 1e-30))
    if deviation(a, factor * b) <= 1e-6:
        return f"{factor:.6g} times the right ones"
    return f"deviate by {deviation(a, b):.1e}"
