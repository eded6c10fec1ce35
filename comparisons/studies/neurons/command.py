"""`compare.py study neurons`: what single hidden units of a model follow.

A trained language model reads a text. The activation of each unit is
correlated with features of the text (Karpathy, Johnson and Fei-Fei 2016,
arXiv 1506.02078), and beside it stands what the model expects next. One
text is exploration, not proof: see what chance reaches, and read another.
"""

from __future__ import annotations

from comparisons.analysis.tables import make_console
from comparisons.equivalence.limits import LIMITS
from comparisons.runs.trained import arrays_of
from comparisons.studies.neurons.features import Search, detectors, search
from comparisons.studies.neurons.files import write_files
from comparisons.studies.neurons.options import Asked, asked_of
from comparisons.studies.neurons.readings import deviations, expected
from comparisons.studies.neurons.study import Study
from comparisons.studies.neurons.terminal import print_study
from comparisons.worker.neurons import Reading
from shared.errors import UserError

SHOWN = 3
"""Units shown where none is asked for."""


def main(arguments: list[str]) -> int:
    """Print and write the strips; 1 if a framework deviates."""
    choices = asked_of(arguments)
    console = make_console(emoji=False)
    readings = {name: read(choices, name) for name in choices.frameworks}
    reading = next(iter(readings.values()))
    found = search(reading.h, choices.marks)
    study = Study(choices, reading, found, chosen(choices, found))
    print_study(study, console)
    names = ", ".join(map(str, write_files(study)))
    console.print(f"files: {names}", markup=False, soft_wrap=True)
    reference = expected(choices.trained, choices.symbols, choices.layer)
    limit = LIMITS["float32"]["forward"]
    equal = True
    for framework, one in readings.items():
        apart = deviations(one, reference)
        name = max(apart, key=lambda key: apart[key])
        equal = equal and apart[name] <= limit
        console.print(
            f"{framework}: {name} is farthest from the reference, by "
            f"{apart[name]:.1e} (limit {limit:.0e})",
            markup=False,
        )
    return 0 if equal else 1


def read(choices: Asked, framework: str) -> Reading:
    found = arrays_of(
        choices.trained,
        framework,
        choices.timeout,
        "neurons",
        path=str(choices.path),
        symbols=choices.symbols.tolist(),
        layer=choices.layer,
    )
    return Reading(**found)


def chosen(choices: Asked, found: Search) -> list[int]:
    """The units given, the best of the features, or the strongest."""
    if choices.units:
        return choices.units
    for name in choices.find:
        if name in found.constant:
            raise UserError(
                f"feature '{name}' is the same throughout the text, so that "
                f"no unit can follow it; others: {', '.join(found.features)}"
            )
    best = detectors(found)
    if choices.find:
        best = [row for row in best if row.feature in choices.find]
    units = list(dict.fromkeys(row.unit for row in best))
    return units if choices.find else units[:SHOWN]
