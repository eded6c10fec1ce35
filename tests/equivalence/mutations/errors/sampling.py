"""Sampling of the next token or keys."""

SAMPLING = "shared/decoding/sampling.py"

ERRORS = [
    (
        SAMPLING,
        "uniforms",
        "[seed, 4]",
        "[0, 4]",
        "texts of seed 0 whatever the seed",
    ),
    (
        SAMPLING,
        "sample",
        "np.take_along_axis(logits, order, axis=1) / sampling.temperature",
        "np.take_along_axis(logits, order, axis=1) * sampling.temperature",
        "logits multiplied by the temperature",
    ),
    (
        SAMPLING,
        "sample",
        "sampling.top_k or logits.shape[1]",
        "(sampling.top_k or logits.shape[1]) + 1",
        "one token more than top k",
    ),
    (
        SAMPLING,
        "sample",
        "probs /= probs.sum(axis=1, keepdims=True)",
        "pass",
        "top k and nucleus not normalized",
    ),
    (
        SAMPLING,
        "sample",
        "before >= sampling.top_p",
        "before + probs >= sampling.top_p",
        "nucleus a token short",
    ),
    (
        SAMPLING,
        "sample",
        "uniform[:, None] * sums[:, -1:]",
        "uniform[:, None]",
        "uniform number not scaled to what top p leaves",
    ),
    (
        SAMPLING,
        "sample_keys",
        "-logits / sampling.temperature",
        "-logits",
        "temperature ignored for keys",
    ),
    (
        SAMPLING,
        "sample_keys",
        "logits > 0",
        "logits > 0.5",
        "key sounds at a logit of 0.5, not at a probability of 0.5",
    ),
    (
        SAMPLING,
        "sample_keys",
        "uniform < probs",
        "uniform > probs",
        "keys sound with the probability of silence",
    ),
]
