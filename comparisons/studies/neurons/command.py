"""`compare.py study neurons`: what single hidden units of a model follow.

A trained language model reads a text. The activation of each unit is
correlated with features of the text (Karpathy, Johnson and Fei-Fei 2016,
arXiv 1506.02078), and shown with the model's predictions. One text is
exploration, not proof: compare with chance, and read another one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.analysis.tables import make_console
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import LIMITS
from comparisons.studies.common import print_files, write_csv, writing_to
from comparisons.studies.neurons.options import NeuronsOptions, parse_options
from comparisons.studies.neurons.page import page
from comparisons.studies.neurons.plot import draw
from comparisons.studies.neurons.search import Search, search
from comparisons.studies.neurons.study import Study
from comparisons.studies.neurons.terminal import print_study
from comparisons.worker.studies.neurons import Reading, reading_of
from shared.errors import UserError
from shared.exhibits.names import framework_name
from shared.files.io import write_file
from shared.reference.unroll import unroll
from shared.weights.checkpoints import Checkpoint

SHOWN = 3
"""Units shown unless some are given."""


def main(arguments: list[str]) -> int:
    """Print and write the strips; 1 if a framework deviates."""
    options = parse_options(arguments)
    console = make_console()
    readings = {name: read(options, name) for name in options.frameworks}
    reading = readings[options.frameworks[0]]
    found = search(reading.h, options.labels)
    study = Study(options, reading, found, select_units(options, found))
    print_study(study, console)
    print_files(console, write_files(study))
    reference = expected(options.trained, options.tokens, options.layer)
    limit = LIMITS["float32"]["forward"]
    failed = False
    for framework, one in readings.items():
        errors = deviations(one, reference)
        name = max(errors, key=lambda key: errors[key])
        failed = failed or not errors[name] <= limit
        console.print(
            f"{framework_name(framework)}: {name} deviates most from the "
            f"reference, by {errors[name]:.1e} (limit {limit:.0e})",
            markup=False,
        )
    return int(failed)


def read(options: NeuronsOptions, framework: str) -> Reading:
    request = {"tokens": options.tokens, "layer": options.layer}
    return Reading(**options.ask(framework, "neurons", **request))


def expected(trained: Checkpoint, tokens: np.ndarray, layer: int) -> Reading:
    found = unroll(trained.model, trained.weights, tokens[None], None)
    return reading_of(found, tokens, layer)


def deviations(found: Reading, reference: Reading) -> dict[str, float]:
    """Quantity -> deviation from the reference.

    Equally probable tokens may swap, so only probabilities are compared.
    """
    return {
        name: deviation(getattr(found, name), getattr(reference, name))
        for name in ("h", "next_probs", "entropy", "top_probs")
    }


def select_units(options: NeuronsOptions, found: Search) -> list[int]:
    """The units given, the best of the features, or the strongest."""
    if options.units:
        return options.units
    for name in options.features:
        if name in found.constant:
            others = ", ".join(found.correlations)
            raise UserError(
                f"feature '{name}' is the same throughout the text, so that "
                f"no unit can follow it; others: {others}"
            )
    wanted = options.features or found.correlations
    best = [row.unit for row in found.detectors if row.feature in wanted]
    units = list(dict.fromkeys(best))
    return units if options.features else units[:SHOWN]


def write_files(study: Study) -> list[Path]:
    out, cell = study.options.out, study.options.trained.run.cell
    table, picture, html = paths = [
        out / f"neurons-{cell}.{kind}" for kind in ("csv", "png", "html")
    ]
    with writing_to(out):
        write_csv(table, csv_rows(study))
        write_file(html, page(study))
        draw(study, picture)
    return paths


def csv_rows(study: Study) -> Iterator[list[Any]]:
    """The heading, then a line per token: activations after it, predictions."""
    options, reading = study.options, study.reading
    units = [f"unit_{unit}" for unit in study.units]
    ends = ["probability_of_next", "entropy"]
    places = range(1, reading.top.shape[1] + 1)
    tops = [f"{kind}_{n}" for n in places for kind in ("next", "probability")]
    yield ["position", "token", *units, *ends, *tops]
    next_probs = [*reading.next_probs.tolist(), ""]
    for t, label in enumerate(options.labels):
        values = reading.h[t, study.units].tolist()
        top: list[Any] = []
        for index, share in zip(reading.top[t], reading.top_probs[t]):
            top += [options.token_text(index), float(share)]
        end = [next_probs[t], float(reading.entropy[t])]
        yield [t + 1, label, *values, *end, *top]
