"""Backpropagation through time by hand."""

BPTT = "jax_impl/bptt.py"
CELLS = "jax_impl/bptt_cells.py"

ERRORS = [
    (
        CELLS,
        "rnn_forward",
        "(1 - h**2,)",
        "(jnp.ones_like(h),)",
        "factor of the tanh lost in backpropagation through time",
    ),
    (
        CELLS,
        "gru_forward",
        "d_r = d_n * uh_n * r * (1 - r)",
        "d_r = 0 * d_n",
        "gradient of the reset gate dropped",
    ),
    (
        CELLS,
        "gru_backward",
        "d_uh @ w_hh.T + dh * z",
        "d_uh @ w_hh.T",
        "path of the gradient that the update gate retains dropped",
    ),
    (
        CELLS,
        "lstm_backward",
        "dc * f",
        "dc",
        "gradient of the cell state not multiplied by the forget gate",
    ),
    (
        BPTT,
        "unroll_backward",
        "(begin, outputs[:-1])",
        "(outputs[:1], outputs[:-1])",
        "recurrent weight gradient reads h_1 as the initial state",
    ),
    (
        BPTT,
        "unroll_backward",
        "mask is None",
        "True",
        "lengths ignored in the backward pass",
    ),
    (
        BPTT,
        "unroll_backward",
        "zip((d_wx, d_uh), biases)",
        "zip((d_wx, d_wx), biases)",
        "bias of U h has the gradient of the other bias",
    ),
]
