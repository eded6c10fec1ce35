"""Native layers, and pooling over time."""

CELLS, RECURRENT, POOLING = (
    f"jax_impl/{file}.py" for file in ("cells", "recurrent", "pooling")
)

ERRORS = [
    (
        RECURRENT,
        "CudnnLayer.packed_weights",
        "kernel[...].T.ravel()",
        "kernel[...].ravel()",
        "weights packed for cuDNN not transposed",
    ),
    (
        RECURRENT,
        "CudnnLayer.packed_weights",
        "weights + biases",
        "biases + weights",
        "biases packed for cuDNN before the weights",
    ),
    (
        RECURRENT,
        "CudnnLayer.__call__",
        "seq_lengths.astype(jnp.int32)",
        "jnp.full(batch, steps)",
        "lengths not handed to cuDNN",
    ),
    (
        RECURRENT,
        "CudnnLayer.__call__",
        "tuple(zip(c, h))",
        "tuple(zip(h, c))",
        "states of cuDNN swapped",
    ),
    (
        RECURRENT,
        "CudnnLayer.__init__",
        "isinstance(cell, nnx.OptimizedLSTMCell)",
        "True",
        "cuDNN's LSTM given the weights of another cell",
    ),
    (
        CELLS,
        "LAYERS",
        "nnx.relu",
        "nnx.tanh",
        "native rectified cell made with tanh",
    ),
    (
        RECURRENT,
        "Recurrent.__call__",
        "x = self.dropout(outputs)",
        "x = outputs",
        "no dropout between native layers",
    ),
    (
        RECURRENT,
        "Recurrent.__call__",
        "seq_lengths=lengths",
        "seq_lengths=None",
        "lengths not passed to the native layers",
    ),
    (
        RECURRENT,
        "Recurrent.__call__",
        "state or self.initial_state(len(x))",
        "self.initial_state(len(x))",
        "given initial state ignored",
    ),
    (
        RECURRENT,
        "Recurrent.state_from",
        "(*c, h) if c else h",
        "(h, *c) if c else h",
        "h and c swapped in the carry of the LSTM",
    ),
    (
        RECURRENT,
        "build_cell",
        "spec.init == 'matched' and 'b_hh' in WEIGHT_NAMES[spec.cell]",
        "'b_hh' in WEIGHT_NAMES[spec.cell]",
        "recurrent bias of the GRU with the framework's own initialization too",
    ),
    (
        POOLING,
        "final_hidden",
        "lengths - 1",
        "lengths",
        "state of the step after the last one",
    ),
    (
        POOLING,
        "final_hidden",
        "outputs[:, 0, hidden:]",
        "last[:, hidden:]",
        "backward direction read at the last step, where it begins",
    ),
    (
        POOLING,
        "mean_over_time",
        "outputs.mean(axis=1, where=mask)",
        "(outputs * mask).mean(axis=1)",
        "mean divided by the padded length",
    ),
    (
        POOLING,
        "max_over_time",
        "initial=-jnp.inf",
        "initial=0.0",
        "maximum at least 0",
    ),
    (
        POOLING,
        "max_over_time",
        "outputs.max(axis=1, where=mask, initial=-jnp.inf)",
        "outputs.max(axis=1)",
        "maximum over padding too",
    ),
]
