"""The training loop and prediction."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import jax
import numpy as np
from flax import nnx
from jax import Array, lax

from jax_impl.device import batch_to_device
from jax_impl.losses import build_loss, loss_weights
from jax_impl.optimizers import build_optimizer
from shared.batching.batches import (
    epoch_batches,
    epoch_order,
    epoch_sample_masks,
    steps_per_epoch,
)
from shared.batching.chunks import predict_in_chunks
from shared.batching.indices import as_indices
from shared.specs import Batch, Split, TrainSpec


def fit(
    model: nnx.Module,
    split: Split,
    spec: TrainSpec,
    on_epoch_end: Callable[[int, float], bool],
) -> None:
    """Train; on_epoch_end takes each epoch's mean loss, and true stops."""
    nnx.reseed(model, dropout=spec.seed)
    model.train()
    total = steps_per_epoch(split, spec) * spec.epochs
    # nnx.jit compares the update rule by identity: without the seed it is the
    # same object in each training, and the next seed compiles nothing.
    update = build_optimizer(replace(spec, seed=0), total)
    optimizer = nnx.Optimizer(model, update, wrt=nnx.Param)
    run_epoch = LOOPS[spec.loop](model, optimizer, split, spec)
    first = model.initial_state(spec.batch_size) if spec.stateful else None
    for epoch in range(spec.epochs):
        losses = run_epoch(epoch, first)
        if on_epoch_end(epoch, float(np.mean(jax.device_get(losses)))):
            break


def step_loop(
    model: nnx.Module, optimizer: nnx.Optimizer, split: Split, spec: TrainSpec
) -> Callable[[int, Any], list[Array]]:
    """One training step a batch."""
    compute_loss = build_loss(
        model.spec.loss, spec.label_smoothing, model.spec.quantile_levels
    )
    # nnx.jit walks its arguments in Python at each call, which takes longer
    # than a small model's step; here both are walked once.
    cached_step = nnx.cached_partial(train_step, model, optimizer)

    def run_epoch(epoch: int, state: Any) -> list[Array]:
        losses = []
        for batch in epoch_batches(split, spec, epoch):
            loss, state = cached_step(batch, state, compute_loss=compute_loss)
            losses.append(loss)  # not read before the epoch's end
        return losses

    return run_epoch


# nnx.jit keeps what it compiled by function: one for all trainings.
@partial(nnx.jit, static_argnames="compute_loss")
def train_step(
    model: nnx.Module,
    optimizer: nnx.Optimizer,
    batch: Batch,
    state: Any,
    compute_loss: Callable[[Array, Array], Array],
) -> tuple[Array, Any]:
    """Update model and optimizer by a batch: its loss, the state after it."""

    def loss_fn(model: nnx.Module) -> tuple[Array, Any]:
        x, y, lengths, sample_mask = batch
        if state is not None:  # no gradient reaches the windows before
            outputs, after = model.forward_from(x, state)
        elif sample_mask is not None:  # seq2seq alone reads its predictions
            outputs, after = model(x, lengths, sample_mask), None
        else:
            outputs, after = model(x, lengths), None
        return compute_loss(outputs, y, *loss_weights(model)), after

    value_and_grad = nnx.value_and_grad(loss_fn, has_aux=True)
    (loss, state), grads = value_and_grad(model)
    optimizer.update(model, grads)
    return loss, state


def pure_loop(
    model: nnx.Module, optimizer: nnx.Optimizer, split: Split, spec: TrainSpec
) -> Callable[[int, Any], list[Array]]:
    """The same step as a pure function: all arrays go in and come out."""
    # The "functional training loop" of the Flax guide on performance.
    compute_loss = build_loss(
        model.spec.loss, spec.label_smoothing, model.spec.quantile_levels
    )
    graphdef, variables = split_arrays((model, optimizer))
    # No memory is donated: a GRU of 256 units then took 5 % longer on a CPU.
    step = jax.jit(build_pure_step(graphdef, compute_loss))

    def run_epoch(epoch: int, state: Any) -> list[Array]:
        nonlocal variables
        losses = []
        for batch in epoch_batches(split, spec, epoch):
            variables, loss, state = step(variables, batch, state)
            losses.append(loss)
        nnx.update((model, optimizer), variables)
        return losses

    return run_epoch


def split_arrays(nodes: tuple) -> tuple[nnx.GraphDef, dict]:
    """The structure of modules, and their arrays as a plain dictionary."""
    # jax.jit flattens a dictionary faster than an nnx.State.
    graphdef, variables = nnx.split(nodes)
    return graphdef, nnx.to_pure_dict(variables)


# jax.jit would hash the graphdef, in Python, at each call that passes it.
@lru_cache(maxsize=32)
def build_pure_step(
    graphdef: nnx.GraphDef, compute_loss: Callable[[Array, Array], Array]
) -> Callable[[dict, Batch, Any], tuple[dict, Array, Any]]:
    """A step: variables, batch, state -> variables, loss, state."""

    def pure_step(
        variables: dict, batch: Batch, state: Any
    ) -> tuple[dict, Array, Any]:
        model, optimizer = nnx.merge(graphdef, variables)
        loss, state = train_step(model, optimizer, batch, state, compute_loss)
        _, variables = split_arrays((model, optimizer))
        return variables, loss, state

    return pure_step


def scan_loop(
    model: nnx.Module, optimizer: nnx.Optimizer, split: Split, spec: TrainSpec
) -> Callable[[int, Any], Array]:
    """A whole epoch compiled as one lax.scan over full-length batches."""
    # Only a pure step can be scanned, and all examples have one length.
    compute_loss = build_loss(
        model.spec.loss, spec.label_smoothing, model.spec.quantile_levels
    )
    graphdef, variables = split_arrays((model, optimizer))
    pure_step = build_pure_step(graphdef, compute_loss)
    x, y, lengths = split
    examples = Split(
        *batch_to_device(Split(as_indices(x), as_indices(y), lengths))
    )

    def run_epoch(epoch: int, state: Any) -> Array:
        nonlocal variables
        order = epoch_order(split, spec, epoch)  # (S, B)
        steps = (order, epoch_sample_masks(split, spec, epoch))
        variables, losses = scan_epoch(
            pure_step, variables, state, examples, steps
        )
        nnx.update((model, optimizer), variables)
        return losses

    return run_epoch


@partial(jax.jit, static_argnames="pure_step", donate_argnames="variables")
def scan_epoch(
    pure_step: Callable[[dict, Batch, Any], tuple[dict, Array, Any]],
    variables: dict,
    state: Any,
    examples: Split,
    steps: tuple,
) -> tuple[dict, Array]:
    """All steps: an order (S, B), masks (S, B, T) -> variables, losses."""

    def step(carry: tuple, inputs: tuple) -> tuple[tuple, Array]:
        (variables, state), (rows, sample_mask) = carry, inputs
        arrays = jax.tree.map(lambda array: array[rows], examples)
        batch = Batch(*arrays, sample_mask)
        variables, loss, state = pure_step(variables, batch, state)
        return (variables, state), loss

    (variables, _), losses = lax.scan(step, (variables, state), steps)
    return variables, losses


LOOPS = {"step": step_loop, "pure": pure_loop, "scan": scan_loop}


def predict(
    model: nnx.Module, x: np.ndarray, lengths: np.ndarray | None
) -> np.ndarray:
    """Outputs (N, K) without dropout."""
    model.eval()
    compiled = nnx.cached_partial(apply, type(model).__call__, model)

    def forward(x: np.ndarray, lengths: np.ndarray | None) -> np.ndarray:
        return np.asarray(compiled(x, lengths))

    return predict_in_chunks(forward, x, lengths)


# A model's method is compiled here, not where it is called: nnx.jit keeps
# what it compiled by function.
@partial(nnx.jit, static_argnums=0)
def apply(method: Callable, model: nnx.Module, *inputs: Any) -> Any:
    """A method of a model, compiled once for all models of its shapes."""
    return method(model, *inputs)
