"""Recurrent layers as the framework offers them."""

from functools import partial

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from pytorch_impl.cells import ScratchRecurrent
from shared.specs import ModelSpec

LAYERS = {
    "rnn": partial(nn.RNN, nonlinearity="tanh"),
    "rnn-relu": partial(nn.RNN, nonlinearity="relu"),
    "gru": nn.GRU,
    "lstm": nn.LSTM,
}


class Recurrent(nn.Module):
    """Stacked native layers: (B, T, D) -> (B, T, H'), last (B, H')."""

    def __init__(self, spec: ModelSpec, size: int):
        super().__init__()
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
            outputs, last = self.read_packed(x, lengths)
        else:
            # What stands past a sequence's end cannot reach back to its
            # last step, so packing, which is slower here, buys nothing.
            outputs, _ = self.layers(x)
            rows = torch.arange(len(x), device=x.device)
            last = outputs[rows, lengths - 1]  # (B, H)
        return outputs, last

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
