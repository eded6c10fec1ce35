"""The CRF of a tagger."""

FILE = "jax_impl/crf.py"

ERRORS = [
    (
        FILE,
        "path_scores",
        "crf.transitions[tags[:, :-1], tags[:, 1:]]",
        "crf.transitions[tags[:, 1:], tags[:, :-1]]",
        "transitions from column to row",
    ),
    (
        FILE,
        "path_scores",
        "mask.sum(axis=1) - 1",
        "mask.sum(axis=1) - 2",
        "last tag a step too early",
    ),
    (
        FILE,
        "log_partition.step",
        "jnp.where(mask[:, None], new, alphas)",
        "new",
        "padding counted in the partition",
    ),
    (
        FILE,
        "log_partition",
        "mask[:, 1:].T",
        "mask[:, :-1].T",
        "mask of the partition a step too late",
    ),
    (
        FILE,
        "log_partition.step",
        "logsumexp(pairs, axis=1)",
        "pairs.max(axis=1)",
        "maximum in place of the sum",
    ),
    (
        FILE,
        "best_tags.advance",
        "scores.argmax(axis=1)",
        "scores.argmax(axis=2)",
        "pointer to the tag after in place of the one before",
    ),
    (
        FILE,
        "best_tags.advance",
        "jnp.where(mask[:, None], before, same)",
        "before",
        "pointers followed through the padding",
    ),
    (
        FILE,
        "best_tags",
        "jnp.concatenate((tags, last[None]))",
        "jnp.concatenate((last[None], tags))",
        "tags a step too late",
    ),
    (
        FILE,
        "best_tags",
        "jnp.where(allowed[-1], crf.start[...], -jnp.inf)",
        "crf.start[...]",
        "constraint of the first tag left out",
    ),
]
