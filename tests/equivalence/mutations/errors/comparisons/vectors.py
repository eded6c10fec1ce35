"""Conformance vectors: cases, what is right, what is compared and named."""

VECTORS = "comparisons/vectors"
RUN = f"{VECTORS}/reference/run.py"
PORTABLE = f"{VECTORS}/reference/portable.py"
GRU = f"{VECTORS}/reference/gru.py"
COMPARE = f"{VECTORS}/compare.py"
EXPLAIN = f"{VECTORS}/diagnosis/explain.py"
ADAPTERS = f"{VECTORS}/adapters"

ERRORS = [
    (
        GRU,
        "reset_before_backward",
        "d_h * z + d_rh * r",
        "d_h * z + d_rh",
        "reset gate missing in the gradient of the state",
    ),
    (
        GRU,
        "reset_before",
        "(r * h) @ u_n",
        "r * (h @ u_n)",
        "reset gate after the product in the kind before it",
    ),
    (
        RUN,
        "recurrent_outputs",
        "x * case.mask[:, :, None]",
        "x",
        "outputs past the end not 0",
    ),
    (
        RUN,
        "layer_weights",
        "bias[hidden : 2 * hidden] += kind.forget_bias",
        "bias[:hidden] += kind.forget_bias",
        "forget bias added to the input gate",
    ),
    (
        RUN,
        "recurrent_gradients",
        "initial[name].insert(0, plain(d))",
        "initial[name].append(plain(d))",
        "gradients of the initial states in the reverse order",
    ),
    (
        PORTABLE,
        "matmul",
        "np.add.reduce(a[..., :, None] * b, axis=-2)",
        "a @ b",
        "products of matrices by BLAS",
    ),
    (
        PORTABLE,
        "FUNCTIONS",
        "np.tanh",
        "np.sinh",
        "tanh of vector instructions",
    ),
    (
        f"{VECTORS}/draws.py",
        "values",
        "(integers(key, count, 2 * UNIT + 1) - UNIT).reshape(shape) / UNIT",
        "(integers(key, count, 2 * UNIT + 1) - UNIT).reshape(shape) / 63",
        "drawn values that bfloat16 rounds",
    ),
    (
        f"{VECTORS}/build.py",
        "write_shard",
        '{"version": VERSION}',
        '{"version": VERSION, "kind": path.stem}',
        "metadata in a random order",
    ),
    (
        f"{VECTORS}/index.py",
        "Vectors.read",
        "sum(trained[:row])",
        "row",
        "a training of another case",
    ),
    (
        COMPARE,
        "valid",
        "np.where(mask, found[name], 0.0)",
        "found[name]",
        "outputs past the end compared",
    ),
    (
        COMPARE,
        "deviations",
        "deviation(found[name], right) if name in found else WORST",
        "deviation(found[name], right) if name in found else 0.0",
        "an output that is missing counted as right",
    ),
    (
        COMPARE,
        "past_ends",
        "not rest.any()",
        "rest.any()",
        "repeated states called zeros",
    ),
    (
        EXPLAIN,
        "difference",
        "deviation(a, factor * b) <= 1e-6",
        "False",
        "gradients that are twice the right ones not called so",
    ),
    (
        f"{VECTORS}/check.py",
        "check",
        "ends == MOST_ENDS",
        "False",
        "a process started for each case of a kind that ends it",
    ),
    (
        f"{VECTORS}/report.py",
        "row_of",
        'counts["unsupported"]',
        "0",
        "cases that are not supported not counted",
    ),
    (
        "comparisons/commands/vectors/check.py",
        "main",
        "1 if failed else 0",
        "0",
        "exit status of a check that passed for one that failed",
    ),
    (
        EXPLAIN,
        "mistake",
        "largest(own) <= SINGLE",
        "False",
        "single precision not recognized",
    ),
    (
        f"{VECTORS}/diagnosis/directions.py",
        "exchanged",
        "other_direction(outputs[name])",
        "outputs[name]",
        "an error of directions without effect",
    ),
    (
        f"{VECTORS}/worker/runner.py",
        "Runner.run",
        "replace(case, dtype=precision)",
        "replace(case, dtype=PRECISIONS[0])",
        "an adapter given float64 whatever the precision",
    ),
    (
        f"{ADAPTERS}/pytorch.py",
        "in_reverse",
        "row[:end].flip(0)",
        "row[:end]",
        "PyTorch's reverse direction read forward",
    ),
    (
        f"{ADAPTERS}/keras/_layers.py",
        "in_keras",
        "bias[case.hidden : 2 * case.hidden] += case.forget_bias",
        "bias[: case.hidden] += case.forget_bias",
        "forget bias of Keras added to the input gate",
    ),
    (
        f"{ADAPTERS}/_jax.py",
        "layers",
        "place += 1",
        "place += 0",
        "the first initial state given to all layers of JAX",
    ),
    (
        f"{ADAPTERS}/onnx_runtime.py",
        "ORDERS",
        "[1, 0, 2]",
        "[0, 1, 2]",
        "gates r z n given to ONNX as z r h",
    ),
    (
        f"{VECTORS}/check.py",
        "Checker.start",
        "self.end()",
        "None",
        "the process of an adapter that cannot be imported left running",
    ),
    (
        f"{VECTORS}/check.py",
        "extra_of",
        "row.extra",
        "module",
        "an extra that does not exist named for a missing engine",
    ),
]
