"""The likely mistake in a cell of a framework that fails the checks."""

from collections.abc import Callable, Iterator

import numpy as np

from comparisons.equivalence.case import Case as ModelCase
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import LIMITS
from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.diagnosis.explain import plants_of
from comparisons.vectors.diagnosis.plant import planted_outputs
from comparisons.vectors.kinds import KINDS
from shared.reference.model import forward
from shared.specs import Array

OutputsOf = Callable[[ModelCase], Array]
"""Outputs (B, K) of the framework for a case with its weights."""

SHAPES = ((False, False), (False, True), (True, True))
"""Bidirectional, and padded: the cases that are tried, the plainest first."""


def likely_mistake(
    cell: str, impl: str, precision: str, outputs_of: OutputsOf
) -> str:
    """What the outputs of a forecaster match; "" where nothing is found."""
    limit = LIMITS[precision]["forward"]
    for bidirectional, padded in SHAPES:
        case = ModelCase(
            "forecaster", cell, "values", impl, 1, bidirectional, padded
        )
        x, _, lengths = case.split()
        found = outputs_of(case)
        right = forward(case.spec(), case.weights(), x, lengths)
        if deviation(found, right) <= limit:
            continue
        for text, wrong in planted_models(case):
            if deviation(found, wrong) <= limit:
                return f"outputs match {text}"
        return ""
    return ""


def planted_models(case: ModelCase) -> Iterator[tuple[str, Array]]:
    """Each error of the cell's kind, and the outputs with it."""
    own = layer_case(case)
    if own is None:
        return
    for plant in plants_of(own.kind):
        yield plant.text, head(case, planted_outputs(plant, own))


def layer_case(case: ModelCase) -> Case | None:
    """The recurrent layer of a model; None for a cell without vectors."""
    kinds = [
        name
        for name, kind in KINDS.items()
        if kind.cell == case.cell
        and kind.reset_after
        and not (kind.layer_norm or kind.forget_bias)
    ]
    if not kinds:
        return None
    x, _, lengths = case.split()
    weights = case.weights("float64")
    layers = {n: w for n, w in weights.items() if n.startswith("rnn.")}
    hidden = case.spec().hidden_size
    width = hidden * (1 + case.bidirectional)
    return Case(
        id=str(case),
        kind=kinds[0],
        directions="bidirectional" if case.bidirectional else "forward",
        layers=1,
        hidden=hidden,
        arrays={"x": x.astype("float64"), **layers},
        lengths=lengths,
        targets={"outputs": np.zeros((*x.shape[:2], width))},
    )


def head(case: ModelCase, outputs: Arrays) -> Array:
    """What the model computes of the last states: (1 or 2, B, H) -> (B, K)."""
    weights = case.weights("float64")
    last = np.concatenate(list(outputs["h"]), axis=-1)  # (B, H')
    found: Array = last @ weights["head.weight"] + weights["head.bias"]
    return found
