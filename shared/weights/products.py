"""The matrix products of a step of training or inference, by their shapes."""

from typing import NamedTuple

from shared.specs import GATES, WEIGHT_NAMES, ModelSpec
from shared.weights.flops import count_parameters
from shared.weights.layout import layer_prefixes

NUMBER = 4
"""Bytes of a float32."""


class Product(NamedTuple):
    """A product (rows, inner) x (inner, columns), and how often."""

    rows: int
    inner: int
    columns: int
    times: int = 1

    @property
    def flops(self) -> int:
        """Operations; a multiplication and an addition are two."""
        return 2 * self.rows * self.inner * self.columns * self.times

    @property
    def bytes(self) -> int:
        """Bytes of both factors and of the result, each time."""
        factors = self.inner * (self.rows + self.columns)
        return NUMBER * (factors + self.rows * self.columns) * self.times


def layer_products(
    spec: ModelSpec, batch: int, steps: int, training: bool = True
) -> list[Product]:
    """Those of the recurrent layers on B sequences of T steps.

    Of each layer and direction: inputs of all steps at once, (B·T, D) by
    (D, G·H), and the state at each step, (B, H) by (H, G·H). In the backward
    pass the gradient of the state at each step, (B, G·H) by (G·H, H), those of
    the two matrices, over all steps at once, and, except in the first layer,
    that of its input.
    """
    found = []
    hidden, columns = spec.hidden_size, GATES[spec.cell] * spec.hidden_size
    for prefix, size in layer_prefixes(spec):
        every = batch * steps
        found.append(Product(every, size, columns))
        if "w_hh" in WEIGHT_NAMES[spec.cell]:
            found.append(Product(batch, hidden, columns, steps))
            if training:
                found.append(Product(batch, columns, hidden, steps))
                found.append(Product(hidden, every, columns))
        if training:
            found.append(Product(size, every, columns))
            if not prefix.startswith("rnn.0."):
                found.append(Product(every, columns, size))
    return found


def token_bytes(spec: ModelSpec) -> int:
    """Bytes of weights that a language model reads for one token of one text.

    Every parameter once, in float32, but of an embedding the row of the token
    alone, all parameters less (V - 1)·E, and of the matrix that multiplies a
    one-hot vector one row, less (V - 1)·G·H. Weights that are tied to the
    embedding are the head's too, and read in full.
    """
    others = spec.input_size - 1
    columns = GATES[spec.cell] * spec.hidden_size
    unread = {
        "embedding": 0 if spec.tie_weights else others * spec.embedding_size,
        "onehot": others * columns,
    }.get(spec.input, 0)
    return NUMBER * (count_parameters(spec) - unread)
