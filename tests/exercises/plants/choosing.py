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
    "10.4": {
        "seeds not resampled": each(
            ("seeds[:, :, None]", "torch.arange(len(base))[:, None]"),
            (
                "ops.take(differences, seeds, axis=1)",
                "ops.repeat(differences[:, None], seeds.shape[0], axis=1)",
            ),
            ("seeds[:, :, None]", "jnp.arange(len(base))[:, None]"),
        ),
        "examples not resampled": each(
            ("examples[:, None, :]", "torch.arange(base.shape[1])"),
            ("ops.take_along_axis(rows, columns, axis=3)", "rows"),
            ("examples[:, None, :]", "jnp.arange(base.shape[1])"),
        ),
        "not paired": each(
            (
                "differences[:, seeds[:, :, None], examples[:, None, :]]",
                "others[:, seeds[:, :, None], examples[:, None, :]] "
                "- base[seeds.flip(0)[:, :, None], examples.flip(0)[:, None]]",
            ),
            [
                ("ops.take(differences,", "ops.take(others,"),
                (
                    "ops.take_along_axis(rows, columns, axis=3)",
                    "ops.take_along_axis(rows, columns, axis=3) "
                    "- ops.take_along_axis(ops.take(base[None], "
                    "ops.flip(seeds, 0), axis=1), "
                    "ops.flip(columns[:1], 1), axis=3)",
                ),
            ],
            (
                "differences[:, seeds[:, :, None], examples[:, None, :]]",
                "others[:, seeds[:, :, None], examples[:, None, :]] "
                "- base[seeds[::-1, :, None], examples[::-1, None, :]]",
            ),
        ),
        "not corrected for the number of comparisons": each(
            ("(40 * len(means))", "40"),
            ("(40 * means.shape[0])", "40"),
            ("(40 * len(means))", "40"),
        ),
        "interval of 90 %": ("(40 *", "(20 *"),
        "mean of the draws": each(
            ("differences.mean(dim=(1, 2))", "means.mean(dim=1)"),
            ("ops.mean(differences, axis=(1, 2))", "ops.mean(means, axis=1)"),
            ("differences.mean(axis=(1, 2))", "means.mean(axis=1)"),
        ),
        "difference of the wrong sign": ("others - base ", "base - others "),
        "settled in favor of a cell alone": (
            "(low > 0) | (high < 0)",
            "low > 0",
        ),
        "settled where the interval contains 0": (
            "(low > 0) | (high < 0)",
            "(low <= 0) & (high >= 0)",
        ),
    },
}
