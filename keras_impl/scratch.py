"""Recurrent layers from scratch: the loop over time, and stacked layers."""

from typing import Any

import keras
from keras import layers, ops

from keras_impl.cells import PARALLEL, STEPS, State
from keras_impl.layer_norm import NORMALIZED_STEPS, layer_norm
from keras_impl.recurrent_dropout import recurrent_masks
from keras_impl.scan import IDENTITY, associative_scan
from shared.specs import (
    GATES,
    NORM_SPANS,
    STATE_NAMES,
    ModelSpec,
    step_weights,
)
from shared.weights.layout import layer_shapes


def sequence_mask(x, lengths) -> Any:
    """Which steps are inside each sequence: x (B, T, ...) -> (B, T)."""
    if lengths is None:
        return None
    steps = ops.arange(ops.shape(x)[1], dtype="int32")  # (T,)
    return steps < ops.expand_dims(lengths, -1)


def freeze(mask, new: State, old: State) -> State:
    """The new state where the step is inside the sequence, else the old."""
    mask = mask[:, None]  # (B, 1)
    return tuple(ops.where(mask, n, o) for n, o in zip(new, old))


class ScratchCell(layers.Layer):
    """The step that layers.RNN repeats: wx (B, G·H), state -> h, state."""

    # Keras users write a loop over time as a cell under layers.RNN, which
    # also freezes the state of masked steps; its ops.scan fails on
    # TensorFlow where T varies.
    def __init__(self, spec: ModelSpec):
        # On PyTorch a model clears the gradients of its weights by path: each
        # cell has a name of its own, which Keras counts up.
        super().__init__()
        self.cell, self.hidden = spec.cell, spec.hidden_size
        self.layer_norm = spec.layer_norm
        self.state_size = [self.hidden] * len(STATE_NAMES[self.cell])
        self.columns = GATES[self.cell] * self.hidden
        self.names = step_weights(self.cell, self.layer_norm)
        self.initial = {"w": "glorot_uniform", "b": "zeros", "gain": "ones"}
        for name, shape in layer_shapes(spec, 0).items():
            if name in self.names:
                initial = self.initial[name.partition("_")[0]]
                weight = self.add_weight(shape, initial, name=name)
                setattr(self, name, weight)
        self.masks, self.records = (), False

    def call(self, inputs, state: list) -> tuple[Any, list]:
        """The output is h or, where it records, all gates and the state."""
        wx, perturbation = inputs[:, : self.columns], inputs[:, self.columns :]
        step = (NORMALIZED_STEPS if self.layer_norm else STEPS)[self.cell]
        recurrent = [getattr(self, name) for name in self.names]
        if self.masks:
            recurrent.append(self.masks)
        state, gates = step(wx, tuple(state), *recurrent)
        if perturbation.shape[1]:
            state = (state[0] + perturbation, *state[1:])
        if self.records:
            return ops.concatenate((*gates, *state), axis=-1), list(state)
        return state[0], list(state)


class ScratchLayer(layers.Layer):
    """One layer in one direction: (B, T, D) -> (B, T, H), state."""

    def __init__(self, spec: ModelSpec, reverse: bool, name: str):
        super().__init__(name=name)
        self.spec, self.cell = spec, spec.cell
        self.layer_norm, self.reverse = spec.layer_norm, reverse
        self.recurrent_dropout = layers.Dropout(spec.recurrent_dropout)
        self.loop = layers.RNN(
            ScratchCell(spec),
            return_sequences=True,
            return_state=True,
            go_backwards=reverse,
            name="loop",
        )

    def build(self, shape: tuple) -> None:
        """Add the input weights, once D is known."""
        # Keras builds a layer when it first sees its input.
        cell = self.loop.cell
        for name, size in layer_shapes(self.spec, shape[-1]).items():
            if name not in cell.names:
                initial = cell.initial[name.partition("_")[0]]
                weight = self.add_weight(size, initial, name=name)
                setattr(self, name, weight)

    def initial_state(self, batch: int) -> State:
        """Zeros: (h,) or (h, c), each (B, H)."""
        return tuple(self.loop.get_initial_state(batch))

    def call(
        self, x, lengths=None, state=None, perturbation=None, training=None
    ) -> tuple:
        """Outputs (B, T, H) and the state after the last step."""
        parallel = self.cell in PARALLEL and x.shape[1] != 1
        if parallel and perturbation is None:
            return self.scan(x, lengths, state)
        if training and self.recurrent_dropout.rate:
            h, *_ = state or self.initial_state(ops.shape(x)[0])
            self.loop.cell.masks = recurrent_masks(
                self.recurrent_dropout, h, GATES[self.cell]
            )
        outputs = self.steps(x, lengths, state, perturbation)
        self.loop.cell.masks = ()  # those of the next batch are others
        return outputs

    def project(self, x):
        """W x + b, or g LN(W x) + b: x (..., D) -> (..., G·H)."""
        wx = ops.matmul(x, self.w_ih)
        if self.layer_norm:
            wx = self.gain_ih * layer_norm(wx, NORM_SPANS[self.cell])
        return wx + self.b_ih

    def scan(self, x, lengths=None, state=None) -> tuple[Any, State]:
        """The same of all steps at once."""
        terms = PARALLEL[self.cell](self.project(x))
        if lengths is not None:
            mask = sequence_mask(x, lengths)[..., None]  # (B, T, 1)
            pairs = zip(terms, IDENTITY)
            terms = tuple(ops.where(mask, x, same) for x, same in pairs)
        a, b = associative_scan(terms, self.reverse)
        (h,) = state or self.initial_state(ops.shape(x)[0])
        outputs = a * ops.expand_dims(h, 1) + b  # (B, T, H)
        return outputs, (outputs[:, 0 if self.reverse else -1],)

    def steps(
        self, x, lengths=None, state=None, perturbation=None, records=False
    ) -> tuple[Any, State]:
        """The loop over time: the state and the gates of each step."""
        wx = self.project(x)  # (B, T, G·H), of all steps at once
        if perturbation is not None:  # of h, each (B, T, H)
            wx = ops.concatenate((wx, perturbation), axis=-1)
        self.loop.cell.records = records
        mask = sequence_mask(x, lengths)
        outputs, *state = self.loop(wx, initial_state=state, mask=mask)
        if self.reverse:
            outputs = ops.flip(outputs, axis=1)
        return outputs, tuple(state)  # (B, T, H), each (B, H)

    def step(self, x, state: State) -> tuple[Any, State]:
        """One step: x (B, D) -> h (B, H), state."""
        # A loop over several layers at once calls their cells.
        h, state = self.loop.cell(self.project(x), list(state))
        return h, tuple(state)


class ScratchRecurrent(layers.Layer):
    """Stacked layers from scratch: (B, T, D) -> (B, T, H'), state."""

    layer = ScratchLayer

    def __init__(self, spec: ModelSpec):
        super().__init__(name="recurrent")
        directions = {"forward": False, "backward": True}
        if not spec.bidirectional:
            del directions["backward"]
        self.layers, self.dropouts = [], []
        for number in range(spec.num_layers):
            self.layers.append(
                [
                    self.layer(spec, reverse, f"{name}_{number}")
                    for name, reverse in directions.items()
                ]
            )
            self.dropouts.append(layers.Dropout(spec.dropout))

    def call(self, x, lengths=None, state=None) -> tuple[Any, list]:
        """Outputs (B, T, H') and the state after the last step."""
        state = state or [[None] * len(self.layers[0])] * len(self.layers)
        after = []
        for directions, before, dropout in zip(
            self.layers, state, self.dropouts
        ):
            results = [
                layer(x, lengths, start)
                for layer, start in zip(directions, before)
            ]
            outputs = ops.concatenate([o for o, _ in results], axis=-1)
            after.append([state for _, state in results])
            x = dropout(outputs)  # (B, T, H')
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

    def select_rows(self, state: list, rows) -> list[list[State]]:
        """The state of some rows of the batch: (B, H) -> (R, H)."""
        return keras.tree.map_structure(lambda part: part[rows], state)

    def step(self, x, state: list, masks: list) -> tuple[Any, list]:
        """One step: x (B, D) -> outputs (B, H), state; dropout by masks."""
        after, masks = [], [*masks, None]
        for (layer,), (before,), mask in zip(self.layers, state, masks):
            outputs, last = layer.step(x, before)
            after.append([last])
            x = outputs if mask is None else outputs * mask
        return outputs, after
