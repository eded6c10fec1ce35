"""Cells and layers from scratch."""

CELLS = "pytorch_impl/cells.py"

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
        "o * torch.tanh(c)",
        "o * c",
        "no tanh of the cell state",
    ),
    (
        CELLS,
        "lstm_step",
        "torch.tanh(g)",
        "torch.sigmoid(g)",
        "sigmoid in place of the tanh of the candidate",
    ),
    (
        CELLS,
        "gru_step",
        "(1 - z) * n + z * h",
        "z * n + (1 - z) * h",
        "update gate reversed",
    ),
    (CELLS, "gru_step", "wx_n + r * uh_n", "wx_n + uh_n", "reset gate ignored"),
    (CELLS, "gru_step", "h @ w_hh + b_hh", "h @ w_hh", "no recurrent bias"),
    (
        CELLS,
        "rnn_relu_step",
        "torch.relu",
        "torch.tanh",
        "tanh in the cell with ReLU",
    ),
    (
        CELLS,
        "sequence_mask",
        "steps < lengths[:, None]",
        "steps <= lengths[:, None]",
        "mask one step too long",
    ),
    (
        CELLS,
        "ScratchLayer.__init__",
        "nn.init.uniform_(parameter, -(hidden**-0.5), hidden**-0.5)",
        "nn.init.uniform_(parameter, -(hidden**-1.0), hidden**-1.0)",
        "initial weights within 1/H in place of 1/√H",
    ),
    (
        CELLS,
        "ScratchLayer.steps",
        "reversed(times) if self.reverse else times",
        "times",
        "backward direction reads forwards",
    ),
    (
        CELLS,
        "ScratchLayer.steps",
        "new if mask is None else freeze(mask[:, t], new, state)",
        "new",
        "state not frozen in the padding",
    ),
    (
        CELLS,
        "ScratchLayer.steps",
        "state or self.initial_state(len(x))",
        "self.initial_state(len(x))",
        "given state ignored",
    ),
    (
        CELLS,
        "ScratchRecurrent.__init__",
        "nn.Dropout(spec.dropout)",
        "nn.Dropout(1 - spec.dropout)",
        "dropout rate taken as the share kept",
    ),
    (
        CELLS,
        "ScratchRecurrent.forward",
        "x = self.dropout(outputs)",
        "x = outputs",
        "no dropout between layers",
    ),
    (
        CELLS,
        "ScratchRecurrent.forward",
        "return outputs, after",
        "return x, after",
        "dropout after the last layer as well",
    ),
]
