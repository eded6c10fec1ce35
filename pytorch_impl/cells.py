"""Recurrent layers from scratch: one time step, then the loop over time."""

from collections.abc import Iterator
from functools import partial

import torch
from torch import Tensor, nn

from pytorch_impl.layer_norm import NORMALIZED_STEPS, layer_norm
from pytorch_impl.recurrent_dropout import product, recurrent_masks
from pytorch_impl.scan import IDENTITY, associative_scan
from shared.specs import (
    GATES,
    NORM_SPANS,
    STATE_NAMES,
    ModelSpec,
    step_weights,
)
from shared.weights.layout import layer_shapes

State = tuple[Tensor, ...]


def rnn_step(
    wx: Tensor, state: State, w_hh: Tensor, masks: State = ()
) -> tuple[State, State]:
    """h' = tanh(W x + b + U h): wx (B, H), (h,) -> (h',), no gates."""
    (h,) = state
    h = torch.tanh(wx + product(h, w_hh, masks))
    return (h,), ()  # (B, H)


def rnn_relu_step(
    wx: Tensor, state: State, w_hh: Tensor, masks: State = ()
) -> tuple[State, State]:
    """h' = relu(W x + b + U h): wx (B, H), (h,) -> (h',), no gates."""
    (h,) = state
    h = torch.relu(wx + product(h, w_hh, masks))
    return (h,), ()  # (B, H)


def gru_step(
    wx: Tensor, state: State, w_hh: Tensor, b_hh: Tensor, masks: State = ()
) -> tuple[State, State]:
    """h' = (1 - z) n + z h: wx (B, 3H), (h,) -> (h',), (r, z, n)."""
    (h,) = state
    wx_r, wx_z, wx_n = wx.chunk(3, dim=-1)  # each (B, H)
    uh = product(h, w_hh, masks) + b_hh  # (B, 3H)
    uh_r, uh_z, uh_n = uh.chunk(3, dim=-1)  # each (B, H)
    r = torch.sigmoid(wx_r + uh_r)
    z = torch.sigmoid(wx_z + uh_z)
    n = torch.tanh(wx_n + r * uh_n)
    h = (1 - z) * n + z * h
    return (h,), (r, z, n)  # each (B, H)


def lstm_step(
    wx: Tensor, state: State, w_hh: Tensor, masks: State = ()
) -> tuple[State, State]:
    """c' = f c + i g, h' = o tanh(c'): wx (B, 4H) -> (h', c'), (i, f, g, o)."""
    h, c = state
    gates = wx + product(h, w_hh, masks)  # (B, 4H)
    i, f, g, o = gates.chunk(4, dim=-1)  # each (B, H)
    i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
    g = torch.tanh(g)
    c = f * c + i * g
    h = o * torch.tanh(c)
    return (h, c), (i, f, g, o)  # each (B, H)


def mgu_step(
    wx: Tensor, state: State, w_hh: Tensor, masks: State = ()
) -> tuple[State, State]:
    """h' = (1 - f) h + f n: wx (B, 2H), (h,) -> (h',), (f, n)."""
    (h,) = state
    wx_f, wx_n = wx.chunk(2, dim=-1)  # each (B, H)
    u_f, u_n = w_hh.chunk(2, dim=-1)  # each (H, H)
    f = torch.sigmoid(wx_f + product(h, u_f, masks[:1]))
    n = torch.tanh(wx_n + product(f * h, u_n, masks[1:]))
    h = (1 - f) * h + f * n
    return (h,), (f, n)  # each (B, H)


def mingru_step(wx: Tensor, state: State) -> tuple[State, State]:
    """h' = (1 - z) h + z n: wx (B, 2H), (h,) -> (h',), (z, n)."""
    (h,) = state
    wx_z, n = wx.chunk(2, dim=-1)  # each (B, H)
    z = torch.sigmoid(wx_z)
    h = (1 - z) * h + z * n
    return (h,), (z, n)  # each (B, H)


def minlstm_step(wx: Tensor, state: State) -> tuple[State, State]:
    """h' = (f h + i g) / (i + f): wx (B, 3H), (h,) -> (h',), (i, f, g)."""
    (h,) = state
    wx_i, wx_f, g = wx.chunk(3, dim=-1)  # each (B, H)
    i, f = torch.sigmoid(wx_i), torch.sigmoid(wx_f)
    h = (f * h + i * g) / (i + f)
    return (h,), (i, f, g)  # each (B, H)


STEPS = {
    "rnn": rnn_step,
    "rnn-relu": rnn_relu_step,
    "gru": gru_step,
    "lstm": lstm_step,
    "mgu": mgu_step,
    "mingru": mingru_step,
    "minlstm": minlstm_step,
}


# Where h' = a h + b and neither reads h, a scan computes all steps at once.
def mingru_terms(wx: Tensor) -> State:
    """a = 1 - z, b = z n: wx (B, T, 2H) -> each (B, T, H)."""
    wx_z, n = wx.chunk(2, dim=-1)
    z = torch.sigmoid(wx_z)
    return 1 - z, z * n


def minlstm_terms(wx: Tensor) -> State:
    """a = f / (i + f), b = i g / (i + f): wx (B, T, 3H) -> each (B, T, H)."""
    wx_i, wx_f, g = wx.chunk(3, dim=-1)
    i, f = torch.sigmoid(wx_i), torch.sigmoid(wx_f)
    return f / (i + f), i * g / (i + f)


PARALLEL = {"mingru": mingru_terms, "minlstm": minlstm_terms}


# The layers of the framework itself, where it has them.
LAYERS = {
    "rnn": partial(nn.RNN, nonlinearity="tanh"),
    "rnn-relu": partial(nn.RNN, nonlinearity="relu"),
    "gru": nn.GRU,
    "lstm": nn.LSTM,
}


def sequence_mask(x: Tensor, lengths: Tensor | None) -> Tensor | None:
    """Which steps are inside each sequence: x (B, T, ...) -> (B, T)."""
    if lengths is None:
        return None
    steps = torch.arange(x.shape[1], device=x.device)  # (T,)
    return steps < lengths[:, None]


def freeze(mask: Tensor, new: State, old: State) -> State:
    """The new state where the step is inside the sequence, else the old."""
    # nn.LSTM freezes a state by packing, Keras by a mask; a plain loop by hand.
    inside = mask[:, None]  # (B, 1)
    return tuple(torch.where(inside, n, o) for n, o in zip(new, old))


class ScratchLayer(nn.Module):
    """One layer in one direction: (B, T, D) -> (B, T, H), state."""

    def __init__(self, spec: ModelSpec, size: int, reverse: bool):
        super().__init__()
        self.cell, hidden = spec.cell, spec.hidden_size
        self.layer_norm, self.reverse = spec.layer_norm, reverse
        for name, shape in layer_shapes(spec, size).items():
            parameter = nn.Parameter(torch.ones(shape))
            if not name.startswith("gain"):
                nn.init.uniform_(parameter, -(hidden**-0.5), hidden**-0.5)
            self.register_parameter(name, parameter)
        self.hidden = hidden
        self.recurrent_dropout = nn.Dropout(spec.recurrent_dropout)

    def initial_state(self, batch: int) -> State:
        """Zeros: (h,) or (h, c), each (B, H)."""
        zeros = self.b_ih.new_zeros(batch, self.hidden)
        return (zeros,) * len(STATE_NAMES[self.cell])

    def forward(
        self,
        x: Tensor,
        lengths: Tensor | None = None,
        state: State | None = None,
    ) -> tuple[Tensor, State]:
        """Outputs (B, T, H) and the state after the last step."""
        if self.cell in PARALLEL and x.shape[1] > 1:
            return self.scan(x, lengths, state)
        outputs = [x] * x.shape[1]
        for t, after, _ in self.steps(x, lengths, state):
            outputs[t] = after[0]
        return torch.stack(outputs, dim=1), after

    def project(self, x: Tensor) -> Tensor:
        """W x + b, or g LN(W x) + b: x (..., D) -> (..., G·H)."""
        wx = x @ self.w_ih
        if self.layer_norm:
            wx = self.gain_ih * layer_norm(wx, NORM_SPANS[self.cell])
        return wx + self.b_ih

    def scan(
        self,
        x: Tensor,
        lengths: Tensor | None = None,
        state: State | None = None,
    ) -> tuple[Tensor, State]:
        """The same of all steps at once."""
        terms = PARALLEL[self.cell](self.project(x))
        if lengths is not None:
            mask = sequence_mask(x, lengths)[:, :, None]  # (B, T, 1)
            pairs = zip(terms, IDENTITY)
            terms = tuple(torch.where(mask, x, same) for x, same in pairs)
        a, b = associative_scan(terms, self.reverse)
        (h,) = state or self.initial_state(len(x))
        outputs = a * h[:, None] + b  # (B, T, H)
        return outputs, (outputs[:, 0 if self.reverse else -1],)

    def steps(
        self,
        x: Tensor,
        lengths: Tensor | None = None,
        state: State | None = None,
    ) -> Iterator[tuple[int, State, State]]:
        """The loop over time: the state and the gates of each step."""
        # A slice for each step would have a gradient of all T steps.
        wx = self.project(x).unbind(1)  # T times (B, G·H)
        state = state or self.initial_state(len(x))
        names = step_weights(self.cell, self.layer_norm)
        recurrent = [getattr(self, name) for name in names]
        if masks := recurrent_masks(
            self.recurrent_dropout, state[0], GATES[self.cell]
        ):
            recurrent.append(masks)
        table = NORMALIZED_STEPS if self.layer_norm else STEPS
        mask, times = sequence_mask(x, lengths), range(x.shape[1])
        for t in reversed(times) if self.reverse else times:
            new, gates = table[self.cell](wx[t], state, *recurrent)
            state = new if mask is None else freeze(mask[:, t], new, state)
            yield t, state, gates


class ScratchRecurrent(nn.Module):
    """Stacked layers from scratch: (B, T, D) -> (B, T, H'), state."""

    def __init__(self, spec: ModelSpec, size: int):
        super().__init__()
        self.dropout = nn.Dropout(spec.dropout)
        directions = (False, True) if spec.bidirectional else (False,)
        self.layers = nn.ModuleList()
        for _ in range(spec.num_layers):
            self.layers.append(
                nn.ModuleList(
                    ScratchLayer(spec, size, reverse) for reverse in directions
                )
            )
            size = spec.hidden_size * len(directions)

    def forward(
        self,
        x: Tensor,
        lengths: Tensor | None = None,
        state: list[list[State]] | None = None,
    ) -> tuple[Tensor, list[list[State]]]:
        """Outputs (B, T, H') and the state after the last step."""
        state, after = state or self.initial_state(len(x)), []
        for directions, before in zip(self.layers, state):
            results = [
                layer(x, lengths, start)
                for layer, start in zip(directions, before)
            ]
            outputs = torch.cat([outputs for outputs, _ in results], dim=-1)
            after.append([state for _, state in results])
            x = self.dropout(outputs)  # (B, T, H')
        return outputs, after

    def initial_state(self, batch: int) -> list[list[State]]:
        """Zeros: the state of each layer and direction."""
        return [
            [layer.initial_state(batch) for layer in directions]
            for directions in self.layers
        ]

    def state_from(self, layer_states: list[State]) -> list[list[State]]:
        """The state of one direction from (h,) or (h, c) of each layer."""
        return [[state] for state in layer_states]

    def select_rows(
        self, state: list[list[State]], rows: Tensor
    ) -> list[list[State]]:
        """The state of some rows of the batch: (B, H) -> (R, H)."""
        return [
            [tuple(part[rows] for part in one) for one in directions]
            for directions in state
        ]
