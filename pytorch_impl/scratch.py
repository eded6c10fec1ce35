"""Recurrent layers from scratch: the loop over time, and stacked layers."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from pytorch_impl.cells import PARALLEL, STEPS, State
from pytorch_impl.layer_norm import NORMALIZED_STEPS, layer_norm
from pytorch_impl.recurrent_dropout import recurrent_masks
from pytorch_impl.scan import IDENTITY, associative_scan
from shared.specs import (
    GATES,
    NORM_SPANS,
    STATE_NAMES,
    ModelSpec,
    step_weights,
)
from shared.weights.layout import layer_shapes


def sequence_mask(x: Tensor, lengths: Tensor | None) -> Tensor | None:
    """Which steps are inside each sequence: x (B, T, ...) -> (B, T)."""
    if lengths is None:
        return None
    steps = torch.arange(x.shape[1], device=x.device)  # (T,)
    return steps < lengths[:, None]


def freeze(mask: Tensor, new: State, old: State) -> State:
    """The new state where the step is inside the sequence, else the old."""
    # nn.LSTM freezes a state by packing, Keras by a mask; a plain loop by hand.
    mask = mask[:, None]  # (B, 1)
    return tuple(torch.where(mask, n, o) for n, o in zip(new, old))


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

    layer = ScratchLayer

    def __init__(self, spec: ModelSpec, size: int):
        super().__init__()
        self.dropout = nn.Dropout(spec.dropout)
        directions = (False, True) if spec.bidirectional else (False,)
        self.layers = nn.ModuleList()
        for _ in range(spec.num_layers):
            self.layers.append(
                nn.ModuleList(
                    self.layer(spec, size, reverse) for reverse in directions
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
