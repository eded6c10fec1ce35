"""Recurrent layers as the framework offers them."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from pytorch_impl.bptt import BpttRecurrent
from pytorch_impl.cells import LAYERS
from pytorch_impl.device import CURRENT
from pytorch_impl.scratch import ScratchRecurrent, sequence_mask
from shared.specs import WEIGHT_NAMES, ModelSpec

State = Tensor | tuple[Tensor, Tensor]


class Recurrent(nn.Module):
    """Stacked native layers: (B, T, D) -> (B, T, H'), state."""

    # Steps up to which a CPU reads packed sequences faster than padded ones.
    packed_steps = {nn.RNN: 20, nn.GRU: 12, nn.LSTM: 0}

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
        if spec.init == "matched" and "b_hh" not in WEIGHT_NAMES[spec.cell]:
            freeze_second_biases(self.layers)
        self.directions = ()  # no modules: they share weights with layers
        if spec.bidirectional:
            self.directions = tuple(
                one_direction(LAYERS[spec.cell], self.layers, number)
                for number in range(2 * spec.num_layers)
            )

    def forward(
        self,
        x: Tensor,
        lengths: Tensor | None = None,
        state: State | None = None,
    ) -> tuple[Tensor, State]:
        """Outputs (B, T, H') and the state after the last step."""
        if lengths is None or not self.layers.bidirectional:
            # Padding comes after a sequence and cannot reach back to it.
            return self.layers(x, state)
        packing = CURRENT["packing"]
        few = x.shape[1] <= self.packed_steps[type(self.layers)]
        if packing == "off" or (packing == "auto" and not (few or x.is_cuda)):
            return self.run_padded(x, lengths)
        packed = pack_padded_sequence(
            x, lengths.cpu(), batch_first=True, enforce_sorted=False
        )
        outputs, state = self.layers(packed, state)
        outputs, _ = pad_packed_sequence(
            outputs, batch_first=True, total_length=x.shape[1]
        )
        return outputs, state

    def initial_state(self, batch: int) -> State:
        """Zeros: the state of each layer and direction."""
        directions = 2 if self.layers.bidirectional else 1
        shape = (directions * self.layers.num_layers, batch)
        weight = self.layers.weight_hh_l0
        h = weight.new_zeros(*shape, self.layers.hidden_size)  # (L, B, H)
        return (h, h) if isinstance(self.layers, nn.LSTM) else h

    def state_from(self, layer_states: list[tuple]) -> State:
        """The state of one direction from (h,) or (h, c) of each layer."""
        h, *c = (torch.stack(part) for part in zip(*layer_states))
        return (h, *c) if c else h  # each (L, B, H)

    def select_rows(self, state: State, rows: Tensor) -> State:
        """The state of some rows of the batch: (B, H) -> (R, H)."""
        if isinstance(state, tuple):
            return tuple(part[:, rows] for part in state)  # (L, R, H)
        return state[:, rows]

    def run_padded(self, x: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Both directions without packing, which a CPU does slowly."""
        for number in range(self.layers.num_layers):
            if number:
                x = F.dropout(x, self.layers.dropout, self.training)
            forward, backward = self.directions[2 * number : 2 * number + 2]
            ahead, _ = forward(x)  # (B, T, H)
            back, _ = backward(reverse_padded(x, lengths))
            x = torch.cat((ahead, reverse_padded(back, lengths)), dim=-1)
        # The gradient of these costs less than that of a slice of x.
        rows = torch.arange(len(x), device=x.device)
        last = [part[rows, lengths - 1] for part in (ahead, back)]
        return x, torch.stack(last)  # (B, T, 2H), (2, B, H)


def reverse_padded(x: Tensor, lengths: Tensor) -> Tensor:
    """Each sequence reversed in place before its padding: (B, T, D)."""
    steps = torch.arange(x.shape[1], device=x.device)  # (T,)
    mirrored = lengths[:, None] - 1 - steps  # (B, T)
    order = torch.where(sequence_mask(x, lengths), mirrored, steps)
    return x.gather(1, order[:, :, None].expand_as(x))


def one_direction(
    build: Callable[..., nn.RNNBase], layers: nn.RNNBase, number: int
) -> nn.RNNBase:
    """One layer in one direction that shares its weights with the stack."""
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    suffix = f"l{number // 2}" + "_reverse" * (number % 2)
    weights = [getattr(layers, f"{name}_{suffix}") for name in names]
    size, hidden = weights[0].shape[1], layers.hidden_size
    # "meta": it draws no weights of its own.
    layer = build(size, hidden, batch_first=True, device="meta")
    for name, weight in zip(names, weights):
        setattr(layer, f"{name}_l0", weight)
    return layer


# nn.RNN and nn.LSTM have bias_ih and bias_hh, as cuDNN does.
def freeze_second_biases(layers: nn.RNNBase) -> None:
    """Keep bias_hh at zero: the sum of two biases is one parameter."""
    for name, parameter in layers.named_parameters():
        if name.startswith("bias_hh"):
            nn.init.zeros_(parameter)
            parameter.requires_grad_(False)


RECURRENT = {
    "native": Recurrent,
    "scratch": ScratchRecurrent,
    "bptt": BpttRecurrent,
}
