"""Timed regions: where a clock is read, and what the times are made of."""

RECORDER = "comparisons/worker/recorder.py"
TRAIN = "comparisons/worker/train.py"
EPOCHS = "comparisons/worker/timing/epochs.py"
STEPS = "comparisons/worker/timing/training.py"
TEXTS = "comparisons/worker/timing/generation.py"
SEARCHES = "comparisons/worker/timing/attention.py"
PADDING = "comparisons/worker/timing/padding.py"
FRAME = "comparisons/analysis/frame.py"
RECORDS = "comparisons/bench/records.py"
TABLES = "comparisons/bench/tables.py"
GENERATION = "comparisons/bench/generation.py"
COSTS = "comparisons/bench/padding.py"
ATTENTION = "comparisons/bench/attention.py"
LOOPS = "comparisons/bench/loops"

ERRORS = [
    (
        RECORDER,
        "Recorder.on_epoch_end",
        "self.since = time.perf_counter()",
        "self.since = now",
        "an epoch's seconds include the validation before it",
    ),
    (
        RECORDER,
        "Recorder.on_epoch_end",
        "self.since - now",
        "time.perf_counter() - self.reported",
        "seconds since the last message as those of validation",
    ),
    (
        RECORDER,
        "Recorder.on_batch",
        "self.since += time.perf_counter() - now",
        "self.since += 0.0",
        "messages timed as training",
    ),
    (
        TRAIN,
        "_time_inference",
        "seconds[3:]",
        "seconds",
        "latency of calls that compile",
    ),
    (
        TRAIN,
        "_time_inference",
        "x[:1]",
        "x",
        "latency of the whole test split",
    ),
    (
        TRAIN,
        "train_run",
        "begin = recorder.since = recorder.reported = time.perf_counter()",
        "begin = recorder.reported = time.perf_counter()",
        "loading of the data timed as the first epoch",
    ),
    (
        EPOCHS,
        "timed_epochs",
        "np.diff(since)[1:]",
        "np.diff(since)",
        "the epoch that compiles among the times",
    ),
    (
        STEPS,
        "in_turn",
        "seconds[1:]",
        "seconds",
        "the epoch that compiles among the step times",
    ),
    (
        STEPS,
        "in_turn",
        "min(loops, key=lambda name: median(compiled[name]))",
        "max(loops, key=lambda name: median(compiled[name]))",
        "compared with the slower of the loops by hand",
    ),
    (
        STEPS,
        "in_turn",
        "next(loop)",
        "loop",
        "the loop by hand timed without its epoch",
    ),
    (
        STEPS,
        "product_rates",
        "2 * SIZE**3",
        "SIZE**3",
        "multiplications counted without the additions",
    ),
    (
        STEPS,
        "round_steps",
        "max(FEWEST, round(WORK / flops))",
        "round(WORK / flops)",
        "rounds of no step of a large model",
    ),
    (
        TEXTS,
        "generate",
        "sum(part.shape[1] for part in slices)",
        "length - first",
        "generation timed without waiting for its chunks",
    ),
    (
        TEXTS,
        "generate",
        "end - since",
        "end - begin",
        "compilation in the time of a token",
    ),
    (
        SEARCHES,
        "searches",
        "DecodingOptions(beam=sizes['beam'], max_new_tokens=longest)",
        "DecodingOptions(max_new_tokens=longest)",
        "greedy search timed as beam search",
    ),
    (
        SEARCHES,
        "searches",
        "range(TURNS + 1)",
        "range(TURNS)",
        "one timed search less",
    ),
    (
        PADDING,
        "time_lengths",
        "plain if kind == 'without' else padded",
        "padded",
        "steps without lengths timed with lengths",
    ),
    (
        PADDING,
        "padded_batch",
        "rng.integers(sizes['shortest'], steps + 1, batch, np.int32)",
        "np.full(batch, steps, np.int32)",
        "padding timed on a batch without any",
    ),
    (
        FRAME,
        "step_seconds",
        "run.epochs[1:]",
        "run.epochs",
        "step time includes the epoch that compiles",
    ),
    (
        FRAME,
        "numbers",
        "np.median(steps)",
        "np.max(steps)",
        "compile time against the slowest epoch",
    ),
    (
        FRAME,
        "numbers",
        "total -= compiling",
        "pass",
        "training seconds with compilation",
    ),
    (
        FRAME,
        "numbers",
        "1e3 * quartiles(steps)[0]",
        "1e6 * quartiles(steps)[0]",
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
        "figures",
        "t.later / t.later_tokens / batch",
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
        f"{LOOPS}/pytorch_language.py",
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
]
