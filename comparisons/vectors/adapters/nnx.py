"""Flax NNX: cells of flax.nnx in nnx.RNN."""

import flax
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from comparisons.vectors.adapters import _jax

NAME, PRECISIONS = "Flax NNX", ("float64", "float32", "bfloat16")


def versions():
    return {
        "flax": flax.__version__,
        "jax": jax.__version__,
        "optax": optax.__version__,
    }


def run(case):
    """Outputs and gradients of a case."""
    if case.kind not in CELLS and case.kind not in _jax.OTHERS:
        raise NotImplementedError("Flax NNX has no such layer")
    return _jax.results(case, _jax.OTHERS.get(case.kind, forward))


def forward(case):
    def run_layer(x, prefix, state):
        cell = CELLS[case.kind](case, prefix, x.shape[2])
        layer = nnx.RNN(cell, return_carry=True, rngs=nnx.Rngs(0))
        carry, y = layer(
            x,
            initial_carry=state and _jax.to_carry(state),
            seq_lengths=case.lengths,
            reverse="reverse" in prefix,
            keep_order=True,
        )
        return y, _jax.to_carry(carry)

    return _jax.layers(case, run_layer)


def weights_of(case, prefix):
    return {n: case.arrays.get(prefix + n) for n in ("w_ih", "w_hh", "b_ih")}


def simple(case, prefix, inputs, **options):
    own = weights_of(case, prefix)
    cell = nnx.SimpleCell(
        *(inputs, case.hidden), **options, **types(case), rngs=nnx.Rngs(0)
    )
    return filled(cell, own)


def gru(case, prefix, inputs):
    """The recurrent bias b_hh has no place in this cell."""
    cell = nnx.GRUCell(*(inputs, case.hidden), **types(case), rngs=nnx.Rngs(0))
    own = weights_of(case, prefix)
    # r and z have one sum of both biases.
    folded = case.arrays[prefix + "b_hh"].at[2 * case.hidden :].set(0.0)
    return filled(cell, own | {"b_ih": own["b_ih"] + folded})


def lstm(case, prefix, inputs):
    """Gates i f g o; the forget bias is part of the bias of f."""
    cell = nnx.OptimizedLSTMCell(
        *(inputs, case.hidden), **types(case), rngs=nnx.Rngs(0)
    )
    own = weights_of(case, prefix)
    forget = np.zeros(4 * case.hidden)
    forget[case.hidden : 2 * case.hidden] = case.forget_bias
    cell.dense_h.bias[...] = own.pop("b_ih") + jnp.asarray(forget, case.dtype)
    return filled(cell, own)


def types(case):
    return {"dtype": case.dtype, "param_dtype": case.dtype}


def filled(cell, own):
    """The cell with its weights: kernels of both products, and a bias."""
    cell.dense_i.kernel[...] = own["w_ih"]
    cell.dense_h.kernel[...] = own["w_hh"]
    if "b_ih" in own:
        cell.dense_i.bias[...] = own["b_ih"]
    return cell


CELLS = {
    "rnn-tanh": simple,
    "rnn-relu": lambda *args: simple(*args, activation_fn=nnx.relu),
    "gru-reset-after": gru,
    "lstm": lstm,
    "lstm-forget-bias": lstm,
}
