"""Chapter 10."""

from . import each

PLANTS = {
    "10.1": {
        "second bias counted": [
            ("rnn = products + hidden", "rnn = products + 2 * hidden"),
            ("4 * (products + hidden)", "4 * (products + 2 * hidden)"),
        ],
        "recurrent bias of the GRU lost": ("+ 2 * hidden", "+ hidden"),
        "LSTM with three blocks": ("4 * (", "3 * ("),
        "recurrent matrix of the size of the input": (
            "(inputs + hidden) * hidden",
            "2 * inputs * hidden",
        ),
    },
    "10.2": {
        "not paired": each(
            ("differences.std()", "(a.var() + b.var()).sqrt()"),
            (
                "ops.sum((differences - mean) ** 2)",
                "(ops.sum((a - ops.mean(a)) ** 2) "
                "+ ops.sum((b - ops.mean(b)) ** 2))",
            ),
            (
                "differences.std(ddof=1)",
                "jnp.sqrt(a.var(ddof=1) + b.var(ddof=1))",
            ),
        ),
        "standard deviation divided by S": each(
            ("differences.std()", "differences.std(correction=0)"),
            ("(count - 1)", "count"),
            ("ddof=1", "ddof=0"),
        ),
        "spread of a single seed": each(
            (" / len(differences) ** 0.5", ""),
            (" / count**0.5", ""),
            (" / len(differences) ** 0.5", ""),
        ),
        "difference of the wrong sign": ("= a - b", "= b - a"),
        "divided by S": each(
            (" ** 0.5", ""), ("count**0.5", "count"), (" ** 0.5", "")
        ),
    },
    "10.3": {
        "one unit too many": ("return hidden", "return hidden + 1"),
        "one unit too few": ("return hidden", "return hidden - 1"),
        "biases forgotten": ("hidden + 2", "hidden + 1"),
        "blocks forgotten": ("blocks * (inputs", "(inputs"),
    },
}
