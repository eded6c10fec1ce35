"""Floating-point operations of a training step, from the closed form."""

from __future__ import annotations

from shared.specs import GATES, ModelSpec
from shared.weights.layout import EVERY_STEP, head_size, layer_prefixes, stacks

PASSES = 3
"""A forward pass, and twice its products in the backward pass."""


def step_flops(
    spec: ModelSpec, batch: int, steps: int, characters: int = 0
) -> int:
    """Operations of one training step on B sequences of T steps.

    A multiplication and an addition are two. Only matrix products count: a
    layer's 2·(D+H)·G·H per step and direction, the head's 2·P·K per vector that
    it reads, and in the backward pass twice as many, for the gradients of
    inputs and of weights. An embedding look-up is no product; a one-hot vector
    is multiplied like any vector of its size D. Unneeded gradients and zero
    states are not subtracted: the first layer's input and the first step count
    like the others. characters: C of each of the B·T words, for a character
    encoder.
    """
    read = {"characters.": batch * steps * characters}
    total = sum(
        read.get(prefix, batch * steps) * layers_flops(stack)
        for prefix, stack in stacks(spec)
    )
    heads = batch * steps if spec.model in EVERY_STEP else batch
    total += heads * 2 * head_size(spec) * spec.output_size
    return PASSES * total


def layers_flops(spec: ModelSpec) -> int:
    """Operations of a stack's layers for one step of one sequence."""
    hidden, columns = spec.hidden_size, GATES[spec.cell] * spec.hidden_size
    return sum(
        2 * (size + hidden) * columns for _, size in layer_prefixes(spec)
    )
