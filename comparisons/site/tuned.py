"""What a search selected, and how the selected settings score."""

import json
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

from comparisons.analysis.tables import markdown_table
from comparisons.analysis.wording import listed
from comparisons.arguments.parser import plain
from comparisons.tuning.scores import SeedScores, estimate_text
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)

FILE = "tune.json"


def tuned_table(root: Path, name: str) -> str:
    """The selected setting of each cell, and its scores by new seeds."""
    found = json.loads((root / name / FILE).read_text(encoding="utf-8"))
    settings = list(found["cells"][0]["setting"])
    validation = metric_name(found["validation_metric"])
    heads = ["cell", "trials", "pruned", *settings, f"validation {validation}"]
    frameworks = [one["framework"] for one in found["cells"][0]["tested"]]
    heads += [
        f"test {metric_name(found['metric'])}, {framework_name(framework)}"
        for framework in frameworks
    ]
    style = "l" + "r" * (len(heads) - 1)
    return "\n\n".join(
        [
            markdown_table(
                heads, [row(found, one) for one in found["cells"]], style
            ),
            f"{note(found)} {importances(found['cells'])}",
            f"Generated from `{name}/{FILE}`.",
        ]
    )


def row(found: dict[str, Any], cell: dict[str, Any]) -> list[str]:
    return [
        cell_name(cell["cell"]),
        *(str(cell["trials"]), str(cell["pruned"])),
        *map(plain, cell["setting"].values()),
        score_text(found["validation_metric"], cell["validation"]),
        *scores(found, cell),
    ]


def scores(found: dict[str, Any], cell: dict[str, Any]) -> Iterator[str]:
    """The test score of each framework, with its interval over seeds."""
    for one in cell["tested"]:
        yield estimate_text(
            found["metric"], SeedScores(tuple(one["test"]["scores"]))
        )


def note(found: dict[str, Any]) -> str:
    return (
        f"{found['trials']} trials of each cell by `{found['sampler']}`, "
        f"pruned by `{found['pruner']}`; validation scores are the best of "
        f"these, test scores those of {found['seeds']} other seeds, with 95 % "
        "intervals."
    )


def importances(cells: list[dict[str, Any]]) -> str:
    """The setting of each cell on which its validation score depends most."""
    most = {
        cell["cell"]: max(cell["importance"].items(), key=itemgetter(1))
        for cell in cells
        if cell["importance"]
    }
    if not most:
        return ""
    shown = (
        f"{cell_name(cell)} `{setting}` ({100 * share:.0f} %)"
        for cell, (setting, share) in most.items()
    )
    return (
        "Most of the variance of validation scores (functional ANOVA) is of "
        f"{listed(shown)}."
    )
