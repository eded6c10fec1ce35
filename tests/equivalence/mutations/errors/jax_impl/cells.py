"""Cells and layers from scratch."""

CELLS = "jax_impl/cells.py"

ERRORS = [
    (
        CELLS,
        "lstm_step",
        "f * c + i * g",
        "i * c + f * g",
        "gates i and f swapped",
    ),
    (
        CELLS,
        "lstm_step",
        "o * jnp.tanh(c)",
        "o * c",
        "no tanh of the cell state",
    ),
    (
        CELLS,
        "gru_step",
        "(1 - z) * n + z * h",
        "z * n + (1 - z) * h",
        "update gate reversed",
    ),
    (CELLS, "gru_step", "wx_n + r * uh_n", "wx_n + uh_n", "reset gate ignored"),
    (
        CELLS,
        "rnn_relu_step",
        "nnx.relu(wx + h @ w_hh)",
        "jnp.tanh(wx + h @ w_hh)",
        "tanh in place of the rectifier",
    ),
    (
        CELLS,
        "sequence_mask",
        "jnp.arange(x.shape[1]) < lengths[:, None]",
        "jnp.arange(x.shape[1]) <= lengths[:, None]",
        "mask a step too late",
    ),
    (
        CELLS,
        "freeze",
        "jnp.where(inside, n, o)",
        "jnp.where(inside, n, 0.0)",
        "state reset past the end instead of kept",
    ),
    (
        CELLS,
        "ScratchLayer.__init__",
        "hidden**-0.5",
        "hidden**0.5",
        "own initialization in bounds of the root of H, not of its inverse",
    ),
    (
        CELLS,
        "ScratchLayer.steps",
        "x @ self.w_ih + self.b_ih",
        "x @ self.w_ih",
        "input bias missing",
    ),
    (
        CELLS,
        "ScratchLayer.steps",
        "reverse=self.reverse",
        "reverse=False",
        "both directions read forward",
    ),
    (
        CELLS,
        "ScratchRecurrent.__init__",
        "nnx.Dropout(spec.dropout, rngs=rngs)",
        "nnx.Dropout(1 - spec.dropout, rngs=rngs)",
        "dropout rate taken as the share kept",
    ),
    (
        CELLS,
        "ScratchRecurrent.__call__",
        "x = self.dropout(outputs)",
        "x = outputs",
        "no dropout between layers",
    ),
    (
        CELLS,
        "ScratchRecurrent.__call__",
        "return outputs, after",
        "return x, after",
        "dropout after the last layer too, twice with that before the head",
    ),
]
