"""The two sides of a sequence to sequence model, and what joins them."""

from keras import layers, ops

from keras_impl.inputs import Embedding
from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.seq2seq import state_names


class Side(layers.Layer):
    """Embedding and recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec, name: str):
        super().__init__(name=name)
        self.input_layer = Embedding(spec)
        self.input_dropout = layers.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.layers](spec)
        self.recurrent.built = True  # `prepare`, or its layers, build it

    def call(self, x, training=None):
        """What is read: indices (B, T) -> (B, T, E)."""
        return self.input_dropout(self.input_layer(x), training=training)


class Bridge(layers.Layer):
    """The encoder's last h (B, H) -> the state of each decoder layer."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="bridge")
        self.names = tuple(state_names(spec))
        self.layers = [
            {
                name: layers.Dense(spec.hidden_size, name=f"{name}_{number}")
                for name in self.names
            }
            for number in range(spec.num_layers)
        ]

    def call(self, last):
        """(h,) or (h, c) of each layer, each (B, H); h is bounded."""
        return [
            tuple(BOUNDS[name](layer[name](last)) for name in self.names)
            for layer in self.layers
        ]


BOUNDS = {"h": ops.tanh, "c": lambda value: value}
