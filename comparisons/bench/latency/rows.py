"""The rows of `compare.py bench inference`: what each asks its process."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.arguments.machine import may_have_gpu
from comparisons.export.formats import check_installed
from comparisons.export.model import check_exportable, has_columns, untied
from comparisons.export.onnx.model import write_onnx
from shared.errors import UserError
from shared.exhibits.names import cell_name, framework_name
from shared.reference.model import forward
from shared.specs import Array, ModelSpec, RunSpec, Split, Weights
from shared.weights.init import initial_weights

ONNX = "onnxruntime"
"""The framework of a row of ONNX Runtime in a record."""

KINDS = ("latency", "throughput")


class Row(NamedTuple):
    """A run as it is recorded, and the requests to its process.

    sent: the run that the job reads, of a framework; files: of the examples,
    in the order of KINDS; request: the other fields.
    """

    run: RunSpec
    job: str
    sent: RunSpec
    files: tuple[Path, ...]
    request: dict[str, Any] = {}


def batches(test: Split, size: int) -> tuple[Split, Split]:
    """One sequence of the test part, and so many, cut to the longest's end.

    They are drawn with a fixed seed, as a test part may be in an order; the
    one has the median length of the many. UserError if there are fewer.
    """
    if size > len(test.x):
        raise UserError(
            f"inference_batch_size {size} is more than the {len(test.x)} "
            "examples of the test part"
        )
    chosen = np.random.default_rng(0).permutation(len(test.x))[:size]
    if test.lengths is not None:
        lengths = np.asarray(test.lengths)[chosen]
        chosen = chosen[np.argsort(lengths, kind="stable")]
    middle = chosen[size // 2 : size // 2 + 1]
    return part(test, middle), part(test, chosen)


def part(split: Split, rows: Array) -> Split:
    """These examples, without the steps that pad all of them."""
    x, y = split.x[rows], split.y[rows]
    if split.lengths is None:
        return Split(x, y, None)
    lengths = np.asarray(split.lengths)[rows]
    return Split(x[:, : lengths.max()], y, lengths)


def planned(
    runs: Sequence[RunSpec],
    splits: Sequence[Split],
    place: Path,
    say: Callable[[str], None],
) -> Iterator[Row]:
    """Each framework's row of a cell, then that of ONNX Runtime.

    Files of all rows are written to a folder; `say` reads why a cell has no
    row of ONNX Runtime.
    """
    fault = onnx_fault(runs[0])
    if fault:
        say(f"no rows of {framework_name(ONNX)}: {fault}")
    for cell in dict.fromkeys(run.cell for run in runs):
        own = [run for run in runs if run.cell == cell]
        weights = initial_weights(own[0].model, own[0].seed)
        files = write_examples(own[0].model, weights, splits, place, cell)
        for run in own:
            yield Row(run, "inference", run, files)
        try:
            check_exportable(own[0].model)
        except UserError as error:
            name = f"{framework_name(ONNX)} {cell_name(cell)}"
            say(f"no row of {name}: it {error}")
            continue
        if not fault:
            yield onnx_row(own[0], weights, splits, place)


def onnx_fault(run: RunSpec) -> str:
    """Why no cell has a row of ONNX Runtime; "" if they may."""
    try:
        check_installed("onnx")
    except UserError as error:
        return str(error)
    on_cpu = run.device == "cpu" or (
        run.device == "auto" and not may_have_gpu()
    )
    return "" if on_cpu else "it is timed on a CPU alone (--device cpu)"


def write_examples(
    spec: ModelSpec,
    weights: Weights,
    splits: Sequence[Split],
    place: Path,
    name: str,
    shown: Callable[[Array], Array] = lambda x: x,
) -> tuple[Path, ...]:
    """Files of x, lengths and the outputs of the reference, one a split."""
    files = []
    for kind, (x, _, lengths) in zip(KINDS, splits, strict=True):
        expected = forward(spec, weights, x, lengths)
        fields: dict[str, Any] = {"x": shown(x), "expected": expected}
        if lengths is not None:
            fields["lengths"] = lengths
        files.append(place / f"{name}-{kind}.npz")
        np.savez(files[-1], **fields)
    return tuple(files)


def onnx_row(
    run: RunSpec,
    weights: Weights,
    splits: Sequence[Split],
    place: Path,
) -> Row:
    """The row of a cell's model, which is written as ONNX."""
    path = place / f"{run.cell}.onnx"
    write_onnx(*untied(run.model, weights), path)
    # A graph reads indices (B, T) where a word has no other column.
    flat = run.model.input != "values" and not has_columns(run.model)

    def shown(x: Array) -> Array:
        return x[..., 0] if flat and x.ndim > 2 else x

    name = f"{run.cell}-onnx"
    files = write_examples(run.model, weights, splits, place, name, shown)
    named = replace(run, framework=ONNX)
    return Row(named, "onnx_inference", run, files, {"model": str(path)})
