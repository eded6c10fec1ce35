"""What the search for a target asks of a model, and where it looks."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import Array, lax

from jax_impl.attention import look
from jax_impl.device import to_device
from jax_impl.losses import step_losses
from shared.batching.chunks import score_in_chunks
from shared.decoding import beam_search
from shared.decoding.options import DecodingOptions, Step
from shared.weights.seq2seq import FED

SIZES = (16, 64, 256)
"""Rows of a compiled step; it is filled up to the next of these."""


def decode(
    model: nnx.Module, x: np.ndarray, lengths: np.ndarray, rule: DecodingOptions
) -> np.ndarray:
    """The target of each source (N, T): (N, longest), -1 past its end."""
    model.eval()
    graphdef, state = nnx.split(model)
    steps = (partial(f, graphdef, state) for f in (begin, advance))
    return beam_search.decode(*steps, x, lengths, rule, model.spec.output_size)


def filled(rows: np.ndarray) -> np.ndarray:
    """The same, and after them others up to one of a few sizes."""
    size = next((s for s in SIZES if s >= len(rows)), len(rows))
    return np.resize(rows, size)


def begin(
    graphdef: nnx.GraphDef, state: nnx.State, x: np.ndarray, lengths: np.ndarray
) -> tuple:
    """Read the sources of a batch."""
    rows = filled(np.arange(len(x)))
    return encode(graphdef, state, x[rows], lengths[rows])


@partial(jax.jit, static_argnums=0)
def encode(
    graphdef: nnx.GraphDef, state: nnx.State, x: Array, lengths: Array
) -> tuple:
    """What is looked at, and where to start."""
    return nnx.merge(graphdef, state).encode(x, lengths)


def advance(
    graphdef: nnx.GraphDef,
    state: nnx.State,
    places: tuple,
    rows: np.ndarray,
    symbols: np.ndarray,
    count: int,
) -> Step:
    """Read a symbol each on some rows: the likeliest of the next ones."""
    kept = len(rows)
    inputs = filled(rows), filled(symbols)
    *found, places = read(graphdef, state, places, *inputs, count)
    logs, likeliest = (np.asarray(part)[:kept] for part in found)
    return Step(logs, likeliest, places)


@partial(jax.jit, static_argnums=(0, 5))
def read(
    graphdef: nnx.GraphDef,
    state: nnx.State,
    places: tuple,
    rows: Array,
    symbols: Array,
    count: int,
) -> tuple:
    """Log-probabilities and symbols (R, count), places after."""
    model = nnx.merge(graphdef, state)
    memory, position = jax.tree.map(lambda part: part[rows], places)
    logits, position = model.step(symbols[:, None], memory, position)
    logs, found = lax.top_k(nnx.log_softmax(logits[:, 0]), count)
    return logs, found, (memory, position)


def forced(
    model: nnx.Module, x: np.ndarray, y: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Nats of targets and whether they are the likeliest: (N, T, 2)."""
    model.eval()
    graphdef, state = nnx.split(model)

    def forward(x: np.ndarray, y: np.ndarray, lengths: np.ndarray):
        return np.asarray(told(graphdef, state, x, y, lengths))

    return score_in_chunks(forward, x, y, lengths)


@partial(jax.jit, static_argnums=0)
def told(
    graphdef: nnx.GraphDef, state: nnx.State, x: Array, y: Array, lengths: Array
) -> Array:
    """Nats and hits (B, T, 2) of a model given as definition and arrays."""
    logits = nnx.merge(graphdef, state)(x, lengths)
    losses, hits = step_losses(logits, y), logits.argmax(axis=-1) == y
    return jnp.stack((losses, hits), axis=-1)


def looks(model: nnx.Module, x: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Where attention looks at each step that is read: (B, T, T)."""
    model.eval()
    x, found = to_device(x), []
    memory, position = model.encode(x[..., 0], to_device(lengths))
    for symbols in jnp.split(x[..., 1], x.shape[1], axis=1):  # (B, 1)
        before = position.outputs
        _, position = model.step(symbols, memory, position)
        fed = FED[model.spec.attention]
        queries = before if fed else position.outputs
        found.append(look(model.attention, queries, memory)[1])
    return np.asarray(jnp.concatenate(found, axis=1))
