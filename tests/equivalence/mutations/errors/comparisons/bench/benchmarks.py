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
]
