"""The two loops over a Flax model: as the guides write it, and tuned.

Guide: nnx.jit and nnx.Optimizer ("NNX basics"). Tuned: the pure function
of the guide "Performance considerations", without nnx.Optimizer.
"""

from collections.abc import Callable, Iterator
from typing import Any

import jax
import optax
from flax import nnx

from comparisons.bench.loops import Batches
from shared.specs import ModelSpec, TrainSpec

LOSSES = {
    "squared_error": optax.squared_error,
    "cross_entropy": optax.softmax_cross_entropy_with_integer_labels,
    # Of language models, whose windows have no padding.
    "masked_cross_entropy": optax.softmax_cross_entropy_with_integer_labels,
    "binary_cross_entropy": lambda outputs, y: (
        optax.sigmoid_binary_cross_entropy(outputs[:, 0], y)
    ),
}

Carry = Any
"""The state of a language model between windows; else None."""


def adam(training: TrainSpec, steps: int) -> optax.GradientTransformation:
    """Adam under a cosine schedule, clipped if the spec says so."""
    total = steps * training.epochs
    schedule = optax.cosine_decay_schedule(training.learning_rate, total)
    if not training.clip_norm:
        return optax.adam(schedule)
    clip = optax.clip_by_global_norm(training.clip_norm)
    return optax.chain(clip, optax.adam(schedule))


def prepare(
    net: type[nnx.Module], spec: ModelSpec, training: TrainSpec, steps: int
) -> tuple[nnx.Module, optax.GradientTransformation, Callable, Carry]:
    """A new model, its optimizer, its loss function, its first carry."""

    def loss_fn(model, batch, carry):
        outputs, carry = model(batch.x, carry, batch.lengths)
        return LOSSES[spec.loss](outputs, batch.y).mean(), carry

    model = net(spec, nnx.Rngs(training.seed))
    start = model.initial_carry(training.batch_size)
    return model, adam(training, steps), loss_fn, start


def guide_loop(
    net: type[nnx.Module],
    spec: ModelSpec,
    training: TrainSpec,
    batches: Batches,
    steps: int,
) -> Iterator[float]:
    """nnx.jit and nnx.Optimizer, as the Flax guides write a training loop."""
    model, rule, loss_fn, start = prepare(net, spec, training, steps)
    optimizer = nnx.Optimizer(model, rule, wrt=nnx.Param)

    @nnx.jit
    def train_step(model, optimizer, batch, carry):
        gradient = nnx.value_and_grad(loss_fn, has_aux=True)
        (loss, carry), grads = gradient(model, batch, carry)
        optimizer.update(model, grads)
        return loss, carry

    for epoch in range(training.epochs):
        total, carry = 0.0, start
        for batch in batches(epoch):
            loss, carry = train_step(model, optimizer, batch, carry)
            total += loss
        yield float(total) / steps


def tuned_loop(
    net: type[nnx.Module],
    spec: ModelSpec,
    training: TrainSpec,
    batches: Batches,
    steps: int,
) -> Iterator[float]:
    """jax.jit of a pure function: no walk through the model at each step."""
    model, rule, loss_fn, start = prepare(net, spec, training, steps)
    graphdef, params, others = nnx.split(model, nnx.Param, ...)
    state = (params, others, rule.init(params))

    @jax.jit
    def train_step(state, batch, carry):
        params, others, opt_state = state

        def loss_of_params(params):
            model = nnx.merge(graphdef, params, others, copy=True)
            loss, after = loss_fn(model, batch, carry)
            return loss, (nnx.state(model, nnx.Not(nnx.Param)), after)

        gradient = jax.value_and_grad(loss_of_params, has_aux=True)
        (loss, (others, carry)), grads = gradient(params)
        updates, opt_state = rule.update(grads, opt_state, params)
        params = optax.apply_updates(params, updates)
        return (params, others, opt_state), loss, carry

    for epoch in range(training.epochs):
        total, carry = 0.0, start
        for batch in batches(epoch):
            state, loss, carry = train_step(state, batch, carry)
            total += loss
        yield float(total) / steps
