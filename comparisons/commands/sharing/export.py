"""`compare.py export`: a trained model as a file of another library.

The file is written next to a script that loads it without this suite, and
both are checked: the script runs in a process of its own.
"""

import json
from pathlib import Path

import numpy as np

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.equivalence.deviation import deviation, up_to_ends
from comparisons.equivalence.limits import LIMITS
from comparisons.export.execution import Batch, Outputs
from comparisons.export.formats import (
    FORMATS,
    check_installed,
    run_models,
    write_model,
)
from comparisons.export.model import (
    best_tags,
    check_exportable,
    drawn,
    untied,
    with_allowed,
)
from comparisons.export.scripts import SCRIPT
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import title
from shared.specs import STATEFUL_MODELS, Array, ModelSpec, Weights

LIMIT = LIMITS["float32"]["forward"]
METADATA = "metadata.json"


def main(arguments: list[str]) -> int:
    """Write, load and compare; 1 if the outputs differ."""
    options = parse("export", arguments)
    trained = load_checkpoint(options.checkpoint)
    check_exportable(trained.model)
    check_installed(options.to)
    run = trained.run
    folder = options.out or Path(f"{run.task}-{run.cell}-{options.to}")
    spec, weights = untied(trained.model, trained.weights)
    weights = with_allowed(spec, weights, trained.metadata)
    path = write_model(
        *(options.to, spec, weights, folder, title(trained)), options.timeout
    )
    if trained.metadata is not None:
        text = json.dumps(trained.metadata, ensure_ascii=False)
        (folder / METADATA).write_text(text, encoding="utf-8")
    say(f"{title(trained)}\n{FORMATS[options.to].title}: {path}")
    say(f"script that loads it: {folder / SCRIPT}")
    batch = drawn(spec, weights)
    stateful = spec.model in STATEFUL_MODELS
    inputs = Batch(batch.x, batch.lengths, stateful)
    (found,) = run_models(options.to, {folder: inputs}, options.timeout)
    both = found.outputs, batch.outputs
    pair = (up_to_ends(outputs, batch.lengths) for outputs in both)
    error = deviation(*pair)
    say(f"max. rel. error on a drawn batch: {error:.0e} (limit {LIMIT:.0e})")
    wrong = wrong_tags(spec, weights, found, batch.lengths)
    if spec.crf:
        say(f"tags that differ from the best ones: {wrong}")
    return int(wrong > 0 or not error <= LIMIT)


def wrong_tags(
    spec: ModelSpec, weights: Weights, found: Outputs, lengths: Array | None
) -> int:
    """Tags that are not the best ones for the same emissions."""
    if not spec.crf or lengths is None:
        return 0
    expected = best_tags(spec, weights, found.outputs, lengths)
    return int(np.sum(found.tags != expected))
