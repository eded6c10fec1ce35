"""Chapter 3."""

from . import each

LAST_BLOCK = "[-h.shape[1] :]"
SHIFT = "y[:, lag:] = x[:, :-lag]"
PAD = "x[:, :-lag], [[0, 0], [lag, 0]]"
SET = "at[:, lag:].set(x[:, :-lag])"
PARTS = "[zeros, forget, zeros, zeros]"

PLANTS = {
    "3.1": {
        "input and forget gates swapped": ("i, f, g, o =", "f, i, g, o ="),
        "candidate and output gate swapped": ("i, f, g, o =", "i, f, o, g ="),
        "candidate squashed by σ": ("NP.tanh(g)", "SIGMOID(g)"),
        "no tanh of the cell state": ("NP.tanh(c)", "c"),
        "bias lost": (" + b, 4", ", 4"),
        "bias doubled": (" + b, 4", " + 2 * b, 4"),
        "no forget gate": ("SIGMOID(f) * c", "c"),
        "no output gate": ("SIGMOID(o) * NP.tanh(c)", "NP.tanh(c)"),
    },
    "3.2": {
        "reset and update gates swapped": [
            ("a_r, a_z, a_n =", "a_z, a_r, a_n ="),
            ("u_r, u_z, u_n =", "u_z, u_r, u_n ="),
        ],
        "reset gate before the product": (
            "r * u_n",
            f"(r * h) @ w_hh[:, -h.shape[1] :] + b_hh{LAST_BLOCK}",
        ),
        "update gate inverted": (
            "(1 - z) * n + z * h",
            "z * n + (1 - z) * h",
        ),
        "recurrent bias lost": (" + b_hh", ""),
        "recurrent bias outside the reset gate": (
            "r * u_n",
            f"r * (u_n - b_hh{LAST_BLOCK}) + b_hh{LAST_BLOCK}",
        ),
        "no reset gate": ("r * u_n", "u_n"),
    },
    "3.3": {
        "value at the input gate": each(
            ("b[1]", "b[0]"),
            (PARTS, "[forget, zeros, zeros, zeros]"),
            ("at[1]", "at[0]"),
        ),
        "value at every gate": each(
            ("b[1]", "b[:]"), (PARTS, "[forget] * 4"), ("at[1]", "at[:]")
        ),
        "forget bias doubled": each(
            ("= value", "= 2 * value"),
            (",), value)", ",), 2 * value)"),
            ("set(value)", "set(2 * value)"),
        ),
        "gates interleaved": each(
            ("b.flatten()", "b.T.flatten()"),
            (
                f"ops.concatenate({PARTS})",
                f"ops.reshape(ops.stack({PARTS}, axis=1), -1)",
            ),
            ("b.ravel()", "b.T.ravel()"),
        ),
    },
    "3.4": {
        "lag too long": each(
            (SHIFT, "y[:, lag + 1 :] = x[:, : -lag - 1]"),
            (PAD, "x[:, : -lag - 1], [[0, 0], [lag + 1, 0]]"),
            (SET, "at[:, lag + 1 :].set(x[:, : -lag - 1])"),
        ),
        "targets from the future": each(
            (SHIFT, "y[:, :-lag] = x[:, lag:]"),
            (PAD, "x[:, lag:], [[0, 0], [0, lag]]"),
            (SET, "at[:, :-lag].set(x[:, lag:])"),
        ),
        "wrapped around": each(
            (SHIFT, "y = x.roll(lag, dims=1)"),
            (f"ops.pad({PAD})", "ops.roll(x, lag, axis=1)"),
            (f"jnp.zeros_like(x).{SET}", "jnp.roll(x, lag, axis=1)"),
        ),
        "delay along the batch": each(
            (SHIFT, "y[lag:] = x[:-lag]"),
            (PAD, "x[:-lag], [[lag, 0], [0, 0]]"),
            (SET, "at[lag:].set(x[:-lag])"),
        ),
    },
    "3.5": {
        "cell state not passed on": [
            ("c = SIGMOID(f) * c", "new = SIGMOID(f) * c"),
            ("NP.tanh(c)", "NP.tanh(new)"),
        ],
        "hidden state not passed on": [
            ("h = SIGMOID(o)", "new = SIGMOID(o)"),
            ("append(h)", "append(new)"),
        ],
        "cell states returned": ("append(h)", "append(c)"),
        "initial state ignored": (
            "outputs = []",
            "outputs, h, c = [], NP.zeros_like(h), NP.zeros_like(c)",
        ),
        "input and forget gates swapped": ("i, f, g, o =", "f, i, g, o ="),
    },
}
