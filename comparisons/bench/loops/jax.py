"""A Flax training loop by hand, as the framework's guides write it."""

from collections.abc import Callable, Iterable, Iterator

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from shared.specs import ModelSpec, Split, TrainSpec


def gru_cell(size: int, hidden: int, rngs: nnx.Rngs) -> nnx.GRUCell:
    """A GRU cell whose recurrent product has a bias, as in the others."""
    cell = nnx.GRUCell(size, hidden, rngs=rngs)
    cell.dense_h = nnx.Linear(hidden, 3 * hidden, rngs=rngs)
    return cell


CELLS = {
    "rnn": nnx.SimpleCell,
    "gru": gru_cell,
    "lstm": nnx.OptimizedLSTMCell,
}


class Net(nnx.Module):
    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.embed = spec.input == "embedding"
        size = spec.input_size
        if self.embed:
            self.table = nnx.Embed(size, spec.embedding_size, rngs=rngs)
            size = spec.embedding_size
        hidden = spec.hidden_size
        self.both = spec.bidirectional
        ways = [
            nnx.RNN(CELLS[spec.cell](size, hidden, rngs=rngs), rngs=rngs)
            for _ in range(1 + self.both)
        ]
        self.rnn = nnx.Bidirectional(*ways, rngs=rngs) if self.both else ways[0]
        self.input_dropout = nnx.Dropout(spec.input_dropout, rngs=rngs)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        self.hidden, self.pooled = hidden, spec.pooling == "mean+max"
        width = hidden * len(ways) * (1 + self.pooled)
        self.head = nnx.Linear(width, spec.output_size, rngs=rngs)

    def __call__(self, x, lengths=None):
        """Outputs (B, K) from each sequence's last state, or all steps."""
        hidden = self.hidden
        x = self.input_dropout(self.table(x)) if self.embed else x
        outputs = self.rnn(x, seq_lengths=lengths)
        if self.pooled:
            inside = (jnp.arange(x.shape[1]) < lengths[:, None])[:, :, None]
            highest = outputs.max(axis=1, where=inside, initial=-jnp.inf)
            read = (outputs.mean(axis=1, where=inside), highest)
            return self.head(self.dropout(jnp.concatenate(read, axis=-1)))
        ends = -1 if lengths is None else lengths - 1
        last = outputs[np.arange(len(x)), ends]
        if self.both:
            first = outputs[:, 0]
            last = jnp.concatenate(
                (last[:, :hidden], first[:, hidden:]), axis=-1
            )
        return self.head(self.dropout(last))


LOSSES = {
    "squared_error": optax.squared_error,
    "cross_entropy": optax.softmax_cross_entropy_with_integer_labels,
    "binary_cross_entropy": lambda outputs, y: (
        optax.sigmoid_binary_cross_entropy(outputs[:, 0], y)
    ),
}


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

    @jax.jit
    def step(state, x, y, lengths):
        params, rest, moments = state

        def loss_of(params):
            model = nnx.merge(graphdef, params, rest, copy=True)
            outputs = model(x, lengths)
            loss = LOSSES[spec.loss](outputs, y)
            return loss.mean(), nnx.state(model, nnx.Not(nnx.Param))

        (loss, new_rest), gradients = jax.value_and_grad(loss_of, has_aux=True)(
            params
        )
        updates, moments = optimizer.update(gradients, moments, params)
        params = optax.apply_updates(params, updates)
        return (params, new_rest, moments), loss

    for epoch in range(training.epochs):
        total = 0.0
        for x, y, lengths in batches(epoch):
            state, loss = step(state, x, y, lengths)
            total += loss
        yield float(total) / steps


def matrix_product(size: int) -> Callable[[], object]:
    """A function that multiplies two (size, size) matrices and waits."""
    a = jax.random.normal(jax.random.key(0), (size, size))
    product = jax.jit(jnp.matmul)

    def multiply():
        return product(a, a).block_until_ready()

    return multiply
