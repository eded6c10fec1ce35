"""`compare.py bench inference`: latency and throughput of predictions.

Every row is a process that stays alive with its model; in each round all of
them predict in turn, from arrays to arrays, so that load slows all of them
alike. ONNX Runtime has a row for each cell that can be exported.
"""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from comparisons.analysis.tables import make_console
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import Options, check_options
from comparisons.bench.latency.rounds import Measured, measured
from comparisons.bench.latency.rows import ONNX, Row, batches, planned
from comparisons.bench.latency.table import errors, print_inference
from comparisons.bench.pytest_json import check_json, write_json
from comparisons.bench.records import command_line
from comparisons.frameworks import installed_versions
from comparisons.records.measurements import BenchInference
from comparisons.records.record import record_of
from comparisons.records.store import Store, key_of
from comparisons.runs.plan import load_first, make_plan
from comparisons.runs.progress import make_progress
from shared.errors import UserError
from shared.specs import Split
from shared.tasks import get_task

NEEDED = {"init": "matched", "precision": "float32"}
"""Options of a run without which the outputs of two rows differ."""


def main(arguments: list[str]) -> int:
    """Time every row, print both tables; 1 if outputs deviate."""
    flags = parse("bench inference", arguments)
    check_json(flags.json)
    options = check_options(get_task(flags.task), flags)
    options.seeds = 1
    check_predicted(options)
    plan = make_plan(options, command_line("inference", *arguments))
    _, dataset = load_first(options)
    splits = batches(dataset.test, flags.inference_batch_size)
    with (
        closing(make_progress(options.quiet)) as progress,
        tempfile.TemporaryDirectory() as place,
    ):
        rows = list(planned(plan.runs, splits, Path(place), progress.say))
        where = (flags.rounds, options.timeout, progress.say)
        times = measured(rows, *where)
    records = recorded(rows, times, splits, options, plan.command)
    print_inference(records, make_console())
    write_json(flags.json, records)
    return int(bool(errors(records)))


def check_predicted(options: Options) -> None:
    """UserError for a run whose outputs are not those of all rows."""
    if options.run.model.model == "seq2seq":
        raise UserError(
            f"task '{options.run.task}' decodes, step by step, what it "
            "predicts: compare.py bench attention times that"
        )
    for name, value in NEEDED.items():
        if (given := getattr(options.run, name)) != value:
            raise UserError(
                f"bench inference compares the outputs of all rows: it needs "
                f"--{name} {value}, not {given}"
            )


def recorded(
    rows: Sequence[Row],
    times: Sequence[Measured],
    splits: Sequence[Split],
    options: Options,
    command: str,
) -> list[BenchInference]:
    """A record of each row, stored; those of one command share a group."""
    began = datetime.now(UTC).isoformat(timespec="seconds")
    group = key_of("inference", command, began)
    found = []
    single, many = splits
    sizes = {"batch_size": len(many.x), "steps": many.x.shape[1]}
    sizes |= {"single_steps": single.x.shape[1]}
    with closing(Store(options.out)) as store:
        for row, own in zip(rows, times, strict=True):
            hidden = {"hidden_size": row.run.model.hidden_size}
            fields: dict[str, Any] = {"deviations": own.deviations, **own.times}
            record = record_of(
                *("inference", key_of(group, asdict(row.run)), row.run),
                command,
                versions=versions_of(row),
                group=group,
                sizes=sizes | hidden,
                **fields,
            )
            assert isinstance(record, BenchInference)
            store.append(record)
            found.append(record)
    return found


def versions_of(row: Row) -> dict[str, str]:
    """Package -> version, of what computes the row."""
    if row.run.framework == ONNX:
        return {name: version(name) for name in (ONNX, "onnx", "numpy")}
    return installed_versions(row.run.framework)
