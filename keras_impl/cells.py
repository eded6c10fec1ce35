"""Recurrent layers from scratch: one time step, then the loop over time."""

from functools import partial
from itertools import zip_longest

from keras import layers, ops

from shared.specs import GATES, ModelSpec


def rnn_step(x, state: tuple, w_hh, b_hh: None) -> tuple:
    """h' = tanh(W x + b + U h): x (B, H), state (h,) -> state."""
    (h,) = state
    return (ops.tanh(x + ops.matmul(h, w_hh)),)  # (B, H)


def rnn_relu_step(x, state: tuple, w_hh, b_hh: None) -> tuple:
    """h' = relu(W x + b + U h): x (B, H), state (h,) -> state."""
    (h,) = state
    return (ops.relu(x + ops.matmul(h, w_hh)),)  # (B, H)


def gru_gates(x, h, w_hh, b_hh) -> tuple:
    """n sees r * (U h + b_h): x (B, 3H), h (B, H) -> r, z, n."""
    x_r, x_z, x_n = ops.split(x, 3, axis=-1)  # each (B, H)
    products = ops.matmul(h, w_hh) + b_hh  # (B, 3H)
    h_r, h_z, h_n = ops.split(products, 3, axis=-1)  # each (B, H)
    r = ops.sigmoid(x_r + h_r)
    z = ops.sigmoid(x_z + h_z)
    n = ops.tanh(x_n + r * h_n)
    return r, z, n  # each (B, H)


def gru_step(x, state: tuple, w_hh, b_hh) -> tuple:
    """h' = (1 - z) n + z h: x (B, 3H), state (h,) -> state."""
    (h,) = state
    _, z, n = gru_gates(x, h, w_hh, b_hh)
    return ((1 - z) * n + z * h,)  # (B, H)


def lstm_gates(x, h, w_hh, b_hh: None) -> tuple:
    """σ (g: tanh) of W x + b + U h: x (B, 4H), h (B, H) -> i, f, g, o."""
    gates = x + ops.matmul(h, w_hh)  # (B, 4H)
    i, f, g, o = ops.split(gates, 4, axis=-1)  # each (B, H)
    return ops.sigmoid(i), ops.sigmoid(f), ops.tanh(g), ops.sigmoid(o)


def lstm_step(x, state: tuple, w_hh, b_hh: None) -> tuple:
    """c' = f c + i g, h' = o tanh(c'): x (B, 4H), (h, c) -> (h, c)."""
    h, c = state
    i, f, g, o = lstm_gates(x, h, w_hh, b_hh)
    c = f * c + i * g
    h = o * ops.tanh(c)
    return h, c  # each (B, H)


STEPS = {
    "rnn": rnn_step,
    "rnn-relu": rnn_relu_step,
    "gru": gru_step,
    "lstm": lstm_step,
}
STATES = {"rnn": 1, "rnn-relu": 1, "gru": 1, "lstm": 2}


class ScratchCell(layers.Layer):
    """One time step with its weights: x (B, D), state -> h (B, H), state."""

    def __init__(self, cell: str, hidden: int):
        super().__init__(name="cell")
        self.cell, self.hidden = cell, hidden
        self.state_size = [hidden] * STATES[cell]

    def build(self, shape: tuple):
        """Add the weights, once D is known."""
        columns = GATES[self.cell] * self.hidden
        matrix = partial(self.add_weight, initializer="glorot_uniform")
        self.w_ih = matrix(shape=(shape[-1], columns), name="w_ih")
        self.w_hh = matrix(shape=(self.hidden, columns), name="w_hh")
        bias = partial(self.add_weight, (columns,), initializer="zeros")
        self.b_ih = bias(name="b_ih")
        self.b_hh = bias(name="b_hh") if self.cell == "gru" else None

    def call(self, x, state: list):
        """Take the step; its output is h."""
        x = ops.matmul(x, self.w_ih) + self.b_ih  # (B, G·H)
        state = STEPS[self.cell](x, tuple(state), self.w_hh, self.b_hh)
        return state[0], list(state)


class ScratchLayer(layers.Layer):
    """One layer, one direction: (B, T, D) -> (B, T, H), last state."""

    def __init__(self, cell: str, hidden: int, reverse: bool, name: str):
        super().__init__(name=name)
        self.reverse, self.supports_masking = reverse, True
        self.loop = layers.RNN(
            ScratchCell(cell, hidden),
            return_sequences=True,
            return_state=True,
            go_backwards=reverse,
            name="loop",
        )

    def start(self, batch: int) -> tuple:
        """The state before the first step: (h,) or (h, c), each (B, H)."""
        return tuple(self.loop.get_initial_state(batch))

    def call(self, x, lengths=None, state=None):
        """Run over time; the state of a sequence freezes past its end."""
        mask = mask_of(x, lengths)
        outputs, *state = self.loop(x, initial_state=state, mask=mask)
        if self.reverse:
            outputs = ops.flip(outputs, axis=1)
        return outputs, state  # (B, T, H), each (B, H)


def mask_of(x, lengths):
    """Which steps are inside each sequence: (B, T), or None for all."""
    if lengths is None:
        return None
    steps = ops.arange(ops.shape(x)[1], dtype="int32")  # (T,)
    return steps < ops.expand_dims(lengths, -1)


class ScratchRecurrent(layers.Layer):
    """Stacked layers from scratch: (B, T, D) -> (B, T, H'), last (B, H')."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="recurrent")
        directions = {"forward": False, "backward": True}
        if not spec.bidirectional:
            del directions["backward"]
        self.layers, self.dropouts = [], []
        for number in range(spec.num_layers):
            self.layers.append(
                [
                    ScratchLayer(
                        spec.cell, spec.hidden_size, reverse, f"{way}_{number}"
                    )
                    for way, reverse in directions.items()
                ]
            )
            self.dropouts.append(layers.Dropout(spec.dropout))

    def call(self, x, lengths=None, training=None):
        """Feed each layer's outputs, both directions joined, to the next."""
        for layer, dropout in zip(self.layers, self.dropouts):
            results = [way(x, lengths) for way in layer]
            outputs, states = zip(*results)
            outputs = ops.concatenate(outputs, axis=-1)  # (B, T, H')
            x = dropout(outputs)
        return outputs, ops.concatenate([s[0] for s in states], axis=-1)

    def start(self, batch: int) -> list:
        """The state of each layer before the first step."""
        return [part for (layer,) in self.layers for part in layer.start(batch)]

    def begin(self, states: list[tuple]) -> list:
        """The state made of each layer's own (h,) or (h, c), each (B, H)."""
        return [part for state in states for part in state]

    def resume(self, x, state: list, training=None):
        """Read on, one way, from a state: (B, T, H) and the state after."""
        after, parts = [], len(state) // len(self.layers)
        for (layer,), dropout in zip(self.layers, self.dropouts):
            before = state[len(after) : len(after) + parts]
            outputs, last = layer(x, state=before)
            after += last
            x = dropout(outputs, training=training)  # (B, T, H)
        return outputs, after

    def pick(self, state: list, rows) -> list:
        """The state of some rows of a batch (R,)."""
        return [ops.take(part, rows, axis=0) for part in state]

    def prepare(self, size: int) -> None:
        """Make the weights of layers that are to read (B, T, D)."""
        for (layer,) in self.layers:
            layer.loop.build((None, None, size))
            size = layer.loop.cell.hidden

    def masks(self, x, training) -> list:
        """What is dropped between layers over T steps: each (B, T, H)."""
        ones = ops.ones_like(x[..., :1])  # (B, T, 1)
        between = zip(self.dropouts[:-1], self.layers)
        return [
            dropout(
                ops.repeat(ones, layer.loop.cell.hidden, axis=-1),
                training=training,
            )
            for dropout, (layer,) in between
        ]

    def step(self, x, state: list, masks: list = ()):
        """Read one step (B, 1, D), without a loop: (B, 1, H), the state."""
        after, parts = [], len(state) // len(self.layers)
        for (layer,), mask in zip_longest(self.layers, masks):
            before = state[len(after) : len(after) + parts]
            outputs, last = layer.loop.cell(x[:, 0], before)  # (B, H)
            after += last
            outputs = x = ops.expand_dims(outputs, 1)
            if mask is not None:
                x = outputs * ops.expand_dims(mask, 1)
        return outputs, after
