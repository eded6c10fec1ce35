"""A Flax language model by hand, as the framework's guides write it."""

from collections.abc import Callable, Iterable, Iterator

import jax
import optax
from flax import nnx

from comparisons.bench.loops.jax import CELLS
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


def train(
    spec: ModelSpec,
    training: TrainSpec,
    batches: Callable[[int], Iterable[Split]],
    steps: int,
) -> Iterator[float]:
    """Train; yield the mean loss of each epoch."""
    model = Net(spec, nnx.Rngs(training.seed))
    optimizer = optax.adam(
        optax.cosine_decay_schedule(
            training.learning_rate, steps * training.epochs
        )
    )
    if training.clip_norm:
        clip = optax.clip_by_global_norm(training.clip_norm)
        optimizer = optax.chain(clip, optimizer)
    graphdef, params, rest = nnx.split(model, nnx.Param, ...)
    state = (params, rest, optimizer.init(params))
    start = model.start(training.batch_size)

    @jax.jit
    def step(state, carries, x, y):
        params, rest, moments = state

        def loss_of(params):
            model = nnx.merge(graphdef, params, rest, copy=True)
            logits, after = model(x, carries)
            loss = optax.softmax_cross_entropy_with_integer_labels(logits, y)
            return loss.mean(), (nnx.state(model, nnx.Not(nnx.Param)), after)

        gradient = jax.value_and_grad(loss_of, has_aux=True)
        (loss, (rest, after)), gradients = gradient(params)
        updates, moments = optimizer.update(gradients, moments, params)
        params = optax.apply_updates(params, updates)
        return (params, rest, moments), after, loss

    for epoch in range(training.epochs):
        total, carries = 0.0, start
        for x, y, _ in batches(epoch):
            state, carries, loss = step(state, carries, x, y)
            total += loss
        yield float(total) / steps
