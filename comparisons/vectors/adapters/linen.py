"""Flax Linen: cells of flax.linen in nn.RNN."""

import flax
import jax
import jax.numpy as jnp
import optax
from flax import linen as nn

from comparisons.vectors.adapters import _jax

NAME, PRECISIONS = "Flax Linen", ("float64", "float32", "bfloat16")


def versions():
    return {
        "flax": flax.__version__,
        "jax": jax.__version__,
        "optax": optax.__version__,
    }


def run(case):
    """Outputs and gradients of a case."""
    if case.kind not in CELLS and case.kind not in _jax.OTHERS:
        raise NotImplementedError("Flax Linen has no such layer")
    return _jax.results(case, _jax.OTHERS.get(case.kind, forward))


def forward(case):
    def run_layer(x, prefix, state):
        make, weights = CELLS[case.kind]
        types = {"dtype": case.dtype, "param_dtype": case.dtype}
        layer = nn.RNN(make(case.hidden, **types), return_carry=True)
        carry, y = layer.apply(
            {"params": {"cell": weights(case, prefix)}},
            x,
            initial_carry=state and _jax.to_carry(state),
            seq_lengths=case.lengths,
            reverse="reverse" in prefix,
            keep_order=True,
        )
        return y, _jax.to_carry(carry)

    return _jax.layers(case, run_layer)


def simple(case, prefix):
    w_ih, w_hh, b = (case.arrays[prefix + n] for n in ("w_ih", "w_hh", "b_ih"))
    return {"i": {"kernel": w_ih, "bias": b}, "h": {"kernel": w_hh}}


def gru(case, prefix):
    """r and z have one sum of both biases, n has both."""
    a = {n: jnp.split(case.arrays[prefix + n], 3, -1) for n in WEIGHTS}
    found = {}
    for place, gate in enumerate("rzn"):
        both = a["b_ih"][place] + (gate != "n") * a["b_hh"][place]
        found[f"i{gate}"] = {"kernel": a["w_ih"][place], "bias": both}
        found[f"h{gate}"] = {"kernel": a["w_hh"][place]}
    found["hn"]["bias"] = a["b_hh"][2]
    return found


def lstm(case, prefix):
    a = {n: jnp.split(case.arrays[prefix + n], 4, -1) for n in WEIGHTS[:3]}
    found = {}
    for place, gate in enumerate("ifgo"):
        bias = a["b_ih"][place] + case.forget_bias * (gate == "f")
        found[f"i{gate}"] = {"kernel": a["w_ih"][place]}
        found[f"h{gate}"] = {"kernel": a["w_hh"][place], "bias": bias}
    return found


WEIGHTS = ("w_ih", "w_hh", "b_ih", "b_hh")


def relu_cell(features, **types):
    return nn.SimpleCell(features, activation_fn=nn.relu, **types)


CELLS = {
    "rnn-tanh": (nn.SimpleCell, simple),
    "rnn-relu": (relu_cell, simple),
    "gru-reset-after": (nn.GRUCell, gru),
    "lstm": (nn.LSTMCell, lstm),
    "lstm-forget-bias": (nn.LSTMCell, lstm),
}
