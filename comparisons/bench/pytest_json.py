"""Times of benchmarks in the JSON of pytest-benchmark (`--json FILE`).

Other programs read it, among them the GitHub action
benchmark-action/github-action-benchmark with `tool: pytest`, which takes the
name, `ops`, `stddev`, `mean`, and `rounds` of each benchmark.
"""

import json
import math
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.records.measurements import (
    BenchAttention,
    BenchGeneration,
    BenchInference,
    BenchPadding,
    BenchPaths,
    BenchScan,
    StepTimes,
)
from comparisons.records.spec import Times
from shared.errors import UserError
from shared.files.io import write_file

VERSION = "5.3.1"
"""Of pytest-benchmark, whose fields these are."""

WHISKER = 1.5
"""Interquartile ranges beyond a quartile, past which a time is an outlier."""


def check_json(path: Path | None) -> None:
    """UserError for a file that cannot be written, before anything is timed."""
    if path is None:
        return
    if path.is_dir():
        raise UserError(f"--json '{path}' is a folder, not a file")
    if not path.absolute().parent.is_dir():
        raise UserError(f"--json '{path}': its folder does not exist")


def write_json(path: Path | None, records: Sequence[Any]) -> None:
    """Write the times of these records to the file, if one is named."""
    if path is not None:
        text = json.dumps(document(records), indent=2, allow_nan=False)
        write_file(path, f"{text}\n")


def document(records: Sequence[Any]) -> dict[str, Any]:
    """The whole file: machine, commit, and a benchmark of each series."""
    first = records[0]
    ids = first.commit.removesuffix("+")
    return {
        "machine_info": {
            "node": first.machine.host,
            "processor": first.machine.processor,
            "machine": platform.machine(),
            "system": first.machine.system,
            "python_version": first.machine.python,
            "cpu": {"brand_raw": first.machine.processor},
        },
        "commit_info": {
            "id": ids,
            "dirty": first.commit != ids,
            "project": "rnn-comparisons",
        },
        "benchmarks": [
            benchmark(record, name, times)
            for record in records
            for name, times in series(record)
        ],
        "datetime": datetime.now(UTC).isoformat(),
        "version": VERSION,
    }


def benchmark(record: Any, name: str, times: Times) -> dict[str, Any]:
    """One series of times, by a name that stays the same between commits."""
    params = {
        "framework": record.framework,
        "cell": record.cell,
        **sizes_of(record),
    }
    param = "-".join([record.framework, record.cell, name])
    group = f"bench {record.kind}: {record.task}"
    return {
        "group": group,
        "name": f"{record.kind}[{param}]",
        "fullname": f"{group}[{param}]",
        "params": params,
        "param": param,
        "extra_info": {"versions": record.versions, "key": record.key},
        "options": {},
        "stats": stats(times),
    }


def sizes_of(record: Any) -> dict[str, int]:
    """Sizes of the model and of the data, as far as the record has them."""
    if isinstance(record, StepTimes | BenchGeneration):
        return {"hidden_size": record.hidden_size}
    return dict(record.sizes)


def series(record: Any) -> Iterator[tuple[str, Times]]:
    """Name and seconds of each series of a record."""
    for kind, times_of in TIMES.items():
        if isinstance(record, kind):
            found = times_of(record)
            yield from ((name, found[name]) for name in found if found[name])


def step_times(record: StepTimes) -> Mapping[str, Times]:
    size = record.hidden_size
    return {f"{size}": record.ours, f"{size}-minimal loop": record.minimal}


def generation_times(record: BenchGeneration) -> Mapping[str, Times]:
    found: dict[str, list[float]] = {}
    for text in record.texts:
        name = f"{text.batch} texts of {text.length} tokens"
        found.setdefault(name, []).append(text.seconds)
    return found


def attention_times(record: BenchAttention) -> Mapping[str, Times]:
    steps = {f"training, {name}": t for name, t in record.steps.items()}
    searches = {f"{name} search": t for name, t in record.searches.items()}
    return {**steps, **searches}


def padding_times(record: BenchPadding) -> Mapping[str, Times]:
    return {
        "without lengths": record.without,
        "with lengths": record.with_lengths,
        "packed": record.packed,
        "padded": record.padded,
        "by hand": record.by_hand,
    }


def scan_times(record: BenchScan) -> Mapping[str, Times]:
    return {f"{record.form}, {n} steps": t for n, t in record.times.items()}


def path_times(record: BenchPaths) -> Mapping[str, Times]:
    sizes = ", ".join(f"{name} {n}" for name, n in record.sizes.items())
    named = {f"{record.mode}, {path}": t for path, t in record.times.items()}
    return {f"{name}, {sizes}": times for name, times in named.items()}


def inference_times(record: BenchInference) -> Mapping[str, Times]:
    batch = record.sizes["batch_size"]
    return {
        "1 sequence": list(chain.from_iterable(record.latency)),
        f"{batch} sequences": list(chain.from_iterable(record.throughput)),
    }


TIMES: dict[type, Callable[[Any], Mapping[str, Times]]] = {
    StepTimes: step_times,
    BenchGeneration: generation_times,
    BenchAttention: attention_times,
    BenchPadding: padding_times,
    BenchScan: scan_times,
    BenchPaths: path_times,
    BenchInference: inference_times,
}
"""Type of a record -> its series of seconds by name."""


def stats(times: Times) -> dict[str, Any]:
    """The statistics of pytest-benchmark, of seconds; no spread of one."""
    values = np.sort(np.asarray(times, float))
    mean, count = float(values.mean()), len(values)
    spread = float(values.std(ddof=1)) if count > 1 else 0.0
    q1, median, q3 = (float(q) for q in np.percentile(values, [25, 50, 75]))
    low, high = q1 - WHISKER * (q3 - q1), q3 + WHISKER * (q3 - q1)
    inside = values[(values >= low) & (values <= high)]
    far = int((np.abs(values - mean) > spread).sum())
    total = math.fsum(values)
    return {
        "min": float(values[0]),
        "max": float(values[-1]),
        "mean": mean,
        "stddev": spread,
        "rounds": count,
        "median": median,
        "iqr": q3 - q1,
        "q1": q1,
        "q3": q3,
        "iqr_outliers": count - len(inside),
        "stddev_outliers": far,
        "outliers": f"{far};{count - len(inside)}",
        "ld15iqr": float(inside[0]),
        "hd15iqr": float(inside[-1]),
        "ops": count / total,
        "total": total,
        "data": [float(value) for value in times],
        "iterations": 1,
    }
