"""Writing on from a prompt, symbol by symbol."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import Array, lax

from jax_impl.device import to_device
from shared.decoding.sampling import Sampling

CHUNK = 32
"""Steps of one compiled program, whatever the lengths: a prompt goes the
same way as what is written, its symbols known instead of drawn."""


def generate(
    model: nnx.Module, prompt: np.ndarray, draws: np.ndarray, rule: Sampling
) -> Iterator[np.ndarray]:
    """What follows a prompt (B, P, ...), by draws (S, B, ...): (B, n, ...)."""
    model.eval()
    graphdef, state = nnx.split(model)
    settings = {n: to_device(np.float64(v)) for n, v in asdict(rule).items()}
    read = prompt.shape[1] - 1  # steps whose next symbol is known
    steps = read + len(draws)
    filled = -(-steps // CHUNK) * CHUNK
    prompt = np.asarray(to_device(prompt))  # in the precision's type
    told = np.arange(filled) < read
    known = np.zeros((filled, *prompt[:, 0].shape), prompt.dtype)
    known[:read] = np.swapaxes(prompt, 0, 1)[1:]
    drawn = np.zeros(known.shape, np.float32)
    drawn[read:steps] = draws
    carry = (model.start(len(prompt)), jnp.asarray(prompt[:, 0]))
    for begin in range(0, filled, CHUNK):
        rows = slice(begin, begin + CHUNK)
        inputs = (told[rows], known[rows], to_device(drawn[rows]))
        carry, written = write(graphdef, state, settings, carry, inputs)
        own = slice(max(0, read - begin), max(0, steps - begin))
        if len(kept := np.asarray(written)[own]):
            yield np.swapaxes(kept, 0, 1)


@partial(jax.jit, static_argnums=0)
def write(
    graphdef: nnx.GraphDef,
    state: nnx.State,
    settings: dict,
    carry: tuple,
    inputs: tuple,
) -> tuple[tuple, Array]:
    """Write a chunk, or read what is known: symbols (CHUNK, B, ...)."""

    def step(carry: tuple, inputs: tuple) -> tuple[tuple, Array]:
        (before, symbols), (told, known, draws) = carry, inputs
        model = nnx.merge(graphdef, state, copy=True)  # of this scan
        logits, after = model.resume(symbols[:, None], before)
        choose_next = CHOICES[model.spec.model]
        drawn = choose_next(logits[:, -1], draws, settings)
        symbols = jnp.where(told, known, drawn)  # (B, ...)
        return (after, symbols), symbols

    return lax.scan(step, carry, inputs)


def choose(logits: Array, draws: Array, settings: dict) -> Array:
    """Draw among the symbols kept: logits (B, V), draws (B,) -> (B,)."""
    temperature, top_k, top_p = settings.values()
    order = jnp.argsort(logits, axis=-1, descending=True, stable=True)
    ranked = jnp.take_along_axis(logits, order, axis=-1)  # (B, V)
    greedy = temperature == 0
    shares = nnx.softmax(ranked / jnp.where(greedy, 1.0, temperature))
    places = jnp.arange(logits.shape[-1])
    kept = (top_k == 0) | (places < top_k)
    shares = jnp.where(kept, shares, 0.0)
    shares /= shares.sum(axis=-1, keepdims=True)
    before = shares.cumsum(axis=-1) - shares
    shares = jnp.where(before >= top_p, 0.0, shares)
    sums = shares.cumsum(axis=-1)  # (B, V)
    drawn = (sums < draws[:, None] * sums[:, -1:]).sum(axis=-1)
    place = jnp.where(greedy, 0, drawn)[:, None]
    return jnp.take_along_axis(order, place, axis=-1)[:, 0].astype(jnp.int32)


def press(logits: Array, draws: Array, settings: dict) -> Array:
    """Draw each key: logits (B, K), draws (B, K) -> 0 or 1 (B, K)."""
    temperature, _, _ = settings.values()
    greedy = temperature == 0
    shares = nnx.sigmoid(logits / jnp.where(greedy, 1.0, temperature))
    drawn = jnp.where(greedy, logits > 0, draws < shares)
    return drawn.astype(logits.dtype)


CHOICES = {"language_model": choose, "frame_model": press}
