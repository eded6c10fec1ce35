"""Chapter 1."""

from . import each

STATE_KEPT = [("h = NP.tanh(", "new = NP.tanh("), ("append(h)", "append(new)")]

PLANTS = {
    "1.1": {
        "bias lost": (" + b)", ")"),
        "bias doubled": (" + b)", " + 2 * b)"),
        "state ignored": (" + h @ w_hh", ""),
        "no tanh": ("NP.tanh(x", "(x"),
        "logistic function in place of tanh": ("NP.tanh(", "SIGMOID("),
        "recurrent matrix transposed": ("h @ w_hh", "h @ TRANSPOSED(w_hh)"),
    },
    "1.2": {
        "state not passed on": STATE_KEPT,
        "initial state ignored": (
            "outputs = []",
            "outputs, h = [], NP.zeros_like(h)",
        ),
        "time read backwards": (
            "range(x.shape[1])",
            "reversed(range(x.shape[1]))",
        ),
        "outputs one step late": [
            ("        outputs.append(h)\n", ""),
            (
                "        h = NP.tanh(",
                "        outputs.append(h)\n        h = NP.tanh(",
            ),
        ],
        "bias lost": (" + b)", ")"),
        "time before batch": ("AXIS=1", "AXIS=0"),
    },
    "1.3": {
        "target in its window": each(
            ("y = series[size:]", "y = series[size - 1 : -1]"),
            ("size : size + count", "size - 1 : size - 1 + count"),
            ("series[starts + size]", "series[starts + size - 1]"),
        ),
        "last window lost": each(
            [
                ("series[:-1]", "series[:-2]"),
                ("series[size:]", "series[size:-1]"),
            ],
            ("series.shape[0] - size", "series.shape[0] - size - 1"),
            ("len(series) - size", "len(series) - size - 1"),
        ),
        "no feature axis": ("x[:, :, None]", "x"),
        "windows reversed": each(
            ("x[:, :, None]", "x.flip(1)[:, :, None]"),
            *2 * (("x[:, :, None]", "x[:, ::-1, None]"),),
        ),
    },
    "1.4": {
        "first state read": ("states[-1]", "states[0]"),
        "mean of the states": ("states[-1]", "(sum(states) / len(states))"),
        "bias of the head lost": (" + b_out", ""),
        "forecast squashed": (
            "states[-1] @ w_out + b_out",
            "NP.tanh(states[-1] @ w_out + b_out)",
        ),
        "state not passed on": STATE_KEPT,
    },
}
