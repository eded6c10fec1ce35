"""The CRF of a tagger."""

FILE = "keras_impl/crf.py"

ERRORS = [
    (
        FILE,
        "ForwardCell.call",
        "ops.expand_dims(alphas, 2)",
        "ops.expand_dims(alphas, 1)",
        "transitions transposed in the partition",
    ),
    (
        FILE,
        "ForwardCell.call",
        "ops.logsumexp(pairs, axis=1)",
        "ops.max(pairs, axis=1)",
        "maximum in place of the sum",
    ),
    (
        FILE,
        "path_scores",
        "mask - after",
        "mask",
        "score of the last tag added at every step",
    ),
    (
        FILE,
        "path_scores",
        "tags * ops.expand_dims(mask, 2)",
        "tags",
        "padding scored as the first tag",
    ),
    (
        FILE,
        "path_scores",
        "ops.matmul(tags[:, :-1], crf.transitions) * tags[:, 1:]",
        "ops.matmul(tags[:, 1:], crf.transitions) * tags[:, :-1]",
        "transitions from column to row",
    ),
    (
        FILE,
        "log_partition",
        "ops.logical_and(mask, later)",
        "mask",
        "first step taken twice",
    ),
    (
        FILE,
        "log_partition",
        "ops.logical_and(mask, later)",
        "ops.logical_and(ops.ones_like(mask), later)",
        "padding counted in the partition",
    ),
    (
        FILE,
        "log_partition",
        "alphas + crf.end",
        "alphas",
        "end left out of the partition",
    ),
    (
        FILE,
        "best_tags.go_back",
        "ops.where(mask, before, tags)",
        "before",
        "pointers followed through the padding",
    ),
    (
        FILE,
        "best_tags.go_back",
        "ops.transpose(transitions)",
        "transitions",
        "transitions transposed on the way back",
    ),
    (
        FILE,
        "best_tags",
        "ops.where(allowed[:-1], transitions, -np.inf)",
        "transitions",
        "constraint of the transitions left out",
    ),
]
