"""Generation from a prompt, one token or frame at a time."""

from collections.abc import Iterator
from dataclasses import asdict

import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import Array

from jax_impl.device import to_device
from shared.decoding.sampling import Sampling


def generate(
    model: nnx.Module,
    prompt: np.ndarray,
    uniforms: np.ndarray,
    sampling: Sampling,
) -> Iterator[np.ndarray]:
    """Continue a prompt (B, P, ...) by uniforms (S, B, ...): (B, n, ...)."""
    model.eval()
    run_chunk = nnx.cached_partial(generate_chunk, model)
    settings = {
        name: to_device(np.float64(value))
        for name, value in asdict(sampling).items()
    }
    read = prompt.shape[1] - 1  # steps whose next token is known
    steps = read + len(uniforms)
    # A compiled loop has one length: longer texts take it several times, and a
    # prompt goes the same way, its next tokens known.
    length = 32
    total = -(-steps // length) * length
    prompt = np.asarray(to_device(prompt))  # in the precision's type
    known = np.arange(total) < read
    tokens = np.zeros((total, *prompt[:, 0].shape), prompt.dtype)
    tokens[:read] = np.swapaxes(prompt, 0, 1)[1:]
    drawn = np.zeros(tokens.shape, np.float32)
    drawn[read:steps] = uniforms
    carry = (model.initial_state(len(prompt)), jnp.asarray(prompt[:, 0]))
    for first in range(0, total, length):
        rows = slice(first, first + length)
        inputs = (known[rows], tokens[rows], to_device(drawn[rows]))
        carry, generated = run_chunk(carry, inputs, settings)
        new = slice(max(0, read - first), max(0, steps - first))
        if len(piece := np.asarray(generated)[new]):
            yield np.swapaxes(piece, 0, 1)


# One program for all prompts, lengths and settings.
@nnx.jit
def generate_chunk(
    model: nnx.Module, carry: tuple, inputs: tuple, settings: dict
) -> tuple[tuple, Array]:
    """Generate C tokens, or read those of a prompt: (C, B, ...)."""

    @nnx.scan(in_axes=(None, nnx.Carry, 0), out_axes=(nnx.Carry, 0))
    def step(
        model: nnx.Module, carry: tuple, inputs: tuple
    ) -> tuple[tuple, Array]:
        (state, tokens), (known, next_tokens, uniforms) = carry, inputs
        logits, state = model.forward_from(tokens[:, None], state)
        sampler = SAMPLERS[model.spec.model]
        sampled = sampler(logits[:, -1], uniforms, settings)
        tokens = jnp.where(known, next_tokens, sampled)  # (B, ...)
        return (state, tokens), tokens

    return step(model, carry, inputs)


def sample(logits: Array, uniforms: Array, sampling: dict) -> Array:
    """Top-k and top-p sampling: logits (B, V), uniforms (B,) -> (B,)."""
    temperature, top_k, top_p = sampling.values()
    order = jnp.argsort(logits, axis=-1, descending=True, stable=True)
    ranked = jnp.take_along_axis(logits, order, axis=-1)  # (B, V)
    greedy = temperature == 0
    probs = nnx.softmax(ranked / jnp.where(greedy, 1.0, temperature))
    ranks = jnp.arange(logits.shape[-1])
    probs = jnp.where((top_k == 0) | (ranks < top_k), probs, 0.0)
    probs /= probs.sum(axis=-1, keepdims=True)
    before = probs.cumsum(axis=-1) - probs
    probs = jnp.where(before >= top_p, 0.0, probs)
    sums = probs.cumsum(axis=-1)  # (B, V)
    sampled = (sums < uniforms[:, None] * sums[:, -1:]).sum(axis=-1)
    rank = jnp.where(greedy, 0, sampled)[:, None]
    return jnp.take_along_axis(order, rank, axis=-1)[:, 0].astype(jnp.int32)


def sample_keys(logits: Array, uniforms: Array, sampling: dict) -> Array:
    """Independent keys: logits (B, K), uniforms (B, K) -> 0 or 1 (B, K)."""
    temperature, _, _ = sampling.values()
    greedy = temperature == 0
    probs = nnx.sigmoid(logits / jnp.where(greedy, 1.0, temperature))
    keys = jnp.where(greedy, logits > 0, uniforms < probs)
    return keys.astype(logits.dtype)


SAMPLERS = {"language_model": sample, "frame_model": sample_keys}
