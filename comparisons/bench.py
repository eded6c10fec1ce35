"""`compare.py bench`: our training step against a minimal loop by hand.

Both train the same model on the same batches in one process and take turns
epoch by epoch, so that the machine's moods fall on both alike.
"""

from __future__ import annotations

import importlib
import shlex
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons import lengths
from comparisons.choices import Choices, parse
from comparisons.environment import commit, machine
from comparisons.frameworks import get_framework, installed_versions
from comparisons.implementation import Implementation
from comparisons.plan import make_plan
from comparisons.progress import make_progress
from comparisons.statistics import quartiles
from comparisons.store import Record, Store, key_of
from comparisons.train import load_dataset
from comparisons.workers import ask_once
from shared.batches import epoch_batches, steps_per_epoch
from shared.errors import UserError
from shared.initial import initial_weights
from shared.specs import RunSpec
from shared.task import model_spec, preset_of, train_spec

EPOCHS = 21
"""Epochs of each loop; the first compiles and is not counted."""

MINIMAL = {
    "model": ("forecaster", "classifier"),
    "pooling": ("last", "mean+max"),
    "num_layers": (1,),
}
"""What the minimal loops are written for."""

LIMIT = 1.05
"""Largest ratio of our step time to the minimal loop's."""


def main(arguments: list[str]) -> int:
    """Time every framework and cell asked for; print the ratios."""
    if arguments[:1] == ["lengths"]:
        return lengths.main(arguments[1:])
    choices = parse(arguments)
    choices.seeds = 1
    check_minimal(choices)
    plan = make_plan(choices, shlex.join(["compare.py", "bench", *arguments]))
    progress = make_progress(Console(stderr=True), choices.quiet)
    store = Store(choices.out)
    records = []
    try:
        for number, run in enumerate(plan.runs, 1):
            progress.say(
                f"[{number}/{len(plan.runs)}] {run.framework} {run.cell}"
            )
            record = bench_row(run, choices) | {"command": plan.command}
            store.append(record)
            records.append(record)
    finally:
        progress.close()
        store.close()
    print_ratios(records, Console(highlight=False))
    return 0


def check_minimal(choices: Choices) -> None:
    """Raise UserError for a model that the minimal loops do not have."""
    preset = preset_of(choices.task, choices.preset).get("model", {})
    changes = {**preset, **choices.overrides["model"]}
    spec = replace(choices.task.model, **changes)
    for name, known in MINIMAL.items():
        if getattr(spec, name) not in known:
            raise UserError(
                f"the minimal loops have no {name} {getattr(spec, name)}; "
                f"choices: {', '.join(map(str, known))}"
            )


def bench_row(run: RunSpec, choices: Choices) -> Record:
    """The raw times of one framework and cell, in a fresh process."""
    epochs = choices.overrides["train"].get("epochs", EPOCHS)
    result = ask_once("bench", run, choices.timeout, epochs=epochs)
    began = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "kind": "bench",
        "key": key_of("bench", asdict(run), began),
        "status": "ok",
        "task": run.task,
        "framework": run.framework,
        "cell": run.cell,
        "spec": asdict(run),
        "machine": machine(),
        "commit": commit(),
        "versions": installed_versions(run.framework),
        **result,
    }


def time_in_turn(
    run: RunSpec, implementation: Implementation, epochs: int
) -> dict[str, Any]:
    """Seconds a step of each epoch but the first, ours and minimal."""
    dataset, framework = load_dataset(run), get_framework(run.framework)
    train = replace(train_spec(run, framework.loop), epochs=epochs)
    spec = model_spec(run, dataset)
    steps = steps_per_epoch(dataset.train, train)
    implementation.configure(run.device, run.threads, run.precision, run.seed)
    model = implementation.build_model(spec)
    implementation.load_weights(model, initial_weights(spec, run.seed))
    baseline = importlib.import_module(
        f"comparisons.baselines.{framework.baseline}"
    )
    minimal = baseline.train(
        spec,
        train,
        lambda epoch: epoch_batches(dataset.train, train, epoch),
        steps,
    )
    times: dict[str, list[float]] = {"ours": [], "minimal": []}
    since = time.perf_counter()

    def on_epoch_end(epoch: int, loss: float) -> bool:
        nonlocal since
        now = time.perf_counter()
        times["ours"].append((now - since) / steps)
        next(minimal)
        since = time.perf_counter()
        times["minimal"].append((since - now) / steps)
        return False

    implementation.fit(model, dataset.train, train, on_epoch_end)
    return {name: seconds[1:] for name, seconds in times.items()}


def ratio(record: Record) -> tuple[float, float]:
    """Median and IQR of the ratio ours / minimal, epoch by epoch."""
    pairs = zip(record["ours"], record["minimal"])
    return quartiles([ours / minimal for ours, minimal in pairs])


def print_ratios(records: list[Record], console: Console) -> None:
    """One line for each framework and cell."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("framework", "cell"):
        table.add_column(name)
    for name in ("ours ms/step", "minimal ms/step", "ratio (IQR)", ""):
        table.add_column(name, justify="right")
    for record in records:
        middle, wide = ratio(record)
        table.add_row(
            record["framework"],
            record["cell"],
            f"{1e3 * quartiles(record['ours'])[0]:.3f}",
            f"{1e3 * quartiles(record['minimal'])[0]:.3f}",
            f"{middle:.3f} ({wide:.3f})",
            "" if middle <= LIMIT else f"over {LIMIT}",
        )
    console.print(table)
