"""`compare.py bench attention`: what looking at the source costs.

Made sentences of one length are learnt with each kind of attention by turns,
and then written: the likeliest symbol at a time, and by a beam.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.bench_made import (
    Made,
    parse_made,
    record_made,
    timed_epochs,
)
from comparisons.frameworks import DEFAULT, get_framework
from comparisons.implementation import Implementation
from comparisons.statistics import quartiles
from comparisons.store import Record
from shared.decoding.options import END, START, DecodingOptions
from shared.specs import ATTENTIONS, ModelSpec, RunSpec, Split, TrainSpec

SIZES = {
    "batch_size": (64, "sentences B"),
    "steps": (10, "symbols T of source and target"),
    "sources": (8000, "symbols of the source's vocabulary"),
    "targets": (12000, "symbols of the target's vocabulary"),
    "embedding_size": (128, "size E of an embedding"),
    "hidden_size": (256, "hidden units H"),
    "repeats": (12, "timed steps of each kind"),
    "beam": (5, "hypotheses beside the greedy search"),
    "threads": (0, "0: all cores"),
}
TURNS = 3
"""How often it changes from kind to kind."""


LEAST = {"threads": 0, "beam": 2, "sources": 5, "targets": 8}
TOOL = Made("attention", "translate", SIZES, LEAST, DEFAULT, ("gru",))


def main(arguments: list[str]) -> int:
    """Time steps and searches; print what attention and a beam cost."""
    options = parse_made(TOOL, arguments)
    records = record_made(TOOL, options, arguments)
    console = Console(highlight=False)
    print_steps(records, console)
    print_searches(records, console)
    return 0


def time_attention(
    run: RunSpec, implementation: Implementation, sizes: dict[str, Any]
) -> dict[str, Any]:
    """Seconds of steps by kind of attention, of searches by beam."""
    implementation.configure(run.device, run.threads, run.precision, 0)
    spec = ModelSpec(
        model="seq2seq",
        cell=run.cell,
        input="embedding",
        input_size=sizes["sources"],
        output_size=sizes["targets"],
        embedding_size=sizes["embedding_size"],
        hidden_size=sizes["hidden_size"],
        bidirectional=True,
    )
    models = {
        kind: implementation.build_model(replace(spec, attention=kind))
        for kind in ATTENTIONS
    }
    batch = sentences(sizes)
    count = -(-sizes["repeats"] // TURNS) + 1  # the first one compiles
    training = TrainSpec(
        epochs=count,
        batch_size=sizes["batch_size"],
        loop=get_framework(run.framework).loop,
    )
    steps: dict[str, list[float]] = {kind: [] for kind in ATTENTIONS}
    for _ in range(TURNS):
        for kind, model in models.items():
            fit = partial(implementation.fit, model, batch, training)
            steps[kind] += timed_epochs(fit)
    model = models["bahdanau"]
    return {"steps": steps, "searches": searches(implementation, model, sizes)}


def searches(
    implementation: Implementation, model: Any, sizes: dict[str, Any]
) -> dict[str, list[float]]:
    """Seconds in which a batch is written, by turns greedy and by a beam."""
    (x, _, ends), longest = sentences(sizes), sizes["steps"]
    sources, lengths = x[..., 0], np.asarray(ends)
    rules = {
        "greedy": DecodingOptions(longest=longest),
        "beam": DecodingOptions(beam=sizes["beam"], longest=longest),
    }
    seconds: dict[str, list[float]] = {name: [] for name in rules}
    for turn in range(TURNS + 1):
        for name, rule in rules.items():
            begin = time.perf_counter()
            implementation.decode(model, sources, lengths, rule)
            if turn:  # the first one compiles
                seconds[name].append(time.perf_counter() - begin)
    return seconds


def sentences(sizes: dict[str, Any]) -> Split:
    """One batch of random sentences, all T long."""
    rng = np.random.default_rng(0)
    shape = sizes["batch_size"], sizes["steps"]
    source = rng.integers(4, sizes["sources"], shape, np.int32)
    target = rng.integers(4, sizes["targets"], shape, np.int32)
    source[:, -1] = target[:, -1] = END
    read = np.roll(target, 1, axis=1)
    read[:, 0] = START
    lengths = np.full(shape[0], shape[1], np.int32)
    return Split(np.stack([source, read], axis=2), target, lengths)


def print_steps(records: list[Record], console: Console) -> None:
    """A line for each framework and cell: ms a step by kind, the ratios."""
    lines = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("cell", "framework"):
        lines.add_column(name)
    for kind in ATTENTIONS:
        lines.add_column(f"{kind}\nms/step", justify="right")
    for record in records:
        times = [quartiles(record["steps"][kind])[0] for kind in ATTENTIONS]
        lines.add_row(
            record["cell"],
            record["framework"],
            *(f"{1e3 * t:.1f}  {t / times[0]:.2f} x" for t in times),
        )
    console.print(lines)


def print_searches(records: list[Record], console: Console) -> None:
    """A line for each framework and cell: sentences a second, the ratio.

    Training is with Bahdanau's attention, as the searches are.
    """
    lines = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("cell", "framework"):
        lines.add_column(name)
    beam = f"beam {records[0]['sizes']['beam']}"
    for name in ("training", "greedy", beam):
        lines.add_column(f"{name}\nsentences/s", justify="right")
    lines.add_column(f"{beam}\nby greedy", justify="right")
    for record in records:
        found = {**record["searches"], "training": record["steps"]["bahdanau"]}
        count = record["sizes"]["batch_size"]
        training, greedy, wide = (
            quartiles(found[n])[0] for n in ("training", "greedy", "beam")
        )
        lines.add_row(
            record["cell"],
            record["framework"],
            *(f"{count / t:,.0f}" for t in (training, greedy, wide)),
            f"{wide / greedy:.2f} x",
        )
    console.print(lines)
