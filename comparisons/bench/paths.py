"""`compare.py bench paths`: every way to compute a layer, timed in turn.

A row is a cell in one framework at one size; all of its paths are timed in one
process, an epoch of each in every round, so that a machine under load slows
all of them alike. The products of the step are timed before and after.
"""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from itertools import chain, product
from pathlib import Path
from typing import Any

from comparisons.analysis.tables import make_console
from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import chosen
from comparisons.arguments.flags.paths import MODES, SIZES
from comparisons.arguments.memory import check_memory
from comparisons.arguments.options import words
from comparisons.bench.map.against import print_changes
from comparisons.bench.map.draw import draw_map
from comparisons.bench.map.operations import print_operations
from comparisons.bench.map.table import print_map
from comparisons.bench.pytest_json import check_json, write_json
from comparisons.bench.records import command_line
from comparisons.frameworks import (
    get_framework,
    installed_versions,
    resolve_run,
)
from comparisons.frameworks.paths import PATHS
from comparisons.records.environment import code_hash
from comparisons.records.files import records_file
from comparisons.records.measurements import BenchPaths
from comparisons.records.record import record_of
from comparisons.records.store import Store, key_of, latest, read_records
from comparisons.runs.progress import make_progress
from comparisons.runs.trained import ask_once
from comparisons.worker.timing.paths import path_spec
from shared.errors import UserError, unknown
from shared.exhibits.names import row_name
from shared.specs import RunSpec

ATTEMPTS = 3
"""How often a row is timed until the machine did not disturb it."""

PICTURE = "paths.png"

Request = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Time every row, print the map, and draw it."""
    options = parse("bench paths", arguments)
    check_json(options.json)
    options.out = options.out or Path("results/paths")
    rows = list(planned(options))
    for run, request in rows:
        model = path_spec(run.cell, request)
        sized = replace(run.train, batch_size=request["batch_size"])
        check_memory(replace(run, model=model, train=sized), request["steps"])
    old = paths_in(options.against) if options.against else []
    records = timed(rows, options, command_line("paths", *arguments))
    console = make_console()
    print_map(records, console)
    print_operations(records, console)
    if options.against:
        print_changes(old, records, console)
    draw_map(records, options.out / PICTURE)
    write_json(options.json, records)
    return 0


def paths_in(folder: Path) -> list[BenchPaths]:
    """The records of a folder that are of paths; UserError for none."""
    path = records_file(folder)
    records = latest(read_records(path)) if path.is_file() else []
    found = [one for one in records if isinstance(one, BenchPaths)]
    if not found:
        raise UserError(f"'{folder}' has no times of paths")
    return found


def planned(options: Namespace) -> Iterator[tuple[RunSpec, Request]]:
    """The rows in their order: a run, and the request of its process."""
    given = words(options.paths) if options.paths else []
    known = dict.fromkeys(chain.from_iterable(PATHS.values()))
    for name in given:
        if name not in known:
            raise UserError(unknown("path", name, known))
    sizes = [
        sorted(set(chain.from_iterable(getattr(options, name) or [values])))
        for name, (_, values) in SIZES.items()
    ]
    for framework in chosen(options.frameworks, fast=False):
        own = PATHS[get_framework(framework).package]
        names = [name for name in own if name in given or not given]
        if not names:
            raise UserError(
                f"{framework} has no such path; choices: {', '.join(own)}"
            )
        # A loop is a way to train, not to predict.
        paths = {
            "training": names,
            "inference": [name for name in names if own[name].loop == "step"],
        }
        for cell, mode, hidden, steps, batch, threads in product(
            words(options.cells or ["rnn", "gru", "lstm"]),
            words(options.modes or list(MODES)),
            *sizes,
        ):
            run = resolve_run(
                task="sine", framework=framework, cell=cell, threads=threads
            )
            if not paths[mode]:
                continue
            request = {"mode": mode, "paths": paths[mode], "threads": threads}
            request |= {"hidden_size": hidden, "steps": steps}
            request |= {"batch_size": batch, "size": options.size}
            if options.operations and mode == "training":
                request["operations"] = True
            yield run, request | {"rounds": options.rounds}


def timed(
    rows: list[tuple[RunSpec, Request]], options: Namespace, command: str
) -> list[BenchPaths]:
    """The records of the rows; those of an interrupted command are kept."""
    found = []
    with (
        closing(make_progress(False)) as progress,
        closing(Store(options.out)) as store,
    ):
        for number, (run, request) in enumerate(rows, 1):
            code = code_hash(get_framework(run.framework).package)
            key = key_of("paths", asdict(run), request, code)
            if not store.finished(key):
                progress.say(f"[{number}/{len(rows)}] {row_text(run, request)}")
                store.append(measured(key, run, request, options, command))
            (record,) = [r for r in store.records if r.key == key]
            assert isinstance(record, BenchPaths)
            found.append(record)
    return found


def row_text(run: RunSpec, request: Request) -> str:
    sizes = request["hidden_size"], request["steps"], request["batch_size"]
    shown = ", ".join(f"{n} {v}" for n, v in zip("HTB", sizes))
    threads = request["threads"]
    return (
        f"{row_name(run.framework, run.cell)} {request['mode']}, {shown}, "
        f"{threads} thread{'s' * (threads != 1)}"
    )


def measured(
    key: str, run: RunSpec, request: Request, options: Namespace, command: str
) -> BenchPaths:
    """A row, timed again where the machine was under load."""
    for left in reversed(range(ATTEMPTS)):
        found = measured_once(key, run, request, options, command)
        if not (found.disturbed and left):
            break
    return found


def measured_once(
    key: str, run: RunSpec, request: Request, options: Namespace, command: str
) -> BenchPaths:
    result = ask_once("paths", run, options.timeout, **request)
    where = ("paths", key, run, command)
    versions = installed_versions(run.framework)
    record = record_of(*where, versions=versions, **result)
    assert isinstance(record, BenchPaths)
    return record
