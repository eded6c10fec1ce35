"""A Flax model by hand that reads whole sequences, in both loops."""

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

from comparisons.bench.loops.jax_loops import guide_loop, tuned_loop
from shared.specs import ModelSpec


def gru_cell(size: int, hidden: int, rngs: nnx.Rngs) -> nnx.GRUCell:
    """A GRU cell whose recurrent product has a bias, as in the others."""
    cell = nnx.GRUCell(size, hidden, rngs=rngs)
    cell.dense_h = nnx.Linear(hidden, 3 * hidden, rngs=rngs)
    return cell


CELLS = {"rnn": nnx.SimpleCell, "gru": gru_cell, "lstm": nnx.OptimizedLSTMCell}


class Net(nnx.Module):
    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.embed = spec.input == "embedding"
        size, hidden = spec.input_size, spec.hidden_size
        if self.embed:
            self.table = nnx.Embed(size, spec.embedding_size, rngs=rngs)
            size = spec.embedding_size
        self.both = spec.bidirectional
        layers = [
            nnx.RNN(CELLS[spec.cell](size, hidden, rngs=rngs), rngs=rngs)
            for _ in range(1 + self.both)
        ]
        self.rnn = (
            nnx.Bidirectional(*layers, rngs=rngs) if self.both else layers[0]
        )
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.hidden, self.pooled = hidden, spec.pooling == "mean+max"
        width = hidden * len(layers) * (1 + self.pooled)
        self.head = nnx.Linear(width, spec.output_size, rngs=rngs)

    def initial_carry(self, batch: int):
        return None

    def __call__(self, x, carry, lengths):
        """Outputs (B, K) from each sequence's last state, or all steps."""
        hidden = self.hidden
        x = self.input_dropout(self.table(x)) if self.embed else x
        outputs = self.rnn(x, seq_lengths=lengths)
        if self.pooled:
            mask = (jnp.arange(x.shape[1]) < lengths[:, None])[:, :, None]
            highest = outputs.max(axis=1, where=mask, initial=-jnp.inf)
            pooled = (outputs.mean(axis=1, where=mask), highest)
            read = jnp.concatenate(pooled, axis=-1)
            return self.head(self.dropout(read)), carry
        ends = -1 if lengths is None else lengths - 1
        last = outputs[np.arange(len(x)), ends]
        if self.both:
            first = outputs[:, 0]
            last = jnp.concatenate(
                (last[:, :hidden], first[:, hidden:]), axis=-1
            )
        return self.head(self.dropout(last)), carry


train, train_tuned = partial(guide_loop, Net), partial(tuned_loop, Net)


def matrix_product(size: int) -> Callable[[], object]:
    """A function that multiplies two (size, size) matrices and waits."""
    a = jax.random.normal(jax.random.key(0), (size, size))
    product = jax.jit(jnp.matmul)
    return lambda: product(a, a).block_until_ready()
