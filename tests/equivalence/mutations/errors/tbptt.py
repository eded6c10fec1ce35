"""Chunks of scoring, streams, and scheduled sampling."""

CHUNKS, SAMPLING, TBPTT = (
    f"shared/batching/{file}.py"
    for file in ("chunks", "scheduled_sampling", "tbptt")
)

ERRORS = [
    (
        CHUNKS,
        "predict_in_chunks",
        "outputs[rows[:new]] = found[:new]",
        "outputs[places[:new]] = found[:new]",
        "outputs in the order of lengths",
    ),
    (
        CHUNKS,
        "predict_in_chunks",
        "ends.max() <= short",
        "ends.min() <= short",
        "long examples of a chunk cut",
    ),
    (
        CHUNKS,
        "score_in_chunks",
        "lengths[rows]",
        "lengths[: len(rows)]",
        "lengths of the first chunk in each chunk",
    ),
    (
        SAMPLING,
        "forcing_probability",
        "spec.epochs - 1",
        "spec.epochs",
        "linear decay does not reach 0",
    ),
    (
        SAMPLING,
        "forcing_probability",
        "1.0 - epoch / max(1, spec.epochs - 1)",
        "epoch / max(1, spec.epochs - 1)",
        "teacher forcing grows over the epochs",
    ),
    (
        SAMPLING,
        "samples",
        "spec.teacher_forcing < 1.0 or spec.teacher_forcing_decay != 'none'",
        "spec.teacher_forcing < 1.0",
        "decay from full teacher forcing ignored",
    ),
    (
        SAMPLING,
        "draw_sample_mask",
        "[spec.seed, 3, epoch, number]",
        "[0, 3, epoch, number]",
        "sample masks of seed 0 whatever the seed",
    ),
    (
        SAMPLING,
        "draw_sample_mask",
        "rng.random(shape) >= forcing_probability(spec, epoch)",
        "rng.random(shape) < forcing_probability(spec, epoch)",
        "probability of teacher forcing taken as that of sampling",
    ),
    (
        SAMPLING,
        "draw_sample_mask",
        "mask[:, 0] = False",
        "pass",
        "prediction read before the first step",
    ),
    (
        TBPTT,
        "stream_indices",
        "np.arange(steps)[:, None] + steps * np.arange(streams)",
        "streams * np.arange(steps)[:, None] + np.arange(streams)",
        "windows in a row spread over the streams",
    ),
    (
        TBPTT,
        "score_streams",
        "losses, state = forward(*batch, state)",
        "losses, _ = forward(*batch, state)",
        "perplexity without the state of the window before",
    ),
    (
        TBPTT,
        "score_streams",
        "np.minimum(rows, count - 1)",
        "rows % count",
        "filled-up stream goes on at the beginning",
        0,
        "the scores of the filler are dropped, and no stream goes on after it",
    ),
]
