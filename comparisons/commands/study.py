"""`compare.py study NAME`: a closer look at what a model does."""

from __future__ import annotations

import importlib

from shared.errors import UserError, unknown

STUDIES = {
    "attention": "comparisons.studies.attention.command",
    "gradients": "comparisons.studies.gradients.command",
    "neurons": "comparisons.studies.neurons.command",
    "steps": "comparisons.studies.steps.command",
}
"""Study -> its module, with `main(arguments) -> exit code`."""


def main(arguments: list[str]) -> int:
    """Run the study that the first word names."""
    if not arguments:
        names = ", ".join(STUDIES)
        raise UserError(f"study needs the name of one; choices: {names}")
    name, *rest = arguments
    if name not in STUDIES:
        raise UserError(unknown("study", name, STUDIES))
    module = importlib.import_module(STUDIES[name])
    code: int = module.main(rest)
    return code
