"""A Keras language model by hand: stateful layers, trained by `Model.fit`.

On TensorFlow alone: with Keras 3.15 on JAX the compiled step drops the
states of such layers, and on PyTorch their gradient fails.
"""

from functools import partial

import keras
from keras import layers, ops

from comparisons.bench.loops.keras import LAYERS
from comparisons.bench.loops.keras_loops import run
from shared.specs import ModelSpec


class Table(layers.Layer):
    """A learned table: indices (B, T) -> (B, T, E)."""

    # On TensorFlow the gradient of `layers.Embedding` is a list of rows, of
    # which Adam squares each by itself: that would be another training.
    def __init__(self, size: int, width: int):
        super().__init__()
        self.table = self.add_weight((size, width), "uniform")

    def call(self, x):
        """Look each index up; the gradient of the product is dense."""
        return ops.take(self.table * 1.0, x, axis=0)


def build_model(spec: ModelSpec, batch_size: int) -> keras.Model:
    """Embedding, stateful recurrent layers, an output at each step."""
    x = keras.Input(batch_shape=(batch_size, None), dtype="int32")
    vectors = Table(spec.input_size, spec.embedding_size)(x)
    vectors = layers.Dropout(spec.input_dropout)(vectors)
    for _ in range(spec.num_layers):
        rnn = LAYERS[spec.cell](
            spec.hidden_size, return_sequences=True, stateful=True
        )
        vectors = layers.Dropout(spec.dropout)(rnn(vectors))
    return keras.Model(x, layers.Dense(spec.output_size)(vectors))


def reset_states(model: keras.Model) -> None:
    """Start each stream from zero states."""
    for layer in model.layers:
        if isinstance(layer, layers.RNN):
            layer.reset_state()


train = partial(run, build_model, on_epoch_begin=reset_states)
