"""Timed regions: where a clock is read, and what a time is of."""

RECORDER = "comparisons/worker/recorder.py"
TRAIN = "comparisons/worker/train.py"
EPOCHS = "comparisons/worker/timing/epochs.py"
STEPS = "comparisons/worker/timing/training.py"
TEXTS = "comparisons/worker/timing/generation.py"
SEARCHES = "comparisons/worker/timing/attention.py"
PADDING = "comparisons/worker/timing/padding.py"

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
]
