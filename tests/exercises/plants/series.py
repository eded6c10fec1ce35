"""Chapter 8."""

from . import each

NAIVE = "train[season:] - train[:-season]"
COST = "NP.maximum(levels * error, (levels - 1) * error)"
GROUPED = "[label for label, _ in groupby(tokens)]"
MERGED = "torch.unique_consecutive(path)"

PLANTS = {
    "8.1": {
        "test split in the statistics": each(
            (
                "train.mean(), train.std(correction=0)",
                "torch.cat([train, test]).mean(), "
                "torch.cat([train, test]).std(correction=0)",
            ),
            (
                "ops.mean(train), ops.std(train)",
                "ops.mean(ops.concatenate([train, test])), "
                "ops.std(ops.concatenate([train, test]))",
            ),
            (
                "train.mean(), train.std()",
                "jnp.concatenate([train, test]).mean(), "
                "jnp.concatenate([train, test]).std()",
            ),
        ),
        "test split normalized by itself": each(
            (
                "(test - mean) / std",
                "(test - test.mean()) / test.std(correction=0)",
            ),
            (
                "(test - mean) / std",
                "(test - ops.mean(test)) / ops.std(test)",
            ),
            ("(test - mean) / std", "(test - test.mean()) / test.std()"),
        ),
        "divided by the variance": each(
            ("train.std(", "train.var("),
            ("ops.std(", "ops.var("),
            ("train.std(", "train.var("),
        ),
        "standard deviation with N - 1, the default of torch.std": each(
            ("train.std(correction=0)", "train.std()"),
            (
                "ops.std(train)",
                "ops.sqrt(ops.sum((train - ops.mean(train)) ** 2) "
                "/ (train.shape[0] - 1))",
            ),
            ("train.std()", "train.std(ddof=1)"),
        ),
    },
    "8.2": {
        "scaled by the test split": (
            NAIVE,
            "actual[season:] - actual[:-season]",
        ),
        "season ignored": (NAIVE, "train[1:] - train[:-1]"),
        "squared errors": [
            ("NP.abs(train", "NP.square(train"),
            ("NP.abs(forecast", "NP.square(forecast"),
        ],
        "not scaled": (" / naive", ""),
    },
    "8.3": {
        "sign of the error exchanged": (
            "y[:, None] - forecast",
            "forecast - y[:, None]",
        ),
        "absolute error": (COST, "NP.abs(error)"),
        "smaller of both costs": ("NP.maximum", "NP.minimum"),
        "sum over the levels": (COST, f"NP.sum({COST}, AXIS=1)"),
    },
    "8.4": {
        "blanks dropped before repetitions are merged": each(
            (MERGED, "torch.unique_consecutive(path[path != blank])"),
            (
                "groupby(tokens)",
                "groupby([k for k in tokens if k != blank])",
            ),
            (
                "    changes =",
                "    path = path[path != blank]\n    changes =",
            ),
        ),
        "repetitions not merged": each(
            (MERGED, "path"),
            (GROUPED, "tokens"),
            ("changes & (path != blank)", "path != blank"),
        ),
        "blanks not dropped": each(
            ("labels[labels != blank]", "labels"),
            (" if label != blank", ""),
            ("changes & (path != blank)", "changes"),
        ),
        "all duplicates removed": each(
            (MERGED, "torch.tensor(list(dict.fromkeys(path.tolist())))"),
            (GROUPED, "list(dict.fromkeys(tokens))"),
            (
                "path[changes & (path != blank)].tolist()",
                "[k for k in dict.fromkeys(path.tolist()) if k != blank]",
            ),
        ),
    },
    "8.5": {
        "forecast not fed back": ("value @ w_ih", "x[:, -1] @ w_ih"),
        "state not passed on": (
            "value @ w_ih + h @ w_hh",
            "value @ w_ih",
        ),
        "first forecast lost": (
            "forecasts = []",
            "forecasts, h = [], NP.tanh(x[:, -1] @ w_ih + h @ w_hh + b)",
        ),
        "one forecast repeated": (
            "        h = NP.tanh(value @ w_ih + h @ w_hh + b)\n",
            "",
        ),
    },
}
