"""Step times, ratios, rates, and the loops by hand."""

FRAME = "comparisons/analysis/frame.py"
RECORDS = "comparisons/bench/records.py"
TABLES = "comparisons/bench/tables.py"
GENERATION = "comparisons/bench/generation.py"
COSTS = "comparisons/bench/padding.py"
ATTENTION = "comparisons/bench/attention.py"
SCAN_PLOT = "comparisons/bench/scan_plot.py"
SCAN_TIMES = "comparisons/worker/timing/scan.py"
MEASUREMENTS = "comparisons/records/measurements.py"
LABELLED = "comparisons/figures/matplotlib.py"
LOOPS = "comparisons/bench/loops"
PATHS = "comparisons/bench/paths.py"
PATH_TABLE = "comparisons/bench/map/table.py"
CHANGES = "comparisons/bench/map/against.py"
ROUNDS = "comparisons/worker/timing/rounds.py"
LATENCY = "comparisons/bench/latency"
CALLS = "comparisons/worker/timing/inference.py"
BANDWIDTH = "comparisons/worker/timing/bandwidth.py"
PRODUCTS = "shared/weights/products.py"

ERRORS = [
    (
        FRAME,
        "epochs_frame",
        "np.where(found['epoch'] == 0, math.nan, times)",
        "times",
        "step time includes the epoch that compiles",
    ),
    (
        FRAME,
        "runs_frame",
        "epochs['step_ms'].median()",
        "epochs['step_ms'].max()",
        "compile time against the slowest epoch",
    ),
    (
        FRAME,
        "runs_frame",
        "epochs['seconds'].sum(min_count=1) - compiling.fillna(0.0)",
        "epochs['seconds'].sum(min_count=1)",
        "training seconds with compilation",
    ),
    (
        FRAME,
        "epochs_frame",
        "1e3 * (found['seconds'] / steps)",
        "1e6 * (found['seconds'] / steps)",
        "microseconds as milliseconds",
    ),
    (
        RECORDS,
        "ratio",
        "ours / minimal",
        "minimal / ours",
        "ratio to the minimal loop inverted",
    ),
    (RECORDS, "LIMIT", "1.05", "1.5", "limit of the ratio ten times as wide"),
    (
        TABLES,
        "print_rates",
        "record.tokens / seconds",
        "1 / seconds",
        "steps per second as tokens per second",
    ),
    (
        GENERATION,
        "token_cost",
        "t.later / t.later_tokens / t.batch",
        "t.later / t.later_tokens",
        "cost of a token of all texts as that of one",
    ),
    (
        GENERATION,
        "figures",
        "costs[-1] / costs[0]",
        "costs[0] / costs[-1]",
        "ratio of the shortest text to the longest",
    ),
    (
        SCAN_PLOT,
        "crossover",
        "found is None",
        "True",
        "last length of a faster scan in place of the first",
    ),
    (
        SCAN_PLOT,
        "crossover",
        "all(seconds < one.medians[steps] for one in others)",
        "any(seconds < one.medians[steps] for one in others)",
        "scan faster than one layer taken as faster than all",
    ),
    (
        SCAN_PLOT,
        "native_of",
        "(record.framework, 'native')",
        "(one.framework, 'native')",
        "scan compared with the layers of other frameworks",
    ),
    (
        SCAN_TIMES,
        "time_lengths",
        "sizes['form'] == 'loop'",
        "False",
        "loop over time timed as a scan",
    ),
    (
        MEASUREMENTS,
        "BenchScan.medians",
        "median(times)",
        "max(times)",
        "slowest step in place of the median",
    ),
    (
        LABELLED,
        "write_labels",
        "axis.yaxis.get_transform().transform(ends)",
        "ends",
        "labels of a logarithmic axis at the heights of a linear one",
    ),
    (
        COSTS,
        "print_costs",
        "masked / plain",
        "plain / masked",
        "cost of padding inverted",
    ),
    (
        ATTENTION,
        "print_searches",
        "times[2] / times[1]",
        "times[2] / times[0]",
        "beam search compared with a training step",
    ),
    (
        f"{LOOPS}/jax_loops.py",
        "guide_loop",
        "float(total) / steps",
        "total / steps",
        "JAX loop timed without waiting for the device",
    ),
    (
        f"{LOOPS}/jax_loops.py",
        "tuned_loop",
        "float(total) / steps",
        "total / steps",
        "tuned JAX loop timed without waiting for the device",
    ),
    (
        f"{LOOPS}/jax.py",
        "matrix_product",
        "product(a, a).block_until_ready()",
        "product(a, a)",
        "product of matrices timed without waiting for it",
    ),
    (
        f"{LOOPS}/pytorch.py",
        "run",
        "float(total) / steps",
        "total / steps",
        "PyTorch loop timed without waiting for the device",
    ),
    (
        f"{LOOPS}/language/pytorch.py",
        "train",
        "float(total) / steps",
        "total / steps",
        "PyTorch loop of texts timed without waiting for the device",
    ),
    (
        f"{LOOPS}/pytorch.py",
        "matrix_product",
        "(a @ a)[0, 0].item()",
        "a @ a",
        "PyTorch product timed without waiting for it",
    ),
    (
        f"{LOOPS}/keras.py",
        "matrix_product",
        "float(keras.ops.matmul(a, a)[0, 0])",
        "keras.ops.matmul(a, a)",
        "Keras product timed without waiting for it",
    ),
    (
        PATH_TABLE,
        "ratio_of",
        "a / b",
        "b / a",
        "ratio to the first path inverted",
    ),
    (
        PATH_TABLE,
        "outer",
        "TAIL * 2 ** count",
        "10 * TAIL * 2 ** count",
        "interval of a ratio between paths too narrow",
    ),
    (
        PATH_TABLE,
        "exponents",
        "np.log([one.seconds for one in found])",
        "np.array([one.seconds for one in found])",
        "exponents of times, not of their logarithms",
    ),
    (
        CHANGES,
        "relative",
        "s / unit",
        "s",
        "a slower machine taken for a slower path",
    ),
    (
        ROUNDS,
        "timed_rounds",
        "turn.epoch()",
        "turn",
        "first epoch of a path, which compiles, counted",
    ),
    (
        PRODUCTS,
        "layer_products",
        "Product(batch, columns, hidden, steps)",
        "Product(batch, columns, hidden)",
        "products of the backward pass at one time step alone",
    ),
    (
        PATHS,
        "measured",
        "not (found.disturbed and left)",
        "True",
        "a row timed under load kept",
    ),
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
