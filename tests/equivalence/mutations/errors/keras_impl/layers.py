"""Native layers, pooling and input layers."""

CELLS, RECURRENT, POOLING, INPUTS = (
    f"keras_impl/{name}.py"
    for name in ("cells", "recurrent", "pooling", "inputs")
)

ERRORS = [
    (
        CELLS,
        "LAYERS",
        "activation='relu'",
        "activation='tanh'",
        "tanh in the native layer with ReLU",
    ),
    (
        CELLS,
        "LAYERS",
        "reset_after=True",
        "reset_after=False",
        "reset gate before the product",
    ),
    (
        RECURRENT,
        "Recurrent.__init__",
        "layers.Dropout(spec.dropout)",
        "layers.Dropout(spec.input_dropout)",
        "dropout rate of the inputs between layers",
    ),
    (
        RECURRENT,
        "Recurrent.__init__",
        "return_state=True",
        "return_state=True, recurrent_dropout=spec.dropout",
        "dropout of the recurrent state as well",
    ),
    (
        RECURRENT,
        "Recurrent.call",
        "x = dropout(outputs)",
        "x = outputs",
        "no dropout between native layers",
    ),
    (
        RECURRENT,
        "Recurrent.call",
        "layer(x, initial_state=before, mask=mask)",
        "layer(x, initial_state=before)",
        "layers read the padding",
    ),
    (
        RECURRENT,
        "Recurrent.call",
        "layer(x, initial_state=before, mask=mask)",
        "layer(x, mask=mask)",
        "given state ignored",
    ),
    (
        RECURRENT,
        "Recurrent.step",
        "outputs * mask",
        "outputs",
        "no dropout between the layers of a decoder step",
    ),
    (
        RECURRENT,
        "Recurrent.select_rows",
        "part[rows]",
        "part[: len(rows)]",
        "state of a hypothesis not selected with it",
    ),
    (
        POOLING,
        "final_hidden",
        "state[-1]",
        "state[0]",
        "final state of the first layer",
    ),
    (
        POOLING,
        "final_hidden",
        "top[::each]",
        "top[each - 1 :: each]",
        "cell state of the LSTM in place of h",
    ),
    (
        POOLING,
        "mean_over_time",
        "ops.sum(mask, axis=1)",
        "outputs.shape[1]",
        "sum divided by the padded length",
    ),
    (
        POOLING,
        "mean_over_time",
        "mask * outputs",
        "outputs",
        "padding in the mean",
    ),
    (
        POOLING,
        "max_over_time",
        "ops.where(mask, outputs, -float('inf'))",
        "ops.where(mask, outputs, 0.0)",
        "maximum at least 0 where there is padding",
    ),
    (
        POOLING,
        "mean_and_max",
        "(mean_over_time, max_over_time)",
        "(max_over_time, mean_over_time)",
        "mean and maximum swapped",
    ),
    (
        INPUTS,
        "Embedding.__init__",
        "-1 if padding is None else padding",
        "-1",
        "padding has a gradient",
        0,
        "no step past a sequence reaches the loss",
    ),
    (
        INPUTS,
        "Embedding.__init__",
        "-1 if padding is None else padding",
        "0",
        "index 0 taken for padding where there is none",
    ),
    (
        INPUTS,
        "Characters.call",
        "words > 0",
        "words >= 0",
        "padding of a word's characters read",
    ),
]
