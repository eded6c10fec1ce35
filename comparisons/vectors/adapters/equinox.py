"""Equinox: cells of eqx.nn, scanned; lengths and layers are the user's."""

from importlib.metadata import version

import equinox as eqx
import jax
import jax.numpy as jnp
import optax

from comparisons.vectors.adapters import _jax

NAME, PRECISIONS = "Equinox", ("float64", "float32", "bfloat16")


def versions():
    return {
        "equinox": version("equinox"),
        "jax": jax.__version__,
        "optax": optax.__version__,
    }


def run(case):
    """Outputs and gradients of a case."""
    if case.kind not in CELLS and case.kind not in _jax.OTHERS:
        raise NotImplementedError("Equinox has no such layer")
    return _jax.results(case, _jax.OTHERS.get(case.kind, forward))


def forward(case):
    def run_layer(x, prefix, state):
        own = {
            name: case.arrays[prefix + name]
            for name in ("w_ih", "w_hh", "b_ih", "b_hh")
            if prefix + name in case.arrays
        }
        cell = CELLS[case.kind](case, x.shape[2], own)
        zeros = jnp.zeros((len(x), case.hidden), case.dtype)
        count = 2 if isinstance(cell, eqx.nn.LSTMCell) else 1
        state = state or (zeros,) * count

        def step(state, now):
            x_t, valid = now
            given = state if count == 2 else state[0]
            new = jax.vmap(cell)(x_t, given)
            new = new if count == 2 else (new,)
            kept = [jnp.where(valid[:, None], a, b) for a, b in zip(new, state)]
            return tuple(kept), kept[0]

        steps = x.swapaxes(0, 1), jnp.asarray(case.mask).T
        reverse = "reverse" in prefix
        last, y = jax.lax.scan(step, state, steps, reverse=reverse)
        return y.swapaxes(0, 1), last

    return _jax.layers(case, run_layer)


def gru(case, inputs, own):
    """r and z have one sum of both biases; n has bias_n within r."""
    cell = eqx.nn.GRUCell(inputs, case.hidden, key=jax.random.key(0))
    place = 2 * case.hidden
    b_n = own["b_hh"][place:]
    bias = own["b_ih"] + own["b_hh"].at[place:].set(0.0)
    return eqx.tree_at(
        lambda c: (c.weight_ih, c.weight_hh, c.bias, c.bias_n),
        cell,
        (own["w_ih"].T, own["w_hh"].T, bias, b_n),
    )


def lstm(case, inputs, own):
    """Gates i f g o; the forget bias is part of the bias of f."""
    cell = eqx.nn.LSTMCell(inputs, case.hidden, key=jax.random.key(0))
    forget = slice(case.hidden, 2 * case.hidden)
    bias = own["b_ih"].at[forget].add(case.forget_bias)
    return eqx.tree_at(
        lambda c: (c.weight_ih, c.weight_hh, c.bias),
        cell,
        (own["w_ih"].T, own["w_hh"].T, bias),
    )


CELLS = {"gru-reset-after": gru, "lstm": lstm, "lstm-forget-bias": lstm}
