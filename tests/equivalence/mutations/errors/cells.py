"""Cells from scratch and recurrent layers."""

PYTORCH, KERAS, JAX = (
    f"{p}_impl/cells.py" for p in ("pytorch", "keras", "jax")
)

ERRORS = [
    (
        PYTORCH,
        "lstm_step",
        "f * c + i * g",
        "i * c + f * g",
        "gates i and f swapped",
    ),
    (
        PYTORCH,
        "lstm_step",
        "o * torch.tanh(c)",
        "o * c",
        "no tanh of the cell state",
    ),
    (
        PYTORCH,
        "gru_step",
        "(1 - z) * n + z * h",
        "z * n + (1 - z) * h",
        "update gate reversed",
    ),
    (
        PYTORCH,
        "gru_step",
        "wx_n + r * uh_n",
        "wx_n + uh_n",
        "reset gate ignored",
    ),
]
