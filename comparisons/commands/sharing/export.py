"""`compare.py export`: a trained model as a file of another library.

The file is written next to a script that loads it without this suite, and
both are checked: the script runs in a process of its own.
"""

import json
from pathlib import Path

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.equivalence.deviation import deviation, up_to_ends
from comparisons.equivalence.limits import LIMITS
from comparisons.export.execution import Batch
from comparisons.export.formats import (
    FORMATS,
    check_installed,
    run_models,
    write_model,
)
from comparisons.export.model import check_exportable, drawn, untied
from comparisons.export.scripts import SCRIPT
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import title
from shared.specs import STATEFUL_MODELS

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
    (outputs,) = run_models(options.to, {folder: inputs}, options.timeout)
    pair = (up_to_ends(o, batch.lengths) for o in (outputs, batch.outputs))
    found = deviation(*pair)
    say(f"max. rel. error on a drawn batch: {found:.0e} (limit {LIMIT:.0e})")
    return int(not found <= LIMIT)
