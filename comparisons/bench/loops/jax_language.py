"""A Flax language model by hand, in the two loops of `jax`."""

from collections.abc import Callable, Iterator

import jax
import optax
from flax import nnx

from comparisons.bench.loops.jax import (
    CELLS,
    Batches,
    Carry,
    build_rule,
    guide_loop,
    tuned_loop,
)
from shared.specs import ModelSpec, Split, TrainSpec


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

    def start(self, batch: int):
        rngs = nnx.Rngs(0)
        return [
            layer.cell.initialize_carry(
                (batch, layer.cell.hidden_features), rngs
            )
            for layer in self.layers
        ]

    def __call__(self, x, carries):
        """Logits (B, T, V) and the next carries."""
        after = []
        x = self.input_dropout(self.table(x))
        for layer, carry in zip(self.layers, carries):
            carry, x = layer(x, initial_carry=carry, return_carry=True)
            after.append(carry)
            x = self.dropout(x)
        return self.head(x), after


def mean_loss(
    model: Net, batch: Split, carries: Carry
) -> tuple[jax.Array, Carry]:
    """The loss of a window from the carries of the one before."""
    logits, carries = model(batch.x, carries)
    loss = optax.softmax_cross_entropy_with_integer_labels(logits, batch.y)
    return loss.mean(), carries


def train(
    spec: ModelSpec, training: TrainSpec, batches: Batches, steps: int
) -> Iterator[float]:
    """The guide's loop; yields each epoch's mean loss when it is done."""
    return run(guide_loop, spec, training, batches, steps)


def train_tuned(
    spec: ModelSpec, training: TrainSpec, batches: Batches, steps: int
) -> Iterator[float]:
    """The same in the tuned loop."""
    return run(tuned_loop, spec, training, batches, steps)


def run(
    loop: Callable[..., Iterator[float]],
    spec: ModelSpec,
    training: TrainSpec,
    batches: Batches,
    steps: int,
) -> Iterator[float]:
    """One of the loops over a new model."""
    model = Net(spec, nnx.Rngs(training.seed))
    rule, start = build_rule(training, steps), model.start(training.batch_size)
    return loop(model, rule, mean_loss, batches, training, steps, start)
