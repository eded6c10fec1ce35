"""Recurrent layers from scratch: the loop over time, and stacked layers."""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx
from jax import Array, lax

from jax_impl.cells import PARALLEL, STEPS, State
from jax_impl.layer_norm import NORMALIZED_STEPS, layer_norm
from jax_impl.recurrent_dropout import recurrent_masks
from jax_impl.scan import IDENTITY, associative_scan
from shared.specs import (
    GATES,
    NORM_SPANS,
    STATE_NAMES,
    ModelSpec,
    step_weights,
)
from shared.weights.layout import layer_shapes


def sequence_mask(x: Array, lengths: Array | None) -> Array | None:
    """Which steps are inside each sequence: x (B, T, ...) -> (B, T)."""
    if lengths is None:
        return None
    return jnp.arange(x.shape[1]) < lengths[:, None]


def freeze(mask: Array, new: State, old: State) -> State:
    """The new state where the step is inside the sequence, else the old."""
    # nn.LSTM freezes a state by packing, Keras by a mask; a plain loop by hand.
    mask = mask[:, None]  # (B, 1)
    return tuple(jnp.where(mask, n, o) for n, o in zip(new, old))


class ScratchLayer(nnx.Module):
    """One layer in one direction: (B, T, D) -> (B, T, H), state."""

    def __init__(
        self, spec: ModelSpec, size: int, reverse: bool, rngs: nnx.Rngs
    ):
        self.cell, self.hidden = spec.cell, spec.hidden_size
        self.layer_norm, self.reverse = spec.layer_norm, reverse
        limit = self.hidden**-0.5
        uniform = partial(jax.random.uniform, minval=-limit, maxval=limit)
        for name, shape in layer_shapes(spec, size).items():
            gain = name.startswith("gain")
            value = jnp.ones(shape) if gain else uniform(rngs.params(), shape)
            setattr(self, name, nnx.Param(value))
        # Each Dropout takes a random stream, also one that never drops.
        rate = spec.recurrent_dropout
        self.recurrent_dropout = nnx.Dropout(rate, rngs=rngs) if rate else None

    def initial_state(self, batch: int) -> State:
        """Zeros: (h,) or (h, c), each (B, H)."""
        zeros = jnp.zeros((batch, self.hidden), self.b_ih.dtype)
        return (zeros,) * len(STATE_NAMES[self.cell])

    def __call__(
        self,
        x: Array,
        lengths: Array | None = None,
        state: State | None = None,
    ) -> tuple[Array, State]:
        """Outputs (B, T, H) and the state after the last step."""
        if self.cell in PARALLEL and x.shape[1] > 1:
            return self.scan(x, lengths, state)
        state, (outputs, *_), _ = self.steps(x, lengths, state)
        return outputs, state

    def project(self, x: Array) -> Array:
        """W x + b, or g LN(W x) + b: x (..., D) -> (..., G·H)."""
        wx = x @ self.w_ih
        if self.layer_norm:
            wx = self.gain_ih * layer_norm(wx, NORM_SPANS[self.cell])
        return wx + self.b_ih

    def scan(
        self,
        x: Array,
        lengths: Array | None = None,
        state: State | None = None,
    ) -> tuple[Array, State]:
        """The same of all steps at once."""
        terms = PARALLEL[self.cell](self.project(x))
        if lengths is not None:
            mask = sequence_mask(x, lengths)[:, :, None]  # (B, T, 1)
            pairs = zip(terms, IDENTITY)
            terms = tuple(jnp.where(mask, x, same) for x, same in pairs)
        a, b = associative_scan(terms, self.reverse)
        (h,) = self.initial_state(len(x)) if state is None else state
        outputs = a * h[:, None] + b  # (B, T, H)
        return outputs, (outputs[:, 0 if self.reverse else -1],)

    def steps(
        self,
        x: Array,
        lengths: Array | None = None,
        state: State | None = None,
        perturbation: Array | None = None,
    ) -> tuple[State, State, State]:
        """The loop over time: the state and the gates of each step."""
        first = self.initial_state(len(x)) if state is None else state
        names = step_weights(self.cell, self.layer_norm)
        recurrent = [getattr(self, name) for name in names]
        if masks := recurrent_masks(
            self.recurrent_dropout, first[0], GATES[self.cell]
        ):
            recurrent.append(masks)
        table = NORMALIZED_STEPS if self.layer_norm else STEPS

        def step(state: State, inputs: tuple) -> tuple[State, tuple]:
            wx, mask, perturbation = inputs
            (h, *c), gates = table[self.cell](wx, state, *recurrent)
            # jax.grad needs an input: ∂loss/∂h is that of what is added to h.
            new = (h, *c) if perturbation is None else (h + perturbation, *c)
            state = new if mask is None else freeze(mask, new, state)
            return state, (state, gates)

        # W x of all steps is one product.
        inputs = (self.project(x), sequence_mask(x, lengths), perturbation)
        last, steps = lax.scan(
            step,
            first,
            jax.tree.map(lambda a: a.swapaxes(0, 1), inputs),  # (T, B, ...)
            reverse=self.reverse,
        )
        states, gates = jax.tree.map(lambda a: a.swapaxes(0, 1), steps)
        return last, states, gates  # (B, H), (B, T, H), (B, T, H)


class ScratchRecurrent(nnx.Module):
    """Stacked layers from scratch: (B, T, D) -> (B, T, H'), state."""

    layer = ScratchLayer

    def __init__(self, spec: ModelSpec, size: int, rngs: nnx.Rngs):
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        directions = (False, True) if spec.bidirectional else (False,)
        self.layers = nnx.List()
        for _ in range(spec.num_layers):
            self.layers.append(
                nnx.List(
                    self.layer(spec, size, reverse, rngs)
                    for reverse in directions
                )
            )
            size = spec.hidden_size * len(directions)

    def __call__(
        self,
        x: Array,
        lengths: Array | None = None,
        state: list[list[State]] | None = None,
    ) -> tuple[Array, list[list[State]]]:
        """Outputs (B, T, H') and the state after the last step."""
        state, after = state or self.initial_state(len(x)), []
        for directions, before in zip(self.layers, state):
            results = [
                layer(x, lengths, start)
                for layer, start in zip(directions, before)
            ]
            outputs = jnp.concatenate([out for out, _ in results], axis=-1)
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
        self, state: list[list[State]], rows: Array
    ) -> list[list[State]]:
        """The state of some rows of the batch: (B, H) -> (R, H)."""
        return jax.tree.map(lambda part: part[rows], state)
