"""Batches, their order and lengths."""

BATCHES, BUCKETS = (
    f"shared/batching/{file}.py" for file in ("batches", "buckets")
)

ERRORS = [
    (
        BATCHES,
        "batch_indices",
        "[seed, 2, epoch]",
        "[0, 2, epoch]",
        "batches of seed 0 whatever the seed",
    ),
    (
        BATCHES,
        "batch_indices",
        "[seed, 2, epoch]",
        "[seed, 2, 0]",
        "the same order in each epoch",
    ),
    (
        BATCHES,
        "batch_indices",
        "rng.permutation(num_examples)",
        "np.arange(num_examples)",
        "examples not shuffled",
    ),
    (
        BATCHES,
        "batch_indices",
        "return rng.permutation(batches)",
        "return batches",
        "short batches of a pool first",
    ),
    (BATCHES, "POOL", "32", "1", "examples of like length not gathered"),
    (
        BATCHES,
        "EpochBatches.__init__",
        "self.needed[self.order].max(axis=1)",
        "self.needed[self.order].min(axis=1)",
        "batch cut to its shortest example",
    ),
    (
        BATCHES,
        "EpochBatches.__init__",
        "batch_indices(count, size, epoch, spec.seed, self.needed)",
        "batch_indices(count, size, epoch, spec.seed)",
        "lengths not used for the order of batches",
    ),
    (
        BATCHES,
        "EpochBatches.__init__",
        "spec.num_buckets",
        "5",
        "number of buckets left at its default",
    ),
    (
        BATCHES,
        "EpochBatches.__init__",
        "spec.stateful",
        "False",
        "windows shuffled in stateful training",
    ),
    (
        BATCHES,
        "EpochBatches.__getitem__",
        "self.monitor(rows)",
        "None",
        "batches taken not counted in the recorded digest",
    ),
    (
        BATCHES,
        "EpochBatches.sample_mask",
        "self.epoch",
        "0",
        "sample masks of epoch 0 in each epoch",
    ),
    (
        BATCHES,
        "EpochBatches.sample_mask",
        "number",
        "0",
        "one sample mask for all batches of an epoch",
        1,
    ),
    (
        BATCHES,
        "padding_share",
        "1.0 - batches.needed[batches.order].sum() / positions",
        "batches.needed[batches.order].sum() / positions",
        "share of real steps reported as padding",
    ),
    (
        BATCHES,
        "steps_per_epoch",
        "len(split.x) // spec.batch_size",
        "-(-len(split.x) // spec.batch_size)",
        "incomplete batch counted as a step of the schedule",
    ),
    (
        BUCKETS,
        "steps_needed",
        "np.maximum(lengths, targets)",
        "lengths",
        "targets longer than their source cut off",
    ),
    (
        BUCKETS,
        "has_steps",
        "y.dtype.kind == 'i'",
        "True",
        "forecast targets cut to the length of the input",
    ),
    (
        BUCKETS,
        "_bucket_ends",
        "buckets - 1",
        "buckets",
        "one bucket more than requested",
    ),
]
