"""What a tracker is given of a comparison: runs, tables, and files."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from comparisons.analysis.formats import csv, markdown
from comparisons.analysis.loading import Comparison
from comparisons.analysis.speed.untimed import has_times
from comparisons.records.files import records_file
from comparisons.records.record import FitQuality, Run, RunRecord
from comparisons.records.spec import PARTS
from shared.exhibits.names import row_name

SETTINGS = ("preset", "init", "device", "precision", "threads")
"""Fields of a run's spec that are no part of another spec."""

FILES = ("results.csv", "report.md", "report.html")
FIGURES, CHECKPOINTS = "figures/*.png", "checkpoints"

Value = str | float | int | bool


class Step(NamedTuple):
    """The scalars of one epoch, and when it ended, in seconds of the clock."""

    epoch: int
    time: float
    scalars: Mapping[str, float]


class Published(NamedTuple):
    """One run.

    slug: its name as that of a folder; began, ended: seconds of the clock;
    scores: of the test part, none of a run without a result.
    """

    name: str
    slug: str
    key: str
    status: str
    began: float
    ended: float
    parameters: Mapping[str, Value]
    tags: Mapping[str, str]
    steps: list[Step]
    scores: Mapping[str, float]
    files: list[Path]


class Group(NamedTuple):
    """One comparison: its runs, its table, and its files."""

    name: str
    slug: str
    folder: Path
    runs: list[Published]
    csv: str
    markdown: str
    files: list[Path]
    figures: list[Path]


def group_of(part: Comparison) -> Group:
    folder, summary = part.folder, part.summary
    return Group(
        part.label,
        slug(part.label),
        folder,
        [published(run, folder) for run in part.records],
        csv(summary),
        markdown(summary),
        [path for path in files_of(folder) if path.is_file()],
        sorted(folder.glob(FIGURES)),
    )


def files_of(folder: Path) -> list[Path]:
    return [*(folder / name for name in FILES), records_file(folder)]


def published(run: RunRecord, folder: Path) -> Published:
    began = clock(run.began)
    timed = has_times(run)
    saved = [run.checkpoint] if isinstance(run, Run) else []
    files = [folder / CHECKPOINTS / name for name in saved if name]
    return Published(
        name=f"{row_name(run.framework, run.cell)}, seed {run.seed}",
        slug=f"{run.framework}-{run.cell}-seed{run.seed}",
        key=run.key,
        status=run.status,
        began=began,
        ended=began + (run.seconds if timed else 0.0),
        parameters=dict(parameters(run)),
        tags=dict(tags(run)),
        steps=list(steps(run, began, timed)),
        scores=dict(scores(run)),
        files=[file for file in files if file.is_file()],
    )


def clock(text: str) -> float:
    """Seconds since 1970 of a time in ISO 8601; 0 of none."""
    return datetime.fromisoformat(text).timestamp() if text else 0.0


def parameters(run: RunRecord) -> Iterator[tuple[str, Value]]:
    """The hyper-parameters, such as `model.hidden_size`."""
    spec = run.spec
    yield from ((name, getattr(spec, name)) for name in SETTINGS)
    for part in PARTS:
        for name, value in getattr(spec, part).items():
            single = isinstance(value, Value)
            yield f"{part}.{name}", value if single else str(value)


def tags(run: RunRecord) -> Iterator[tuple[str, str]]:
    """What identifies the run, and what it was made with."""
    for name in ("task", "dataset", "framework", "cell", "seed", "metric"):
        yield name, str(getattr(run, name))
    for name in ("status", "key", "commit", "command", "timing", "error"):
        yield name, str(getattr(run, name))
    for name in ("processor", "cores", "system", "python"):
        yield f"machine.{name}", str(getattr(run.machine, name))
    yield from ((f"version.{n}", v) for n, v in run.versions.items())


def steps(run: RunRecord, began: float, timed: bool) -> Iterator[Step]:
    """Losses, validation scores, and seconds by epoch; no NaN."""
    time = began
    for epoch in run.epochs:
        found = {
            "train/loss": epoch.loss,
            f"validation/{run.metric}": epoch.validation,
            "train/seconds": epoch.seconds if timed else None,
            **fit_scalars(run.fit, epoch.epoch + 1),
        }
        time += epoch.seconds if timed else 0.0
        yield Step(epoch.epoch, time, dict(finite(found)))


def fit_scalars(fit: FitQuality | None, number: int) -> dict[str, float | None]:
    """Loss without dropout and gradient norm; entry 0 is before training."""
    if fit is None or number >= len(fit.losses):
        return {}
    found: dict[str, float | None] = {
        "train/loss without dropout": fit.losses[number]
    }
    norms = fit.gradient_norms[number] if fit.gradient_norms else []
    known = [norm for norm in norms if norm is not None]
    if known:
        found["train/gradient norm"] = sum(known) / len(known)
    return found


def scores(run: RunRecord) -> Iterator[tuple[str, float]]:
    """Scores of the test part, parameters, and times of the whole run."""
    if run.parameters is not None:
        yield "parameters", float(run.parameters)
    if not isinstance(run, Run):
        return
    found: dict[str, float | None] = {
        f"test/{name}": score for name, score in run.scores.items()
    }
    if has_times(run):
        found["seconds/training and scoring"] = run.wall_seconds
        found["memory/peak MiB"] = run.peak_memory_mb
        found["memory/GPU peak MiB"] = run.device_memory_mb
    yield from finite(found)


def finite(
    values: Mapping[str, float | None],
) -> Iterator[tuple[str, float]]:
    for name, value in values.items():
        if value is not None and math.isfinite(value):
            yield name, float(value)


def slug(text: str) -> str:
    """A text as the name of a folder."""
    return re.sub(r"[^\w=.+-]+", "-", text).strip("-.") or "comparison"


def as_texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}
