"""Backpropagation through time by hand: `--impl bptt`.

Forward, each step also keeps the derivatives that the chain rule needs of it,
where ∂σ = σ (1 - σ) and ∂tanh = 1 - tanh². A loop backward over time (Werbos
1990) multiplies the gradient of the state by them, and the gradient of a
weight is one product over all steps.
"""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx
from jax import Array, lax

from jax_impl.cells import State
from jax_impl.scratch import (
    ScratchLayer,
    ScratchRecurrent,
    freeze,
    sequence_mask,
)
from shared.specs import WEIGHT_NAMES


def rnn_forward(wx: Array, state: State, w_hh: Array) -> tuple[State, State]:
    """h' = tanh(a), and ∂h'/∂a: wx (B, H), (h,) -> (h',)."""
    (h,) = state
    h = jnp.tanh(wx + h @ w_hh)
    return (h,), (1 - h**2,)


def rnn_relu_forward(
    wx: Array, state: State, w_hh: Array
) -> tuple[State, State]:
    """h' = relu(a), and ∂h'/∂a: wx (B, H), (h,) -> (h',)."""
    (h,) = state
    h = nnx.relu(wx + h @ w_hh)
    return (h,), ((h > 0).astype(h.dtype),)


def gru_forward(
    wx: Array, state: State, w_hh: Array, b_hh: Array
) -> tuple[State, State]:
    """h' = (1 - z) n + z h, and ∂h'/∂a of r, z, n: wx (B, 3H)."""
    (h,) = state
    wx_r, wx_z, wx_n = jnp.split(wx, 3, axis=-1)  # each (B, H)
    uh_r, uh_z, uh_n = jnp.split(h @ w_hh + b_hh, 3, axis=-1)
    r, z = nnx.sigmoid(wx_r + uh_r), nnx.sigmoid(wx_z + uh_z)
    n = jnp.tanh(wx_n + r * uh_n)
    d_n = (1 - z) * (1 - n**2)
    d_r = d_n * uh_n * r * (1 - r)
    d_z = (h - n) * z * (1 - z)
    return ((1 - z) * n + z * h,), (d_r, d_z, d_n, r, z)


def lstm_forward(wx: Array, state: State, w_hh: Array) -> tuple[State, State]:
    """c' = f c + i g, h' = o tanh(c'), ∂c'/∂a of i, f, g, ∂h'/∂a of o."""
    h, c = state
    i, f, g, o = jnp.split(wx + h @ w_hh, 4, axis=-1)  # each (B, H)
    i, f, o = nnx.sigmoid(i), nnx.sigmoid(f), nnx.sigmoid(o)
    g = jnp.tanh(g)
    new_c = f * c + i * g
    tanh_c = jnp.tanh(new_c)
    d_c = o * (1 - tanh_c**2)
    d_i, d_f = g * i * (1 - i), c * f * (1 - f)
    d_g, d_o = i * (1 - g**2), tanh_c * o * (1 - o)
    return (o * tanh_c, new_c), (d_c, d_i, d_f, d_g, d_o, f)


def rnn_backward(
    d_state: State, factors: State, w_hh: Array
) -> tuple[State, State]:
    """∂loss/∂ of the state before, and of W x + b + U h."""
    (dh,), (d_a,) = d_state, factors
    da = dh * d_a  # (B, H)
    return (da @ w_hh.T,), (da,)


def gru_backward(
    d_state: State, factors: State, w_hh: Array
) -> tuple[State, State]:
    """∂loss/∂ of the state before, of W x + b and of U h + b."""
    (dh,), (d_r, d_z, d_n, r, z) = d_state, factors
    dr, dz, dn = dh * d_r, dh * d_z, dh * d_n
    d_wx = jnp.concatenate((dr, dz, dn), axis=-1)  # (B, 3H)
    d_uh = jnp.concatenate((dr, dz, dn * r), axis=-1)
    return (d_uh @ w_hh.T + dh * z,), (d_wx, d_uh)


def lstm_backward(
    d_state: State, factors: State, w_hh: Array
) -> tuple[State, State]:
    """∂loss/∂ of the state before, and of W x + b + U h."""
    (dh, dc), (d_c, d_i, d_f, d_g, d_o, f) = d_state, factors
    dc = dc + dh * d_c
    gates = (dc * d_i, dc * d_f, dc * d_g, dh * d_o)
    da = jnp.concatenate(gates, axis=-1)  # (B, 4H)
    return (da @ w_hh.T, dc * f), (da,)


FORWARD = {
    "rnn": rnn_forward,
    "rnn-relu": rnn_relu_forward,
    "gru": gru_forward,
    "lstm": lstm_forward,
}
BACKWARD = {
    "rnn": rnn_backward,
    "rnn-relu": rnn_backward,
    "gru": gru_backward,
    "lstm": lstm_backward,
}


def unroll_forward(
    cell: str,
    reverse: bool,
    x: Array,
    first: State,
    weights: State,
    inside: Array | None,
) -> tuple[tuple[Array, State], tuple]:
    """Outputs (T, B, H) and the last state; what the way back needs."""
    w_ih, w_hh, b_ih, *b_hh = weights

    def step(state: State, inputs: tuple) -> tuple[State, tuple]:
        x, inside = inputs
        new, factors = FORWARD[cell](x @ w_ih + b_ih, state, w_hh, *b_hh)
        after = new if inside is None else freeze(inside, new, state)
        return after, (after[0], factors)

    last, (outputs, factors) = lax.scan(
        step, first, (x, inside), reverse=reverse
    )
    return (outputs, last), (x, first, weights, inside, outputs, factors)


def unroll_backward(
    cell: str, reverse: bool, saved: tuple, gradients: tuple[Array, State]
) -> tuple:
    """∂loss/∂ of x, of the first state and of the weights."""
    x, first, (w_ih, w_hh, *biases), inside, outputs, factors = saved
    d_outputs, d_last = gradients

    def step(d_state: State, inputs: tuple) -> tuple[State, tuple]:
        d_output, factors, inside = inputs
        d_state = (d_state[0] + d_output, *d_state[1:])
        if inside is None:
            return BACKWARD[cell](d_state, factors, w_hh)
        # In its padding, the state of a sequence is the one before.
        zeros = jax.tree.map(jnp.zeros_like, d_state)
        d_new = freeze(inside, d_state, zeros)
        d_before, found = BACKWARD[cell](d_new, factors, w_hh)
        d_frozen = freeze(inside, zeros, d_state)
        return jax.tree.map(jnp.add, d_before, d_frozen), found

    d_first, found = lax.scan(
        step, d_last, (d_outputs, factors, inside), reverse=not reverse
    )
    d_wx, d_uh = found[0], found[-1]  # (T, B, G·H), the same unless a GRU's
    begin = first[0][None]  # (1, B, H)
    h = (outputs[1:], begin) if reverse else (begin, outputs[:-1])
    d_w_ih = weight_gradient(x, d_wx)
    d_w_hh = weight_gradient(jnp.concatenate(h), d_uh)
    d_biases = (d.sum((0, 1)) for d, _ in zip((d_wx, d_uh), biases))
    return d_wx @ w_ih.T, d_first, (d_w_ih, d_w_hh, *d_biases), None


def weight_gradient(inputs: Array, d_products: Array) -> Array:
    """Σ xᵀ d over all steps in one product: (T, B, D), (T, B, G·H)."""
    x, d = (a.reshape(-1, a.shape[-1]) for a in (inputs, d_products))
    return x.T @ d  # (D, G·H)


def unroll(
    cell: str,
    reverse: bool,
    x: Array,
    first: State,
    weights: State,
    inside: Array | None,
) -> tuple[Array, State]:
    """Outputs (T, B, H) and the last state: x (T, B, D), inside (T, B)."""
    forward = partial(unroll_forward, cell, reverse)
    with_gradient = jax.custom_vjp(lambda *inputs: forward(*inputs)[0])
    with_gradient.defvjp(forward, partial(unroll_backward, cell, reverse))
    return with_gradient(x, first, weights, inside)


class BpttLayer(ScratchLayer):
    """One layer in one direction: (B, T, D) -> (B, T, H), state."""

    def __call__(
        self,
        x: Array,
        lengths: Array | None = None,
        state: State | None = None,
    ) -> tuple[Array, State]:
        """Outputs (B, T, H) and the state after the last step."""
        first = self.initial_state(len(x)) if state is None else tuple(state)
        inside = sequence_mask(x, lengths)
        outputs, last = unroll(
            *(self.cell, self.reverse, x.swapaxes(0, 1), first),
            tuple(getattr(self, name)[...] for name in WEIGHT_NAMES[self.cell]),
            inside if inside is None else inside.T,
        )
        return outputs.swapaxes(0, 1), last


class BpttRecurrent(ScratchRecurrent):
    """Stacked layers: (B, T, D) -> (B, T, H'), state."""

    layer = BpttLayer
