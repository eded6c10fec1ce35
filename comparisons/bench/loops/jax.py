"""Flax training loops by hand: as the guides write it, and tuned.

Guide: nnx.jit and nnx.Optimizer ("NNX basics"). Tuned: the pure function
of the guide "Performance considerations", without nnx.Optimizer.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from shared.specs import ModelSpec, Split, TrainSpec


def gru_cell(size: int, hidden: int, rngs: nnx.Rngs) -> nnx.GRUCell:
    """A GRU cell whose recurrent product has a bias, as in the others."""
    cell = nnx.GRUCell(size, hidden, rngs=rngs)
    cell.dense_h = nnx.Linear(hidden, 3 * hidden, rngs=rngs)
    return cell


CELLS = {
    "rnn": nnx.SimpleCell,
    "gru": gru_cell,
    "lstm": nnx.OptimizedLSTMCell,
}


class Net(nnx.Module):
    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.embed = spec.input == "embedding"
        size = spec.input_size
        if self.embed:
            self.table = nnx.Embed(size, spec.embedding_size, rngs=rngs)
            size = spec.embedding_size
        hidden = spec.hidden_size
        self.both = spec.bidirectional
        layers = [
            nnx.RNN(CELLS[spec.cell](size, hidden, rngs=rngs), rngs=rngs)
            for _ in range(1 + self.both)
        ]
        self.rnn = (
            nnx.Bidirectional(*layers, rngs=rngs) if self.both else layers[0]
        )
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.hidden, self.pooled = hidden, spec.pooling == "mean+max"
        width = hidden * len(layers) * (1 + self.pooled)
        self.head = nnx.Linear(width, spec.output_size, rngs=rngs)

    def __call__(self, x, lengths=None):
        """Outputs (B, K) from each sequence's last state, or all steps."""
        hidden = self.hidden
        x = self.input_dropout(self.table(x)) if self.embed else x
        outputs = self.rnn(x, seq_lengths=lengths)
        if self.pooled:
            mask = (jnp.arange(x.shape[1]) < lengths[:, None])[:, :, None]
            highest = outputs.max(axis=1, where=mask, initial=-jnp.inf)
            pooled = (outputs.mean(axis=1, where=mask), highest)
            return self.head(self.dropout(jnp.concatenate(pooled, axis=-1)))
        ends = -1 if lengths is None else lengths - 1
        last = outputs[np.arange(len(x)), ends]
        if self.both:
            first = outputs[:, 0]
            last = jnp.concatenate(
                (last[:, :hidden], first[:, hidden:]), axis=-1
            )
        return self.head(self.dropout(last))


LOSSES = {
    "squared_error": optax.squared_error,
    "cross_entropy": optax.softmax_cross_entropy_with_integer_labels,
    "binary_cross_entropy": lambda outputs, y: (
        optax.sigmoid_binary_cross_entropy(outputs[:, 0], y)
    ),
}


Batches = Callable[[int], Iterable[Split]]
Carry = Any
"""The state of a language model between windows; else None."""

LossFn = Callable[[nnx.Module, Split, Carry], tuple[jax.Array, Carry]]
"""Model, batch, carry -> the mean loss, the carry after."""


def train(
    spec: ModelSpec, training: TrainSpec, batches: Batches, steps: int
) -> Iterator[float]:
    """The guide's loop; yields each epoch's mean loss when it is done."""
    return run(guide_loop, spec, training, batches, steps)


def train_tuned(
    spec: ModelSpec, training: TrainSpec, batches: Batches, steps: int
) -> Iterator[float]:
    """The same in the tuned loop."""
    return run(tuned_loop, spec, training, batches, steps)


def run(
    loop: Callable[..., Iterator[float]],
    spec: ModelSpec,
    training: TrainSpec,
    batches: Batches,
    steps: int,
) -> Iterator[float]:
    """One of the loops over a new model."""
    model = Net(spec, nnx.Rngs(training.seed))
    rule = build_rule(training, steps)
    return loop(model, rule, mean_loss(spec), batches, training, steps)


def mean_loss(spec: ModelSpec) -> LossFn:
    """The loss of a batch under a model of this spec."""

    def loss_fn(model, batch, carry):
        outputs = model(batch.x, batch.lengths)
        return LOSSES[spec.loss](outputs, batch.y).mean(), None

    return loss_fn


def build_rule(training: TrainSpec, steps: int) -> optax.GradientTransformation:
    """Adam under a cosine schedule, clipped if asked for."""
    total = steps * training.epochs
    schedule = optax.cosine_decay_schedule(training.learning_rate, total)
    if not training.clip_norm:
        return optax.adam(schedule)
    clip = optax.clip_by_global_norm(training.clip_norm)
    return optax.chain(clip, optax.adam(schedule))


def guide_loop(
    model: nnx.Module,
    rule: optax.GradientTransformation,
    loss_fn: LossFn,
    batches: Batches,
    training: TrainSpec,
    steps: int,
    start: Carry = None,
) -> Iterator[float]:
    """nnx.jit and nnx.Optimizer, as the Flax guides write a training loop."""
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
    model: nnx.Module,
    rule: optax.GradientTransformation,
    loss_fn: LossFn,
    batches: Batches,
    training: TrainSpec,
    steps: int,
    start: Carry = None,
) -> Iterator[float]:
    """jax.jit of a pure function: no walk through the model at each step."""
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


def matrix_product(size: int) -> Callable[[], object]:
    """A function that multiplies two (size, size) matrices and waits."""
    a = jax.random.normal(jax.random.key(0), (size, size))
    product = jax.jit(jnp.matmul)

    def multiply():
        return product(a, a).block_until_ready()

    return multiply
