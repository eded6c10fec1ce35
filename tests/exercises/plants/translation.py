"""Chapter 7."""

from . import each

SHIFTED = "[starts, targets[:, :-1]]"
MASKED = "    scores = NP.where(mask, scores, INF)\n"

PLANTS = {
    "7.1": {
        "teacher forcing not shifted": (f"CAT({SHIFTED}, AXIS=1)", "targets"),
        "shifted the wrong way": (SHIFTED, "[targets[:, 1:], starts]"),
        "last target not dropped": (SHIFTED, "[starts, targets]"),
        "first target dropped": (SHIFTED, "[starts, targets[:, 1:]]"),
    },
    "7.2": {
        "attention without mask": (MASKED, ""),
        "masked scores set to 0": ("INF", "0.0"),
        "mask after the softmax": [
            (MASKED, ""),
            (
                "SOFTMAX(scores, AXIS=1)",
                "NP.where(mask, SOFTMAX(scores, AXIS=1), 0.0)",
            ),
        ],
        "softmax over the wrong axis": ("AXIS=1", "AXIS=0"),
        "scores divided by √H": (
            "query, memory)",
            "query, memory) / memory.shape[2] ** 0.5",
        ),
    },
    "7.3": {
        "no tanh": ("NP.tanh(queries", "(queries"),
        "tanh of each term": (
            "NP.tanh(queries + memory @ w_memory)",
            "NP.tanh(queries) + NP.tanh(memory @ w_memory)",
        ),
        "weights exchanged": [
            ("query @ w_query", "query @ w_memory"),
            ("memory @ w_memory", "memory @ w_query"),
        ],
        "softmax applied": each(
            ("energy @ v", "torch.softmax(energy @ v, dim=1)"),
            ("ops.dot(energy, v)", "ops.softmax(ops.dot(energy, v))"),
            ("energy @ v", "jax.nn.softmax(energy @ v)"),
        ),
    },
    "7.4": {
        "BLEU arguments swapped": (
            "    logs = []",
            "    hypotheses, references = references, hypotheses\n"
            "    logs = []",
        ),
        "counts not clipped": (
            "(found & wanted).values()",
            "found[gram] for gram in found if gram in wanted",
        ),
        "no brevity penalty": ("100 * penalty", "100"),
        "arithmetic mean of the precisions": [
            ("math.log(matches / total)", "matches / total"),
            ("math.exp(sum(logs) / 4)", "sum(logs) / 4"),
        ],
        "unigrams alone": ("sum(logs) / 4", "logs[0]"),
    },
    "7.5": {
        "beam without length normalization": (
            "score / ((4 + len(tokens)) / 6) ** alpha",
            "score",
        ),
        "greedy search": ("[:beam]", "[:1]"),
        "scores not summed": ("score + float(", "float("),
        "finished hypotheses extended": (
            "live = [found for found in best if found[0][-1] != end]",
            "live = best",
        ),
        "live hypotheses forgotten": ("finished + live", "finished or live"),
    },
}
