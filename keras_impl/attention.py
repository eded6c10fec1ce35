"""Attention of the decoder over the encoder's outputs."""

from typing import Any, NamedTuple

from keras import layers, ops


class Memory(NamedTuple):
    """Values and keys (B, T, H); mask (B, T), true inside the source."""

    values: Any
    keys: Any
    mask: Any


class Bahdanau(layers.Layer):
    """v · tanh(W q + U m + b): queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int):
        super().__init__(name="attention")
        self.query = layers.Dense(hidden, use_bias=False, name="query")
        self.keys = layers.Dense(hidden, name="keys")
        self.score = layers.Dense(1, use_bias=False, name="score")
        for layer in (self.query, self.score):  # not first within a loop
            layer.build((None, hidden))

    def call(self, queries, keys):
        """Score each step of the source for each query."""
        wq = ops.expand_dims(self.query(queries), 2)  # (B, Q, 1, H)
        energy = ops.tanh(wq + ops.expand_dims(keys, 1))  # (B, Q, T, H)
        return ops.squeeze(self.score(energy), -1)


class LuongDot(layers.Layer):
    """q · m: queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int):
        super().__init__(name="attention")
        self.keys = layers.Identity(name="keys")

    def call(self, queries, keys):
        """Score each step of the source for each query."""
        return ops.matmul(queries, ops.swapaxes(keys, 1, 2))


class LuongGeneral(layers.Layer):
    """q · W m: queries (B, Q, H) -> scores (B, Q, T)."""

    def __init__(self, hidden: int):
        super().__init__(name="attention")
        self.keys = layers.Dense(hidden, use_bias=False, name="keys")

    def call(self, queries, keys):
        """Score each step of the source for each query."""
        return ops.matmul(queries, ops.swapaxes(keys, 1, 2))


ATTENTIONS = {
    "none": lambda hidden: None,
    "bahdanau": Bahdanau,
    "luong-dot": LuongDot,
    "luong-general": LuongGeneral,
}


def attend(attention: layers.Layer, queries, memory: Memory) -> tuple[Any, Any]:
    """Contexts (B, Q, H) of queries (B, Q, H), and weights (B, Q, T)."""
    scores = attention(queries, memory.keys)
    mask = ops.expand_dims(memory.mask, 1)  # (B, 1, T)
    weights = ops.softmax(ops.where(mask, scores, -1e9))
    return ops.matmul(weights, memory.values), weights
