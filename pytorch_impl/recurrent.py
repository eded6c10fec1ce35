"""Recurrent layers as the framework offers them."""

from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from pytorch_impl.cells import ScratchRecurrent
from shared.specs import ModelSpec

LAYERS = {
    "rnn": partial(nn.RNN, nonlinearity="tanh"),
    "rnn-relu": partial(nn.RNN, nonlinearity="relu"),
    "gru": nn.GRU,
    "lstm": nn.LSTM,
}
FUNCTIONS = {
    "rnn": torch.rnn_tanh,
    "rnn-relu": torch.rnn_relu,
    "gru": torch.gru,
    "lstm": torch.lstm,
}
FASTER = {"cpu": "padded", "cuda": "packed"}
"""How two-way layers read lengths: on a CPU packing costs several times."""


class Recurrent(nn.Module):
    """Stacked native layers: (B, T, D) -> (B, T, H'), last (B, H')."""

    def __init__(self, spec: ModelSpec, size: int):
        super().__init__()
        self.cell, self.way = spec.cell, None
        self.layers = LAYERS[spec.cell](
            size,
            spec.hidden_size,
            spec.num_layers,
            batch_first=True,
            dropout=spec.dropout if spec.num_layers > 1 else 0.0,
            bidirectional=spec.bidirectional,
        )
        if spec.init == "matched" and spec.cell != "gru":
            freeze_second_biases(self.layers)

    def forward(self, x: Tensor, lengths: Tensor | None):
        """Read whole sequences; `last` is each one's own last state."""
        if lengths is None:
            outputs, state = self.layers(x)  # (B, T, H')
            last = final_state(self.layers, state)
        elif self.layers.bidirectional:
            way = self.way or FASTER[x.device.type]
            outputs, last = WAYS[way](self, x, lengths)
        else:
            # What stands past a sequence's end cannot reach back to its
            # last step, so packing, which is slower here, buys nothing.
            outputs, _ = self.layers(x)
            rows = torch.arange(len(x), device=x.device)
            last = outputs[rows, lengths - 1]  # (B, H)
        return outputs, last

    def start(self, batch: int):
        """The state of each layer before the first step."""
        weight = self.layers.weight_hh_l0
        shape = (self.layers.num_layers, batch, self.layers.hidden_size)
        h = weight.new_zeros(shape)  # (L, B, H)
        return (h, h) if isinstance(self.layers, nn.LSTM) else h

    def begin(self, states: list[tuple]):
        """The state made of each layer's own (h,) or (h, c), each (B, H)."""
        parts = tuple(torch.stack(part) for part in zip(*states))  # (L, B, H)
        return parts if isinstance(self.layers, nn.LSTM) else parts[0]

    def resume(self, x: Tensor, state: Tensor | tuple):
        """Read on, one way, from a state: (B, T, H) and the state after."""
        return self.layers(x, state)

    def pick(self, state: Tensor | tuple, rows: Tensor):
        """The state of some rows of a batch (R,)."""
        if isinstance(state, tuple):
            return tuple(part[:, rows] for part in state)  # (L, R, H)
        return state[:, rows]

    def read_packed(self, x: Tensor, lengths: Tensor):
        """Read padded sequences in both directions from their own ends."""
        packed = pack_padded_sequence(
            x, lengths.cpu(), batch_first=True, enforce_sorted=False
        )
        outputs, state = self.layers(packed)
        outputs, _ = pad_packed_sequence(
            outputs, batch_first=True, total_length=x.shape[1]
        )
        return outputs, final_state(self.layers, state)

    def read_padded(self, x: Tensor, lengths: Tensor):
        """Read the same way by turning each sequence round in its place."""
        steps = torch.arange(x.shape[1], device=x.device)  # (T,)
        turned = lengths[:, None] - 1 - steps  # (B, T), negative past an end
        turned = torch.where(turned < 0, steps, turned)[:, :, None]
        rows = torch.arange(len(x), device=x.device)
        for number in range(self.layers.num_layers):
            if number:
                x = F.dropout(x, self.layers.dropout, self.training)
            forward = self.one_way(x, 2 * number)  # (B, T, H)
            backward = self.one_way(turn(x, turned), 2 * number + 1)
            ends = (forward[rows, lengths - 1], backward[rows, lengths - 1])
            x = torch.cat((forward, turn(backward, turned)), dim=-1)
        return x, torch.cat(ends, dim=-1)

    @torch.compiler.disable  # which would make one program of all T steps
    def one_way(self, x: Tensor, index: int) -> Tensor:
        """One layer in one direction: (B, T, D) -> (B, T, H)."""
        weights = self.layers.all_weights[index]
        h = x.new_zeros(1, len(x), self.layers.hidden_size)
        state = (h, h) if isinstance(self.layers, nn.LSTM) else h
        # nn.LSTM is this function on all of its weights at once:
        # has_biases, num_layers, dropout, train, bidirectional, batch_first.
        how = (True, 1, 0.0, self.training, False, True)
        return FUNCTIONS[self.cell](x, state, weights, *how)[0]


WAYS = {"packed": Recurrent.read_packed, "padded": Recurrent.read_padded}


def turn(x: Tensor, order: Tensor) -> Tensor:
    """The steps of each sequence in another order: (B, T, D)."""
    return x.gather(1, order.expand_as(x))


def final_state(layers: nn.RNNBase, state: Tensor | tuple) -> Tensor:
    """The top layer's last h of each direction, joined: (B, H')."""
    h = state[0] if isinstance(state, tuple) else state  # (L·2, B, H)
    directions = 2 if layers.bidirectional else 1
    return torch.cat(tuple(h[-directions:]), dim=-1)


def freeze_second_biases(layers: nn.RNNBase) -> None:
    """Keep bias_hh at zero: the sum of two biases is one parameter."""
    for name, parameter in layers.named_parameters():
        if name.startswith("bias_hh"):
            nn.init.zeros_(parameter)
            parameter.requires_grad_(False)


RECURRENT = {"native": Recurrent, "scratch": ScratchRecurrent}
