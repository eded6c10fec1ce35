"""Training in numpy: update rules, clipping, schedule and the loop."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from shared.batching.batches import epoch_batches, steps_per_epoch
from shared.reference.model import in_float64, training_step
from shared.specs import (
    Array,
    EpsilonPlaces,
    ModelSpec,
    Split,
    TrainSpec,
    Weights,
)

Slots = dict[str, Array]
"""The moving averages of one weight; empty before step 1."""

PAPERS = EpsilonPlaces()


class Step(NamedTuple):
    """What an update depends on beyond the gradient; t: its step, from 1."""

    t: int
    spec: TrainSpec
    places: EpsilonPlaces = PAPERS


def train(
    spec: ModelSpec,
    weights: Weights,
    split: Split,
    training: TrainSpec,
    places: EpsilonPlaces = PAPERS,
) -> tuple[list[float], Weights]:
    """The loss of every step, and the final weights."""
    trained = list(trained_epochs(spec, weights, split, training, places))
    losses = [loss for own, _ in trained for loss in own]
    return losses, trained[-1][1]


def trained_epochs(
    spec: ModelSpec,
    weights: Weights,
    split: Split,
    training: TrainSpec,
    places: EpsilonPlaces = PAPERS,
) -> Iterator[tuple[list[float], Weights]]:
    """Of each epoch, the losses of its steps and the weights after it."""
    weights, steps = in_float64(weights), steps_per_epoch(split, training)
    slots: dict[str, Slots] = {name: {} for name in weights}
    update, done = UPDATES[training.optimizer], 0
    for epoch in range(training.epochs):
        losses, states = list[float](), None
        for batch in epoch_batches(split, training, epoch):
            loss, gradients, after = training_step(
                spec, weights, batch, states, training.label_smoothing
            )
            states = after if training.stateful else None
            rate = rate_at(done, steps, training)
            losses.append(loss)
            done += 1
            step = Step(done, training, places)
            for name, g in clip(gradients, training, places).items():
                w = weights[name]
                change = update(w, g, slots[name], step)
                weights[name] = w - rate * change
        yield losses, dict(weights)


def clip(
    gradients: Weights, spec: TrainSpec, places: EpsilonPlaces = PAPERS
) -> Weights:
    """Gradients g min(1, clip / |g|), |g| over all tensors; 0: unclipped.

    Pascanu, Mikolov and Bengio 2013, algorithm 1.
    With clip_value each element is limited to [-clip, clip].
    """
    norm = math.sqrt(sum(float(np.sum(g**2)) for g in gradients.values()))
    norm += places.norm
    factor, most = 1.0, spec.clip_value or math.inf
    if spec.clip_norm and norm > spec.clip_norm:
        factor = spec.clip_norm / norm
    return {
        name: np.clip(g * factor, -most, most) for name, g in gradients.items()
    }


def rate_at(step: int, steps: int, spec: TrainSpec) -> float:
    """Learning rate η of a step counted from 0, with S steps per epoch.

    cosine: (1 + cos(π epochs / all)) / 2 (Loshchilov and Hutter 2017, eq. 5);
    exponential: `lr_decay` to a power that grows by 1 per epoch from
    `lr_decay_start` on.
    """
    epochs, factor = step / steps, 1.0
    if spec.lr_schedule == "cosine":
        factor = 0.5 * (1.0 + math.cos(math.pi * epochs / spec.epochs))
    if spec.lr_schedule == "exponential":
        power = max(0, math.floor(epochs) + 1 - spec.lr_decay_start)
        factor = spec.lr_decay**power
    return spec.learning_rate * factor


def sgd(w: Array, g: Array, slots: Slots, step: Step) -> Array:
    """Momentum: m = μ m + g, w = w - η m (Polyak 1964)."""
    slots["m"] = step.spec.momentum * slots.get("m", 0.0) + g
    return slots["m"]


def rmsprop(w: Array, g: Array, slots: Slots, step: Step) -> Array:
    """Scaled: v = ρ v + (1 - ρ) g², w = w - η g / (√v + ε) (Hinton 2012)."""
    _, spec, places = step
    slots["v"] = spec.rho * slots.get("v", 0.0) + (1 - spec.rho) * g**2
    if places.under_root:
        return g / np.sqrt(slots["v"] + spec.epsilon**2)
    return g / (np.sqrt(slots["v"]) + spec.epsilon)


def adam(w: Array, g: Array, slots: Slots, step: Step) -> Array:
    """Moments: w = w - η m̂ / (√v̂ + ε) (Kingma and Ba 2015, algorithm 1).

    m = β₁ m + (1 - β₁) g, v = β₂ v + (1 - β₂) g², and at step t from 1
    m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ).
    """
    t, spec, places = step
    slots["m"] = spec.beta1 * slots.get("m", 0.0) + (1 - spec.beta1) * g
    slots["v"] = spec.beta2 * slots.get("v", 0.0) + (1 - spec.beta2) * g**2
    m_hat = slots["m"] / (1 - spec.beta1**t)
    v_hat, epsilon = slots["v"] / (1 - spec.beta2**t), spec.epsilon
    if places.before_correction:
        epsilon /= math.sqrt(1 - spec.beta2**t)
    return m_hat / (np.sqrt(v_hat) + epsilon)


def adamw(w: Array, g: Array, slots: Slots, step: Step) -> Array:
    """Adam with decoupled decay w = w - η λ w (Loshchilov and Hutter 2019)."""
    return adam(w, g, slots, step) + step.spec.weight_decay * w


UPDATES = {"sgd": sgd, "rmsprop": rmsprop, "adam": adam, "adamw": adamw}
"""Update rules: weight, gradient, slots (changed), step t -> (w - w') / η."""
