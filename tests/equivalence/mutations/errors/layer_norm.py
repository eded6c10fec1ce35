"""Layer-normalized cells, in the three packages and in the reference."""

REFERENCE = "shared/reference/layer_norm.py"

STANDARDIZED = {
    "pytorch_impl": (
        "F.layer_norm(p, p.shape[-1:], eps=NORM_EPSILON)",
        "(p - p.mean(-1, True)) / (p.var(-1, keepdim=True) + 1e-5).sqrt()",
        "F.layer_norm(p, p.shape[-1:], eps=1e-12)",
    ),
    "keras_impl": (
        "ops.layer_normalization(p, epsilon=NORM_EPSILON)",
        "ops.layer_normalization(p, epsilon=NORM_EPSILON)"
        " * (1 - 1 / p.shape[-1]) ** 0.5",
        "ops.layer_normalization(p, epsilon=1e-12)",
    ),
    "jax_impl": (
        "jax.nn.standardize(part, variance=part.var(axis=-1, keepdims=True), "
        "epsilon=NORM_EPSILON)",
        "jax.nn.standardize(part, variance=part.var(axis=-1, ddof=1, "
        "keepdims=True), epsilon=NORM_EPSILON)",
        "jax.nn.standardize(part, variance=part.var(axis=-1, keepdims=True), "
        "epsilon=1e-12)",
    ),
}
"""Package -> a span normalized; with the unbiased variance; with no ε."""

CELL_STATE = {
    "pytorch_impl": "gain_c * layer_norm(c) + b_c",
    "keras_impl": "gain_c * layer_norm(c) + b_c",
    "jax_impl": "gain_c * layer_norm(c) + b_c",
}


def rows(package: str) -> list[tuple]:
    """The errors of one package."""
    norm, cells = (f"{package}/{file}.py" for file in ("layer_norm", "scratch"))
    right, unbiased, bare = STANDARDIZED[package]
    state = CELL_STATE[package]
    recurrent = "self.loop.cell" if package == "keras_impl" else "self"
    gru, lstm = "normalized_gru_step", "normalized_lstm_step"
    return [
        (norm, "layer_norm", right, unbiased, "unbiased variance"),
        (norm, "layer_norm", right, bare, "no epsilon"),
        (
            norm,
            lstm,
            "NORM_SPANS['lstm']",
            "(1, 1, 1, 1)",
            "each gate of the LSTM normalized by itself",
        ),
        (
            norm,
            gru,
            "NORM_SPANS['gru']",
            "(3,)",
            "candidate of the GRU normalized together with its gates",
        ),
        (
            norm,
            gru,
            "gain_hh * uh + b_hh",
            "gain_hh * (uh + b_hh)",
            "bias before the gain",
        ),
        (
            norm,
            lstm,
            "f * c + i * g",
            "layer_norm(f * c + i * g)",
            "cell state normalized where the next step reads it",
        ),
        (norm, lstm, state, "gain_c * c + b_c", "cell state not normalized"),
        (
            norm,
            "normalized_rnn_step",
            "gain_hh * uh",
            "gain_hh * product(h, w_hh, masks)",
            "recurrent product not normalized",
        ),
        (
            cells,
            "ScratchLayer.project",
            "self.gain_ih",
            f"{recurrent}.gain_hh",
            "gains of both products swapped",
        ),
        (
            cells,
            "ScratchLayer.project",
            "layer_norm(wx, NORM_SPANS[self.cell])",
            "wx",
            "input product not normalized",
        ),
    ]


ERRORS = [
    *(row for package in STANDARDIZED for row in rows(package)),
    (
        REFERENCE,
        "normalize",
        "(centered**2).mean(axis=1, keepdims=True)",
        "part.var(axis=1, keepdims=True, ddof=1)",
        "unbiased variance in the reference",
    ),
    (
        REFERENCE,
        "normalize_backward",
        "value * (d * value).mean(axis=1, keepdims=True)",
        "0 * value",
        "no gradient through the variance",
    ),
    (
        REFERENCE,
        "normalize_backward",
        "d.mean(axis=1, keepdims=True)",
        "0 * d",
        "no gradient through the mean",
    ),
    (
        REFERENCE,
        "from_normalized",
        "d_u * weights['gain_hh']",
        "d_u",
        "gradient of the recurrent product without its gain",
    ),
    (
        REFERENCE,
        "lstm_backward",
        "d_c + normalize_backward(d_values, values, scales)",
        "d_c + d_values",
        "no gradient through the normalization of the cell state",
    ),
    (
        REFERENCE,
        "project_backward",
        "(d_a * values).sum(axis=0)",
        "d_a.sum(axis=0)",
        "gradient of the input gain is that of the bias",
    ),
    (
        "shared/specs/cells.py",
        "TABLE",
        "norm_spans=(2, 1)",
        "norm_spans=(3,)",
        "candidate of the GRU normalized with its gates everywhere",
    ),
    (
        "shared/weights/init.py",
        "INITIALIZERS",
        "_ones",
        "_zeros",
        "input gains start at 0",
    ),
    (
        "shared/weights/flops.py",
        "count_parameters",
        "stack.layer_norm",
        "0",
        "input gains not counted",
    ),
    (
        "shared/specs/scratch.py",
        "_check_impl",
        "spec.impl != IMPL",
        "False",
        "layer normalization of native layers silently left out",
    ),
    (
        "shared/specs/scratch.py",
        "_check_layer_norm",
        "size < 2",
        "False",
        "layer normalization of a single unit accepted: it is always 0",
    ),
    (
        "comparisons/runs/plan.py",
        "nearest_size",
        "1 + spec.layer_norm",
        "1",
        "smallest size of a normalized cell too small",
    ),
    (
        "comparisons/equivalence/cases.py",
        "case_like",
        "layer_norm=spec.layer_norm",
        "layer_norm=False",
        "normalized model checked without normalization",
    ),
]
