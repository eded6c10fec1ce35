"""A Flax language model by hand, in both loops."""

from functools import partial

from flax import nnx

from comparisons.bench.loops.jax import CELLS
from comparisons.bench.loops.jax_loops import guide_loop, tuned_loop
from shared.specs import ModelSpec


class Net(nnx.Module):
    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        size, hidden = spec.embedding_size, spec.hidden_size
        self.table = nnx.Embed(spec.input_size, size, rngs=rngs)
        self.layers = nnx.List()
        for _ in range(spec.num_layers):
            cell = CELLS[spec.cell](size, hidden, rngs=rngs)
            self.layers.append(nnx.RNN(cell, rngs=rngs))
            size = hidden
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.head = nnx.Linear(hidden, spec.output_size, rngs=rngs)

    def initial_carry(self, batch: int):
        rngs, cells = nnx.Rngs(0), [layer.cell for layer in self.layers]
        return [
            cell.initialize_carry((batch, cell.hidden_features), rngs)
            for cell in cells
        ]

    def __call__(self, x, carries, lengths=None):
        """Logits (B, T, V) and the next carries."""
        after = []
        x = self.input_dropout(self.table(x))
        for layer, carry in zip(self.layers, carries):
            carry, x = layer(x, initial_carry=carry, return_carry=True)
            after.append(carry)
            x = self.dropout(x)
        return self.head(x), after


train, train_tuned = partial(guide_loop, Net), partial(tuned_loop, Net)
