"""A CRF in NumPy, and the tags that it admits."""

REFERENCE = "shared/reference/crf.py"
LOGITS = "shared/decoding/tags.py"
WORKER = "comparisons/worker/tags.py"
SCHEMES = "shared/text/schemes.py"
CHECKS = "shared/task/data_checks.py"

ERRORS = [
    (
        REFERENCE,
        "crf_nll",
        "np.sum(targets >= 0)",
        "len(targets)",
        "loss per sentence, not per word",
    ),
    (
        REFERENCE,
        "recursions",
        "log_sum(before, axis=0)",
        "before.max(axis=0)",
        "maximum in place of the sum",
    ),
    (
        REFERENCE,
        "recursions",
        "log_sum(after, axis=1)",
        "log_sum(after, axis=0)",
        "transitions transposed in the backward recursion",
    ),
    (
        REFERENCE,
        "path_score",
        "transitions[tags[:-1], tags[1:]]",
        "transitions[tags[1:], tags[:-1]]",
        "transitions from column to row",
    ),
    (
        REFERENCE,
        "crf_nll",
        "singles[-1]",
        "singles[0]",
        "gradient of the last tag's score from the first",
    ),
    (
        REFERENCE,
        "viterbi",
        "steps[1:length]",
        "steps[1:]",
        "length ignored at decoding",
    ),
    (
        REFERENCE,
        "viterbi",
        "pointers[place - 1]",
        "pointers[place - 2]",
        "pointer off by one",
    ),
    (
        LOGITS,
        "path_logits",
        "transitions.T[tags[:, 1:]]",
        "transitions[tags[:, 1:]]",
        "transitions transposed",
    ),
    (
        LOGITS,
        "path_logits",
        "end * last[..., None]",
        "end",
        "score of the last tag at every word",
    ),
    (
        LOGITS,
        "path_logits",
        "np.nextafter(largest, np.inf)",
        "largest",
        "a tie goes to the first tag",
    ),
    (
        SCHEMES,
        "allowed_transitions",
        'p.mark in "BI" and p.kind == tag.kind',
        'p.mark in "BI"',
        "I- after an entity of another type",
    ),
    (
        SCHEMES,
        "allowed_transitions",
        "[*same, False]",
        "[*same, True]",
        "a sentence begins with I-",
    ),
    (
        SCHEMES,
        "allowed_tags",
        'known.get("scheme", "")',
        '""',
        "constraint left out",
    ),
    (
        WORKER,
        "best_tags",
        "np.where(np.arange(steps) < ends[:, None], tags, -1)",
        "tags",
        "padding of a short chunk is a tag",
    ),
    (
        CHECKS,
        "check_tags",
        "dataset.output_size < 2",
        "dataset.output_size < 1",
        "a CRF of one tag",
    ),
    (
        CHECKS,
        "check_tags",
        "np.arange(y.shape[1]) < ends",
        "np.arange(y.shape[1]) < 0",
        "steps without a tag",
    ),
]
