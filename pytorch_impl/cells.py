"""Recurrent layers from scratch: one time step, then the loop over time."""

import torch
from torch import Tensor, nn

from shared.specs import GATES, ModelSpec


def rnn_step(x: Tensor, state: tuple, w_hh: Tensor, b_hh: None) -> tuple:
    """h' = tanh(W x + b + U h): x (B, H), state (h,) -> state."""
    (h,) = state
    return (torch.tanh(x + h @ w_hh),)  # (B, H)


def rnn_relu_step(x: Tensor, state: tuple, w_hh: Tensor, b_hh: None) -> tuple:
    """h' = relu(W x + b + U h): x (B, H), state (h,) -> state."""
    (h,) = state
    return (torch.relu(x + h @ w_hh),)  # (B, H)


def gru_gates(x: Tensor, h: Tensor, w_hh: Tensor, b_hh: Tensor) -> tuple:
    """n sees r * (U h + b_h): x (B, 3H), h (B, H) -> r, z, n."""
    x_r, x_z, x_n = x.chunk(3, dim=-1)  # each (B, H)
    h_r, h_z, h_n = (h @ w_hh + b_hh).chunk(3, dim=-1)  # each (B, H)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return r, z, n  # each (B, H)


def gru_step(x: Tensor, state: tuple, w_hh: Tensor, b_hh: Tensor) -> tuple:
    """h' = (1 - z) n + z h: x (B, 3H), state (h,) -> state."""
    (h,) = state
    _, z, n = gru_gates(x, h, w_hh, b_hh)
    return ((1 - z) * n + z * h,)  # (B, H)


def lstm_gates(x: Tensor, h: Tensor, w_hh: Tensor, b_hh: None) -> tuple:
    """σ (g: tanh) of W x + b + U h: x (B, 4H), h (B, H) -> i, f, g, o."""
    i, f, g, o = (x + h @ w_hh).chunk(4, dim=-1)  # each (B, H)
    return torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)


def lstm_step(x: Tensor, state: tuple, w_hh: Tensor, b_hh: None) -> tuple:
    """c' = f c + i g, h' = o tanh(c'): x (B, 4H), (h, c) -> (h, c)."""
    h, c = state
    i, f, g, o = lstm_gates(x, h, w_hh, b_hh)
    c = f * c + i * g
    h = o * torch.tanh(c)
    return h, c  # each (B, H)


STEPS = {
    "rnn": rnn_step,
    "rnn-relu": rnn_relu_step,
    "gru": gru_step,
    "lstm": lstm_step,
}
STATES = {"rnn": 1, "rnn-relu": 1, "gru": 1, "lstm": 2}


class ScratchLayer(nn.Module):
    """One layer, one direction: (B, T, D) -> (B, T, H), last state."""

    def __init__(self, cell: str, size: int, hidden: int, reverse: bool):
        super().__init__()
        self.cell, self.hidden, self.reverse = cell, hidden, reverse
        columns = GATES[cell] * hidden
        self.w_ih = nn.Parameter(torch.empty(size, columns))
        self.w_hh = nn.Parameter(torch.empty(hidden, columns))
        self.b_ih = nn.Parameter(torch.empty(columns))
        self.b_hh = (
            nn.Parameter(torch.empty(columns)) if cell == "gru" else None
        )
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -(hidden**-0.5), hidden**-0.5)

    def start(self, batch: int) -> tuple:
        """The state before the first step: (h,) or (h, c), each (B, H)."""
        return (self.w_hh.new_zeros(batch, self.hidden),) * STATES[self.cell]

    def forward(self, x: Tensor, lengths: Tensor | None, state: tuple):
        """Run over time; the state of a sequence freezes past its end."""
        steps = x @ self.w_ih + self.b_ih  # (B, T, G·H)
        time = steps.shape[1]
        outputs = [state[0]] * time
        for t in reversed(range(time)) if self.reverse else range(time):
            new = STEPS[self.cell](steps[:, t], state, self.w_hh, self.b_hh)
            state = new if lengths is None else freeze(t, lengths, new, state)
            outputs[t] = state[0]
        return torch.stack(outputs, dim=1), state


def freeze(t: int, lengths: Tensor, new: tuple, old: tuple) -> tuple:
    """The new state where step t is inside the sequence, else the old."""
    inside = (t < lengths)[:, None]  # (B, 1)
    return tuple(torch.where(inside, n, o) for n, o in zip(new, old))


class ScratchRecurrent(nn.Module):
    """Stacked layers from scratch: (B, T, D) -> (B, T, H'), last (B, H')."""

    def __init__(self, spec: ModelSpec, size: int):
        super().__init__()
        self.dropout = nn.Dropout(spec.dropout)
        directions = (False, True) if spec.bidirectional else (False,)
        self.layers = nn.ModuleList()
        for _ in range(spec.num_layers):
            self.layers.append(
                nn.ModuleList(
                    ScratchLayer(spec.cell, size, spec.hidden_size, reverse)
                    for reverse in directions
                )
            )
            size = spec.hidden_size * len(directions)

    def forward(self, x: Tensor, lengths: Tensor | None):
        """Feed each layer's outputs, both directions joined, to the next."""
        for layer in self.layers:
            results = [way(x, lengths, way.start(len(x))) for way in layer]
            outputs, states = zip(*results)
            outputs = torch.cat(outputs, -1)  # (B, T, H')
            x = self.dropout(outputs)
        return outputs, torch.cat([state[0] for state in states], -1)

    def start(self, batch: int) -> list:
        """The state of each layer before the first step."""
        return [layer.start(batch) for (layer,) in self.layers]

    def begin(self, states: list[tuple]) -> list:
        """The state made of each layer's own (h,) or (h, c), each (B, H)."""
        return states

    def resume(self, x: Tensor, state: list):
        """Read on, one way, from a state: (B, T, H) and the state after."""
        after = []
        for (layer,), before in zip(self.layers, state):
            outputs, last = layer(x, None, before)
            after.append(last)
            x = self.dropout(outputs)  # (B, T, H)
        return outputs, after

    def pick(self, state: list, rows: Tensor) -> list:
        """The state of some rows of a batch (R,)."""
        return [tuple(part[rows] for part in layer) for layer in state]
