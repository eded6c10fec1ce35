"""Predictions in turn, and generation against the bandwidth."""

LATENCY = "comparisons/bench/latency"
CALLS = "comparisons/worker/timing/inference.py"
BANDWIDTH = "comparisons/worker/timing/bandwidth.py"
GENERATION = "comparisons/bench/generation.py"
PRODUCTS = "shared/weights/products.py"

ERRORS = [
    (
        f"{LATENCY}/rounds.py",
        "in_rounds",
        "(number + place) % len(turns)",
        "place",
        "every round of predictions begun by the same row",
    ),
    (
        f"{LATENCY}/rows.py",
        "batches",
        "np.argsort(lengths, kind='stable')",
        "np.arange(size)",
        "latency of a sequence of any length, not of the median one",
    ),
    (
        f"{LATENCY}/rows.py",
        "part",
        "x[:, :lengths.max()]",
        "x",
        "predictions timed over steps that pad all sequences",
    ),
    (
        f"{LATENCY}/rows.py",
        "onnx_fault",
        "run.device == 'auto' and (not may_have_gpu())",
        "run.device == 'auto'",
        "ONNX Runtime on a CPU next to frameworks on a GPU",
    ),
    (
        f"{LATENCY}/table.py",
        "LIMIT",
        "0.0001",
        "0.001",
        "limit of the deviation of predictions ten times as wide",
    ),
    (
        f"{LATENCY}/table.py",
        "times_fastest",
        "other.cell == one.cell",
        "True",
        "a cell compared with the fastest of another cell",
    ),
    (
        f"{LATENCY}/table.py",
        "by_round",
        "median(calls)",
        "max(calls)",
        "slowest call of a round in place of its median",
    ),
    (
        CALLS,
        "run_session",
        "np.zeros(shape, np.float32)",
        "np.ones(shape, np.float32)",
        "state of an ONNX model begun with ones",
    ),
    (
        PRODUCTS,
        "token_bytes",
        "0 if spec.tie_weights else others * spec.embedding_size",
        "others * spec.embedding_size",
        "rows of a tied embedding taken as not read by the head",
    ),
    (
        PRODUCTS,
        "token_bytes",
        "others * columns",
        "0",
        "rows of other tokens read with a one-hot vector",
    ),
    (
        BANDWIDTH,
        "read_bandwidth",
        "max(1, LEAST // size)",
        "1",
        "bandwidth of a small array from a single pass",
    ),
    (
        GENERATION,
        "bound_cells",
        "bound / rate",
        "rate / bound",
        "ratio to the bound of the bandwidth inverted",
    ),
    (
        GENERATION,
        "token_seconds",
        "texts_of(record, 1, longest)",
        "texts_of(record, 64, longest)",
        "bound of one text held to many at once",
    ),
]
