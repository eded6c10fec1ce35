"""`compare.py convert`: recurrent layers of another file, in another format.

Each weight is reported with what was done to it, and the outputs of both
layers on random input are compared, each computed by its own library.
"""

from pathlib import Path
from typing import Any

import numpy as np

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import LIMITS
from comparisons.export.execution import Batch
from comparisons.export.files import read_tensors, source_framework
from comparisons.export.formats import (
    FORMATS,
    ask_framework,
    check_installed,
    run_models,
    write_model,
)
from comparisons.export.layers import Layers, find_layers
from comparisons.export.report import Change, changes
from shared.exhibits.names import cell_name
from shared.specs import Array

LIMIT = LIMITS["float32"]["forward"]
SHAPE = (4, 7)
"""Sequences and steps of the random input."""


def main(arguments: list[str]) -> int:
    """Convert, report and compare; 1 if the outputs differ."""
    options = parse("convert", arguments)
    check_installed(options.to)
    timeout, framework = options.timeout, source_framework(options.source)
    tensors, cell = read_tensors(options.source, framework, timeout)
    layers = find_layers(
        framework, tensors, options.cell or cell, options.layer or ""
    )
    name = f"{options.source.name.partition('.')[0]}-{options.to}"
    folder = options.out or Path(name)
    path = write_model(
        *(options.to, layers.spec, layers.weights, folder),
        summary(layers),
        timeout,
    )
    say(f"{summary(layers)}: {path}")
    found = list(changes(layers, FORMATS[options.to].layout))
    rows = [Change._fields, *found]
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:  # whole names, however narrow the terminal is
        cells = [text.ljust(width) for text, width in zip(row, widths)]
        say("  ".join(cells).rstrip())
    rng = np.random.default_rng(0)
    x = rng.standard_normal((*SHAPE, layers.spec.input_size))
    x = x.astype(np.float32)
    ends = np.full(len(x), x.shape[1])
    (outputs,) = run_models(options.to, {folder: Batch(x, ends)}, timeout)
    error = deviation(outputs, source_outputs(layers, x, timeout))
    say(f"max. rel. error on random input: {error:.0e} (limit {LIMIT:.0e})")
    return int(not error <= LIMIT)


def summary(layers: Layers) -> str:
    spec = layers.spec
    kind = "bidirectional " if spec.bidirectional else ""
    plural = "s" if spec.num_layers > 1 else ""
    return (
        f"{spec.num_layers} {kind}{cell_name(spec.cell)} layer{plural}, "
        f"{spec.input_size} features, {spec.hidden_size} hidden units"
    )


def source_outputs(layers: Layers, x: Array, timeout: float) -> Array:
    """Outputs (B, T, H') of the source's tensors in its own framework."""
    tensors: list[Any] = [[d.tensors for d in d_] for d_ in layers.directions]
    fields = {"cell": layers.spec.cell, "layers": tensors, "x": x}
    found = ask_framework("run_layers", layers.framework, timeout, **fields)
    outputs: Array = found["outputs"]
    return outputs
