"""Backpropagation through time by hand: `--impl bptt`.

The forward pass keeps the gates and states of each step. From these the
factors of the backward pass follow for all steps at once; a loop backward over
time (Werbos 1990) multiplies the gradient of the state by them, and the
gradient of the recurrent weights is one product over all steps.
"""

from functools import partial

import jax
import jax.numpy as jnp
from jax import Array, lax

from jax_impl.cells import STEPS, State
from jax_impl.scratch import (
    ScratchLayer,
    ScratchRecurrent,
    freeze,
    sequence_mask,
)
from shared.specs import step_weights


def gru_kept_step(
    wx: Array, state: State, w_hh: Array, b_hh: Array
) -> tuple[State, State]:
    """The step of a GRU that keeps r, z, n and U_n h + b_n, each (B, H)."""
    (h,) = state
    wx_r, wx_z, wx_n = jnp.split(wx, 3, axis=-1)  # each (B, H)
    uh_r, uh_z, uh_n = jnp.split(h @ w_hh + b_hh, 3, axis=-1)
    r = jax.nn.sigmoid(wx_r + uh_r)
    z = jax.nn.sigmoid(wx_z + uh_z)
    n = jnp.tanh(wx_n + r * uh_n)
    return ((1 - z) * n + z * h,), (r, z, n, uh_n)


# What the gradient of the state is multiplied by, of all steps at once: the
# derivatives of h' = tanh(a), of σ(a) and tanh(a) are 1 - h'², σ (1 - σ) and
# 1 - tanh². Each is (T, B, H), and so are the states before and after a step.
def rnn_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂a = 1 - h'²."""
    (h,) = after
    return (1 - h**2,)


def rnn_relu_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂a = 1 where h' > 0, else 0."""
    (h,) = after
    return ((h > 0).astype(h.dtype),)


def gru_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂a of r, z, n, and ∂h'/∂(U_n h), then z: a gate carries h."""
    (h,), (r, z, n, uh_n) = before, kept
    to_n = (1 - z) * (1 - n**2)
    to_r = to_n * uh_n * r * (1 - r)
    to_z = (h - n) * z * (1 - z)
    return to_r, to_z, to_n, to_n * r, z


def lstm_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂c', then ∂c'/∂a of i, f, g and ∂h'/∂a of o, then f."""
    (_, c_before), (_, c), (i, f, g, o) = before, after, kept
    tanh_c = jnp.tanh(c)
    to_c = o * (1 - tanh_c**2)
    to_i, to_f = g * i * (1 - i), c_before * f * (1 - f)
    to_g, to_o = i * (1 - g**2), tanh_c * o * (1 - o)
    return to_c, to_i, to_f, to_g, to_o, f


def rnn_backward(
    d_state: State, factors: State, w_hh: Array
) -> tuple[State, Array, Array]:
    """∂loss/∂ of the state before, of W x + b and of U h."""
    (dh,), (to_a,) = d_state, factors
    da = dh * to_a  # (B, H)
    return (da @ w_hh.T,), da, da


def gru_backward(
    d_state: State, factors: State, w_hh: Array
) -> tuple[State, Array, Array]:
    """∂loss/∂ of the state before, of W x + b and of U h + b."""
    (dh,), (to_r, to_z, to_n, to_uh_n, z) = d_state, factors
    dr, dz = dh * to_r, dh * to_z
    d_wx = jnp.concatenate((dr, dz, dh * to_n), axis=-1)  # (B, 3H)
    d_uh = jnp.concatenate((dr, dz, dh * to_uh_n), axis=-1)
    return (dh * z + d_uh @ w_hh.T,), d_wx, d_uh


def lstm_backward(
    d_state: State, factors: State, w_hh: Array
) -> tuple[State, Array, Array]:
    """∂loss/∂ of the state before, of W x + b and of U h."""
    (dh, dc), (to_c, to_i, to_f, to_g, to_o, f) = d_state, factors
    dc = dc + dh * to_c
    gates = (dc * to_i, dc * to_f, dc * to_g, dh * to_o)
    da = jnp.concatenate(gates, axis=-1)  # (B, 4H)
    return (da @ w_hh.T, dc * f), da, da


KEPT_STEPS = {**STEPS, "gru": gru_kept_step}
FACTORS = {
    "rnn": rnn_factors,
    "rnn-relu": rnn_relu_factors,
    "gru": gru_factors,
    "lstm": lstm_factors,
}
BACKWARD = {
    "rnn": rnn_backward,
    "rnn-relu": rnn_backward,
    "gru": gru_backward,
    "lstm": lstm_backward,
}


@partial(jax.custom_vjp, nondiff_argnums=(0, 1))
def unroll(
    cell: str,
    reverse: bool,
    wx: Array,
    state: State,
    recurrent: State,
    inside: Array | None,
) -> tuple[Array, State]:
    """Outputs (T, B, H) and the last state: wx (T, B, G·H), inside (T, B)."""
    result, _ = unroll_forward(cell, reverse, wx, state, recurrent, inside)
    return result


def unroll_forward(
    cell: str,
    reverse: bool,
    wx: Array,
    state: State,
    recurrent: State,
    inside: Array | None,
) -> tuple[tuple[Array, State], tuple]:
    """The same, and what the backward pass needs."""

    def step(state: State, inputs: tuple) -> tuple[State, tuple]:
        wx, inside = inputs
        new, kept = KEPT_STEPS[cell](wx, state, *recurrent)
        after = new if inside is None else freeze(inside, new, state)
        return after, (state, after, kept)

    last, steps = lax.scan(step, state, (wx, inside), reverse=reverse)
    outputs = steps[1][0]
    return (outputs, last), (*steps, recurrent, inside)


def unroll_backward(
    cell: str, reverse: bool, saved: tuple, gradients: tuple
) -> tuple:
    """∂loss/∂ of wx, of the first state and of the recurrent weights."""
    before, after, kept, recurrent, inside = saved
    d_outputs, d_last = gradients
    factors = FACTORS[cell](before, after, kept)
    w_hh = recurrent[0]

    def step(d_state: State, inputs: tuple) -> tuple[State, tuple]:
        d_output, factors, inside = inputs
        d_state = (d_state[0] + d_output, *d_state[1:])
        if inside is None:
            d_before, *found = BACKWARD[cell](d_state, factors, w_hh)
            return d_before, found
        # Past its end, the state of a sequence is the one before.
        zeros = jax.tree.map(jnp.zeros_like, d_state)
        d_new = freeze(inside, d_state, zeros)
        d_before, *found = BACKWARD[cell](d_new, factors, w_hh)
        kept = freeze(inside, zeros, d_state)
        return jax.tree.map(jnp.add, d_before, kept), found

    inputs = (d_outputs, factors, inside)
    d_first, (d_wx, d_uh) = lax.scan(step, d_last, inputs, reverse=not reverse)
    d_w_hh = jnp.einsum("tbh,tbg->hg", before[0], d_uh)
    d_biases = (d_uh.sum((0, 1)),) * len(recurrent[1:])
    return d_wx, d_first, (d_w_hh, *d_biases), None


unroll.defvjp(unroll_forward, unroll_backward)


class BpttLayer(ScratchLayer):
    """One layer in one direction: (B, T, D) -> (B, T, H), state."""

    def __call__(
        self,
        x: Array,
        lengths: Array | None = None,
        state: State | None = None,
    ) -> tuple[Array, State]:
        """Outputs (B, T, H) and the state after the last step."""
        first = self.initial_state(len(x)) if state is None else state
        inside = sequence_mask(x, lengths)
        wx = self.project(x.swapaxes(0, 1))  # (T, B, G·H)
        outputs, last = unroll(
            *(self.cell, self.reverse, wx, tuple(first), self.recurrent()),
            inside if inside is None else inside.T,
        )
        return outputs.swapaxes(0, 1), last

    def recurrent(self) -> State:
        """The weights that a step applies to the state."""
        return tuple(getattr(self, n)[...] for n in step_weights(self.cell))


class BpttRecurrent(ScratchRecurrent):
    """Stacked layers: (B, T, D) -> (B, T, H'), state."""

    layer = BpttLayer
