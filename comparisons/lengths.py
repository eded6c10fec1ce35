"""`compare.py bench lengths`: what reading variable lengths costs.

One two-way recurrent layer is trained on one padded batch, told of the
lengths and not told of them by turns. PyTorch reads padded sequences in two
ways, so that it has two rows more.
"""

from __future__ import annotations

import argparse
import shlex
import time
from pathlib import Path
from typing import Any

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.bench_records import record_row
from comparisons.choices import words
from comparisons.flags import Parser
from comparisons.frameworks import FRAMEWORKS, get_framework
from comparisons.implementation import Implementation
from comparisons.statistics import quartiles
from comparisons.store import Record, Store
from shared.errors import SpecError, unknown
from shared.specs import CELLS, ModelSpec, RunSpec, Split, TrainSpec

ROWS = ("pytorch", "pytorch-padded", "pytorch-packed", "keras", "jax")
SIZES = {
    "batch_size": (64, "sequences B"),
    "steps": (200, "steps T of the longest sequence"),
    "shortest": (50, "steps of the shortest"),
    "size": (100, "features D"),
    "hidden_size": (128, "hidden units H of each direction"),
    "repeats": (15, "timed steps of each kind"),
    "threads": (0, "0: all cores"),
}
TURNS = 3
"""How often it changes between told and not told."""


def main(arguments: list[str]) -> int:
    """Time a training step with and without lengths; print the ratios."""
    parser = Parser(prog="compare.py bench lengths", allow_abbrev=False)
    parser.add_argument("--frameworks", nargs="+", help=", ".join(FRAMEWORKS))
    parser.add_argument("--cells", nargs="+", help=", ".join(CELLS))
    for name, (value, text) in SIZES.items():
        flag = "--" + name.replace("_", "-")
        help_text = f"{text} (default: {value})"
        parser.add_argument(flag, type=int, default=value, help=help_text)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--timeout", type=float, default=900.0)
    parser.add_argument("--out", type=Path, default=Path("results/lengths"))
    options = parser.parse_args(arguments)
    check(options)
    command = shlex.join(["compare.py", "bench", "lengths", *arguments])
    store, records = Store(options.out), []
    try:
        for cell in words(options.cells or ["lstm"]):
            for name in words(options.frameworks or ROWS):
                record = time_row(name, cell, options, command)
                store.append(record)
                records.append(record)
    finally:
        store.close()
    print_costs(records, Console(highlight=False))
    return 0


def check(options: argparse.Namespace) -> None:
    """Raise SpecError for what cannot be timed."""
    for name in words(options.frameworks or ROWS):
        get_framework(name)
    for cell in words(options.cells or ["lstm"]):
        if cell not in CELLS:
            raise SpecError(unknown("cell", cell, CELLS))
    for name in SIZES:
        least = 0 if name == "threads" else 1
        if getattr(options, name) < least:
            value = getattr(options, name)
            raise SpecError(f"{name} must be at least {least}, not {value}")
    if options.shortest > options.steps:
        raise SpecError(
            f"shortest {options.shortest} is more than steps {options.steps}"
        )


def time_row(
    name: str, cell: str, options: argparse.Namespace, command: str
) -> Record:
    """The raw times of one framework and cell, in a fresh process."""
    run = RunSpec(
        task="sine",
        framework=name,
        cell=cell,
        device=options.device,
        threads=options.threads,
    )
    sizes = {size: getattr(options, size) for size in SIZES}
    found = record_row(
        "lengths", "lengths", run, options.timeout, command, **sizes
    )
    return found | {"sizes": sizes}


def time_lengths(
    run: RunSpec, implementation: Implementation, sizes: dict[str, Any]
) -> dict[str, list[float]]:
    """Seconds of each training step, told of the lengths and not."""
    loop = get_framework(run.framework).loop
    implementation.configure(run.device, run.threads, run.precision, 0)
    spec = ModelSpec(
        cell=run.cell,
        input_size=sizes["size"],
        hidden_size=sizes["hidden_size"],
        bidirectional=True,
    )
    model = implementation.build_model(spec)
    told = padded_batch(sizes)
    batches = {"with": told, "without": told._replace(lengths=None)}
    count = -(-sizes["repeats"] // TURNS) + 1  # the first one compiles
    training = TrainSpec(
        epochs=count, batch_size=sizes["batch_size"], loop=loop
    )
    seconds: dict[str, list[float]] = {"with": [], "without": []}
    for _ in range(TURNS):
        for kind, batch in batches.items():
            since = [time.perf_counter()]

            def on_epoch_end(
                epoch: int, loss: float, since: list[float] = since
            ) -> bool:
                since.append(time.perf_counter())
                return False

            implementation.fit(model, batch, training, on_epoch_end)
            seconds[kind] += np.diff(since)[1:].tolist()
    return seconds


def padded_batch(sizes: dict[str, Any]) -> Split:
    """One batch, lengths uniform from the shortest to T, one of them T."""
    rng = np.random.default_rng(0)
    batch, steps = sizes["batch_size"], sizes["steps"]
    lengths = rng.integers(sizes["shortest"], steps + 1, batch, np.int32)
    lengths[0] = steps
    x = rng.normal(size=(batch, steps, sizes["size"])).astype(np.float32)
    x *= (np.arange(steps) < lengths[:, None])[:, :, None]
    y = rng.normal(size=(batch, 1)).astype(np.float32)
    return Split(x, y, lengths)


def print_costs(records: list[Record], console: Console) -> None:
    """A line for each framework and cell."""
    lines = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("cell", "framework"):
        lines.add_column(name)
    for name in ("without lengths, ms (IQR)", "with, ms (IQR)", "ratio"):
        lines.add_column(name, justify="right")
    for record in records:
        (told, wide), (plain, spread) = (
            quartiles([1e3 * s for s in record[kind]])
            for kind in ("with", "without")
        )
        lines.add_row(
            record["cell"],
            record["framework"],
            f"{plain:.1f} ({spread:.1f})",
            f"{told:.1f} ({wide:.1f})",
            f"{told / plain:.2f}",
        )
    console.print(lines)
