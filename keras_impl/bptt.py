"""Backpropagation through time by hand: `--impl bptt`.

The forward pass keeps the gates and states of each step. From these the
factors of the backward pass follow for all steps at once; a loop backward over
time (Werbos 1990) multiplies the gradient of the state by them, and the
gradient of the recurrent weights is one product over all steps.
"""

from typing import Any

from keras import layers, ops

from keras_impl.cells import STEPS, State
from keras_impl.scratch import (
    ScratchLayer,
    ScratchRecurrent,
    sequence_mask,
)
from shared.specs import GATES, STATE_NAMES, ModelSpec


def gru_kept_step(wx, state: State, w_hh, b_hh) -> tuple[State, State]:
    """The step of a GRU that keeps r, z, n and U_n h + b_n, each (B, H)."""
    (h,) = state
    wx_r, wx_z, wx_n = ops.split(wx, 3, axis=-1)  # each (B, H)
    uh_r, uh_z, uh_n = ops.split(ops.matmul(h, w_hh) + b_hh, 3, axis=-1)
    r = ops.sigmoid(wx_r + uh_r)
    z = ops.sigmoid(wx_z + uh_z)
    n = ops.tanh(wx_n + r * uh_n)
    return ((1 - z) * n + z * h,), (r, z, n, uh_n)


# What the gradient of the state is multiplied by, of all steps at once: the
# derivatives of h' = tanh(a), of σ(a) and tanh(a) are 1 - h'², σ (1 - σ) and
# 1 - tanh². Each is (B, T, H), and so are the states before and after a step.
def rnn_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂a = 1 - h'²."""
    (h,) = after
    return (1 - h**2,)


def rnn_relu_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂a = 1 where h' > 0, else 0."""
    (h,) = after
    return (ops.cast(h > 0, h.dtype),)


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
    tanh_c = ops.tanh(c)
    to_c = o * (1 - tanh_c**2)
    to_i, to_f = g * i * (1 - i), c_before * f * (1 - f)
    to_g, to_o = i * (1 - g**2), tanh_c * o * (1 - o)
    return to_c, to_i, to_f, to_g, to_o, f


def rnn_backward(
    d_state: State, factors: State, w_hh
) -> tuple[State, Any, Any]:
    """∂loss/∂ of the state before, of W x + b and of U h."""
    (dh,), (to_a,) = d_state, factors
    da = dh * to_a  # (B, H)
    return (ops.matmul(da, ops.transpose(w_hh)),), da, da


def gru_backward(
    d_state: State, factors: State, w_hh
) -> tuple[State, Any, Any]:
    """∂loss/∂ of the state before, of W x + b and of U h + b."""
    (dh,), (to_r, to_z, to_n, to_uh_n, z) = d_state, factors
    dr, dz = dh * to_r, dh * to_z
    d_wx = ops.concatenate((dr, dz, dh * to_n), axis=-1)  # (B, 3H)
    d_uh = ops.concatenate((dr, dz, dh * to_uh_n), axis=-1)
    dh = dh * z + ops.matmul(d_uh, ops.transpose(w_hh))
    return (dh,), d_wx, d_uh


def lstm_backward(
    d_state: State, factors: State, w_hh
) -> tuple[State, Any, Any]:
    """∂loss/∂ of the state before, of W x + b and of U h."""
    (dh, dc), (to_c, to_i, to_f, to_g, to_o, f) = d_state, factors
    dc = dc + dh * to_c
    gates = (dc * to_i, dc * to_f, dc * to_g, dh * to_o)
    da = ops.concatenate(gates, axis=-1)  # (B, 4H)
    return (ops.matmul(da, ops.transpose(w_hh)), dc * f), da, da


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


def freeze(inside, new: State, old: State) -> State:
    """The new state where the step is inside the sequence, else the old."""
    return tuple(ops.where(inside > 0, n, o) for n, o in zip(new, old))


class ForwardCell(layers.Layer):
    """The step whose output is the state before, after, and what it keeps."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="forward_cell")
        self.cell, self.hidden = spec.cell, spec.hidden_size
        self.state_size = [self.hidden] * len(STATE_NAMES[self.cell])
        self.columns = GATES[self.cell] * self.hidden
        self.recurrent = ()

    def call(self, inputs, state: list) -> tuple[Any, list]:
        """Inputs: wx (B, G·H) and, where sequences end early, inside (B, 1)."""
        wx, inside = inputs[:, : self.columns], inputs[:, self.columns :]
        before = tuple(state)
        new, kept = KEPT_STEPS[self.cell](wx, before, *self.recurrent)
        if inside.shape[1]:
            new = freeze(inside, new, before)
        return ops.concatenate((*before, *new, *kept), axis=-1), list(new)


class BackwardCell(layers.Layer):
    """The step backward, whose state is the gradient of the state."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="backward_cell")
        self.cell, self.hidden = spec.cell, spec.hidden_size
        self.state_size = [self.hidden] * len(STATE_NAMES[self.cell])
        self.w_hh = None

    def call(self, inputs, d_state: list) -> tuple[Any, list]:
        """Inputs: the gradient of the state after, the factors, inside."""
        count = inputs.shape[1] // self.hidden
        *parts, inside = ops.split(
            inputs, [n * self.hidden for n in range(1, count + 1)], axis=-1
        )
        added, factors = parts[: len(d_state)], parts[len(d_state) :]
        d_state = tuple(d + a for d, a in zip(d_state, added))
        d_new, zeros = d_state, tuple(map(ops.zeros_like, d_state))
        if inside.shape[1]:
            # Past its end, the state of a sequence is the one before.
            d_new = freeze(inside, d_state, zeros)
        d_before, *found = BACKWARD[self.cell](d_new, factors, self.w_hh)
        if inside.shape[1]:
            old = freeze(inside, zeros, d_state)
            d_before = tuple(d + o for d, o in zip(d_before, old))
        return ops.concatenate(found, axis=-1), list(d_before)


class BpttLayer(ScratchLayer):
    """One layer in one direction: (B, T, D) -> (B, T, H), state."""

    def __init__(self, spec: ModelSpec, reverse: bool, name: str):
        super().__init__(spec, reverse, name)
        self.forward_loop, self.backward_loop = (
            layers.RNN(
                cell(spec),
                return_sequences=True,
                return_state=True,
                go_backwards=backwards,
                name=f"{cell.__name__}_loop",
            )
            for cell, backwards in (
                (ForwardCell, reverse),
                (BackwardCell, not reverse),
            )
        )

    def call(
        self, x, lengths=None, state=None, perturbation=None, training=None
    ) -> tuple:
        """Outputs (B, T, H) and the state after the last step."""
        first = state or self.initial_state(ops.shape(x)[0])
        wx = self.project(x)  # (B, T, G·H)
        inside = sequence_mask(x, lengths)
        if inside is not None:
            inside = ops.cast(inside[..., None], wx.dtype)  # (B, T, 1)
        cell, count = self.loop.cell, len(first)
        weights = [getattr(cell, name).value for name in cell.names]

        @ops.custom_gradient
        def unroll(wx, *tensors):
            steps = self.unroll_forward(wx, tensors, inside)

            def backward(*upstream, **named):
                # PyTorch passes the arguments too, and names the gradient.
                (d_states,) = named.values() or upstream
                return self.unroll_backward(d_states, steps, tensors, inside)

            return ops.concatenate(steps[1], axis=-1), backward

        states = unroll(wx, *first, *weights)  # (B, T, H) or (B, T, 2H)
        last = states[:, 0 if self.reverse else -1]
        return states[..., : cell.hidden], tuple(ops.split(last, count, -1))

    def unroll_forward(self, wx, tensors: State, inside) -> list[State]:
        """States before and after each step and what it keeps, (B, T, H)."""
        cell, count = self.forward_loop.cell, len(STATE_NAMES[self.cell])
        cell.recurrent = tensors[count:]
        inputs = (wx,) if inside is None else (wx, inside)
        inputs = ops.concatenate(inputs, axis=-1)
        first = list(tensors[:count])
        outputs, *_ = self.forward_loop(inputs, initial_state=first)
        cell.recurrent = ()
        if self.reverse:
            outputs = ops.flip(outputs, axis=1)
        parts = ops.split(outputs, outputs.shape[-1] // cell.hidden, axis=-1)
        return [
            tuple(parts[:count]),
            tuple(parts[count : 2 * count]),
            tuple(parts[2 * count :]),
        ]

    def unroll_backward(
        self, d_states, steps: list[State], tensors: State, inside
    ) -> tuple:
        """∂loss/∂ of wx, of the first state and of the recurrent weights."""
        before, count = steps[0], len(steps[0])
        self.backward_loop.cell.w_hh, *biases = tensors[count:]
        inputs = [d_states, *FACTORS[self.cell](*steps)]
        inputs = [*inputs, *([] if inside is None else [inside])]
        found, *d_first = self.backward_loop(
            ops.concatenate(inputs, axis=-1),
            initial_state=[ops.zeros_like(part) for part in tensors[:count]],
        )
        if not self.reverse:
            found = ops.flip(found, axis=1)
        d_wx, d_uh = ops.split(found, 2, axis=-1)  # each (B, T, G·H)
        d_w_hh = ops.einsum("bth,btg->hg", before[0], d_uh)
        d_biases = [ops.sum(d_uh, (0, 1)) for _ in biases]
        return d_wx, *d_first, d_w_hh, *d_biases


class BpttRecurrent(ScratchRecurrent):
    """Stacked layers: (B, T, D) -> (B, T, H'), state."""

    layer = BpttLayer
