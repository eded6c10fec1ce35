"""Training in numpy: update rules, clipping, schedule and the loop."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from shared.batching.batches import epoch_batches, steps_per_epoch
from shared.reference import seq2seq as reference_seq2seq
from shared.reference import seq2seq_backward as reference_seq2seq_backward
from shared.reference.model import (
    backward_pass,
    forward_pass,
    in_float64,
    loss_and_gradients,
)
from shared.reference.stack import States
from shared.specs import Batch, ModelSpec, Split, TrainSpec, Weights

Slots = dict[str, np.ndarray]
"""What an update rule remembers of one weight; empty before step 1."""


def train(
    spec: ModelSpec, weights: Weights, split: Split, training: TrainSpec
) -> tuple[list[float], Weights]:
    """The loss of every step, and the final weights."""
    weights, one_step = in_float64(weights), STEPS.get(spec.model, read_on)
    slots: dict[str, Slots] = {name: {} for name in weights}
    update, steps = (
        UPDATES[training.optimizer],
        steps_per_epoch(split, training),
    )
    losses: list[float] = []
    for epoch in range(training.epochs):
        state = None
        for batch in epoch_batches(split, training, epoch):
            loss, gradients, state = one_step(
                spec, weights, batch, state, training
            )
            rate = rate_at(len(losses), steps, training)
            losses.append(loss)
            for name, g in clip(gradients, training).items():
                weights[name], slots[name] = update(
                    weights[name], g, slots[name], rate, len(losses), training
                )
    return losses, weights


Step = tuple[float, Weights, States | None]
"""A loss, its gradients and, where it is carried, the state after."""


def read_on(
    spec: ModelSpec,
    weights: Weights,
    batch: Batch,
    state: States | None,
    training: TrainSpec,
) -> Step:
    done = forward_pass(spec, weights, batch.x, batch.lengths, state)
    loss, gradients = backward_pass(spec, weights, batch, done)
    return loss, gradients, done.stack.states if training.stateful else None


def write_on(
    spec: ModelSpec,
    weights: Weights,
    batch: Batch,
    state: States | None,
    training: TrainSpec,
) -> Step:
    """Read the sources of a batch and write its targets."""
    done = reference_seq2seq.forward_pass(
        spec, weights, batch.x, batch.lengths, batch.sample_mask
    )
    loss, gradients = reference_seq2seq_backward.backward_pass(
        spec, weights, batch, done, training.label_smoothing
    )
    return loss, gradients, None


def read_whole(
    spec: ModelSpec,
    weights: Weights,
    batch: Batch,
    state: States | None,
    training: TrainSpec,
) -> Step:
    return *loss_and_gradients(spec, weights, batch), None


STEPS = {"seq2seq": write_on, "autoencoder": read_whole}
"""Model -> its training step, `read_on` for any other."""


def clip(gradients: Weights, spec: TrainSpec) -> Weights:
    """Gradients g min(1, clip / |g|), |g| over all tensors; 0: unclipped.

    Pascanu, Mikolov and Bengio 2013, algorithm 1; no epsilon is added to |g|.
    With clip_value each element is limited to [-clip, clip].
    """
    norm = math.sqrt(sum(float(np.sum(g**2)) for g in gradients.values()))
    factor, most = 1.0, spec.clip_value or math.inf
    if spec.clip_norm and norm > spec.clip_norm:
        factor = spec.clip_norm / norm
    return {
        name: np.clip(g * factor, -most, most) for name, g in gradients.items()
    }


def rate_at(step: int, steps: int, spec: TrainSpec) -> float:
    """Learning rate of a step counted from 0, with S steps per epoch."""
    factor = SCHEDULES[spec.lr_schedule](step / steps, spec)
    return spec.learning_rate * factor


def sgd(
    w: np.ndarray,
    g: np.ndarray,
    slots: Slots,
    rate: float,
    step: int,
    spec: TrainSpec,
) -> tuple[np.ndarray, Slots]:
    """Momentum: m = μ m + g, w = w - η m (Polyak 1964)."""
    m = spec.momentum * slots.get("m", 0.0) + g
    return w - rate * m, {"m": m}


def rmsprop(
    w: np.ndarray,
    g: np.ndarray,
    slots: Slots,
    rate: float,
    step: int,
    spec: TrainSpec,
) -> tuple[np.ndarray, Slots]:
    """Scaled: v = ρ v + (1 - ρ) g², w = w - η g / (√v + ε) (Hinton 2012)."""
    v = spec.rho * slots.get("v", 0.0) + (1 - spec.rho) * g**2
    return w - rate * g / (np.sqrt(v) + spec.epsilon), {"v": v}


def adam(
    w: np.ndarray,
    g: np.ndarray,
    slots: Slots,
    rate: float,
    step: int,
    spec: TrainSpec,
) -> tuple[np.ndarray, Slots]:
    """Moments: w = w - η m̂ / (√v̂ + ε) (Kingma and Ba 2015, algorithm 1).

    m = β₁ m + (1 - β₁) g, v = β₂ v + (1 - β₂) g², and at step t from 1
    m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ).
    """
    m = spec.beta1 * slots.get("m", 0.0) + (1 - spec.beta1) * g
    v = spec.beta2 * slots.get("v", 0.0) + (1 - spec.beta2) * g**2
    m_hat = m / (1 - spec.beta1**step)
    v_hat = v / (1 - spec.beta2**step)
    moved = w - rate * m_hat / (np.sqrt(v_hat) + spec.epsilon)
    return moved, {"m": m, "v": v}


def adamw(
    w: np.ndarray,
    g: np.ndarray,
    slots: Slots,
    rate: float,
    step: int,
    spec: TrainSpec,
) -> tuple[np.ndarray, Slots]:
    """Adam with decoupled decay w = w - η λ w (Loshchilov and Hutter 2019)."""
    moved, slots = adam(w, g, slots, rate, step, spec)
    return moved - rate * spec.weight_decay * w, slots


def constant(epochs: float, spec: TrainSpec) -> float:
    return 1.0


def cosine(epochs: float, spec: TrainSpec) -> float:
    """(1 + cos(π epochs / all)) / 2 (Loshchilov and Hutter 2017, eq. 5)."""
    return 0.5 * (1.0 + math.cos(math.pi * epochs / spec.epochs))


def exponential(epochs: float, spec: TrainSpec) -> float:
    """`decay` to a power that grows by 1 per epoch after the first."""
    return spec.lr_decay ** max(0, math.floor(epochs) + 1 - spec.lr_decay_start)


Update = Callable[
    [np.ndarray, np.ndarray, Slots, float, int, TrainSpec],
    tuple[np.ndarray, Slots],
]
UPDATES: dict[str, Update] = {
    "sgd": sgd,
    "rmsprop": rmsprop,
    "adam": adam,
    "adamw": adamw,
}
SCHEDULES: dict[str, Callable[[float, TrainSpec], float]] = {
    "constant": constant,
    "cosine": cosine,
    "exponential": exponential,
}
