"""The training loop and prediction: pure functions under jax.jit.

nnx.jit would walk the module at each call; here it is split once into a
hashable definition and arrays, and merged only while a function is traced.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx
from jax import Array, lax

from jax_impl.device import batch_to_device
from jax_impl.losses import loss_of
from jax_impl.optimizers import build_optimizer
from shared.batching.batches import (
    epoch_batches,
    epoch_coins,
    epoch_order,
    steps_per_epoch,
)
from shared.batching.chunks import predict_in_chunks
from shared.specs import Split, TrainSpec


def fit(
    model: nnx.Module,
    split: Split,
    spec: TrainSpec,
    on_epoch_end: Callable[[int, float], bool],
) -> None:
    """Train; each epoch's mean loss goes to on_epoch_end; True stops."""
    nnx.reseed(model, dropout=spec.seed)
    model.train()
    total = steps_per_epoch(split, spec) * spec.epochs
    graphdef, *parts = nnx.split(model, nnx.Param, ...)
    # jax.jit flattens plain dictionaries faster than an nnx.State.
    params, rest = map(nnx.to_pure_dict, parts)
    moments = build_optimizer(spec, total).init(params)
    state = (params, rest, moments)
    # No operation depends on the seed: the next seed finds all compiled.
    rule = replace(spec, seed=0)
    compute_loss = loss_of(model.spec.loss, spec.label_smoothing)
    train_step = build_step(graphdef, compute_loss, rule, total)
    first = model.start(spec.batch_size) if spec.stateful else None
    run_epoch = LOOPS[spec.loop](train_step, first, split, spec)
    for epoch in range(spec.epochs):
        state, losses = run_epoch(state, epoch)
        loss = float(np.mean(jax.device_get(losses)))
        nnx.update(model, *state[:2])
        if on_epoch_end(epoch, loss):
            break


def step_loop(train_step: Callable, first, split: Split, spec: TrainSpec):
    """One training step a batch."""
    # No memory is donated: a GRU of 256 units then took 5 % longer on a CPU.
    compiled = jax.jit(train_step)

    def run_epoch(state: tuple, epoch: int) -> tuple[tuple, list[Array]]:
        losses, carry = [], first
        for batch in epoch_batches(split, spec, epoch):
            state, carry, loss = compiled(state, carry, *batch)
            losses.append(loss)  # not read before the epoch's end
        return state, losses

    return run_epoch


def scan_loop(train_step: Callable, first, split: Split, spec: TrainSpec):
    """A whole epoch compiled as one lax.scan over full-length batches."""
    arrays = batch_to_device(split)

    def run_epoch(state: tuple, epoch: int) -> tuple[tuple, Array]:
        order = epoch_order(split, spec, epoch)  # (S, B)
        steps = (order, epoch_coins(split, spec, epoch))
        return scan_epoch(train_step, state, first, arrays, steps)

    return run_epoch


LOOPS = {"step": step_loop, "scan": scan_loop}


@lru_cache(maxsize=32)
def build_step(
    graphdef: nnx.GraphDef,
    compute_loss: Callable[[Array, Array], Array],
    spec: TrainSpec,
    total: int,
) -> Callable:
    """A pure training step: state, carry, batch -> both anew, loss."""
    optimizer = build_optimizer(spec, total)

    def train_step(state: tuple, carry, x: Array, y: Array, lengths):
        params, rest, moments = state

        def loss_of(params: dict) -> tuple[Array, tuple]:
            model = nnx.merge(graphdef, params, rest)
            if spec.stateful:  # the carry is no part of what is derived by
                outputs, after = model.resume(x, carry)
            else:
                outputs, after = model(x, lengths), None
            rest_after = nnx.state(model, nnx.Not(nnx.Param))
            loss = compute_loss(outputs, y)
            return loss, (nnx.to_pure_dict(rest_after), after)

        gradient = jax.value_and_grad(loss_of, has_aux=True)
        (loss, (rest, carry)), gradients = gradient(params)
        updates, moments = optimizer.update(gradients, moments, params)
        params = optax.apply_updates(params, updates)
        return (params, rest, moments), carry, loss

    return train_step


@partial(jax.jit, static_argnums=0, donate_argnums=1)
def scan_epoch(
    train_step: Callable, state: tuple, first, arrays: tuple, steps: tuple
) -> tuple[tuple, Array]:
    """All steps, an order (S, B) and coins -> new state, losses (S,)."""

    def body(states: tuple, step: tuple) -> tuple[tuple, Array]:
        rows, coins = step
        x, *told = jax.tree.map(lambda a: a[rows], arrays)
        if coins is not None:
            x = jnp.concatenate((x, coins[..., None]), axis=-1)  # (B, T, 3)
        *states, loss = train_step(*states, x, *told)
        return tuple(states), loss

    (state, _), losses = lax.scan(body, (state, first), steps)
    return state, losses


def predict(
    model: nnx.Module, x: np.ndarray, lengths: np.ndarray | None
) -> np.ndarray:
    """Outputs (N, K) of a model that does not train: no dropout."""
    model.eval()
    graphdef, state = nnx.split(model)

    def forward(x: np.ndarray, lengths: np.ndarray | None) -> np.ndarray:
        return np.asarray(apply(graphdef, state, x, lengths))

    return predict_in_chunks(forward, x, lengths)


@partial(jax.jit, static_argnums=0)
def apply(
    graphdef: nnx.GraphDef, state: nnx.State, x: Array, lengths: Array | None
) -> Array:
    """Outputs of a model given as definition and arrays."""
    return nnx.merge(graphdef, state)(x, lengths)
