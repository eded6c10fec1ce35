"""The flags of the commands on conformance vectors."""

from pathlib import Path

from comparisons.arguments.flags import common
from comparisons.arguments.flags.flag import (
    Groups,
    choice,
    flag,
    number,
    path,
)

FOLDER = Path("results/vectors")
PRECISIONS = ("float64", "float32", "float16", "bfloat16")

VECTORS_BUILD: Groups = {
    "": [
        path(
            "--out",
            "folder of the cases (default: results/vectors)",
            default=FOLDER,
            metavar="DIR",
        )
    ]
}
VECTORS_CHECK: Groups = {
    "": [
        flag(
            "adapter",
            "file with a function run(case), or the name of an adapter here",
            metavar="ADAPTER",
        ),
        path(
            "--vectors",
            "folder of the cases (default: results/vectors)",
            default=FOLDER,
            metavar="DIR",
        ),
        flag(
            "--kinds",
            "kinds of cases, such as gru-reset-after (default: all)",
            nargs="+",
            metavar="NAME",
        ),
        number("--limit", "cases of each kind, spread evenly (default: all)"),
        choice(
            "--precision",
            "precision to compute in",
            PRECISIONS,
            " (default: the adapter's first)",
        ),
        common.timeout("a case", 120.0),
        path("--out", "file of the result as JSON (default: none)"),
    ]
}
