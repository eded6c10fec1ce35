"""What the studies share: a checkpoint in any framework, files, a verdict."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from comparisons.analysis.tables import csv_text
from comparisons.arguments.checkpoints import codec_of_kind
from comparisons.arguments.options import words
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import model_worker
from shared.errors import DataError, UserError
from shared.files.io import write_file
from shared.task import Dataset
from shared.tasks import get_task
from shared.weights.checkpoints import Checkpoint


@dataclass(frozen=True)
class TrainedOptions:
    """Options of a study of a checkpoint; path: its file or folder."""

    trained: Checkpoint
    path: Path
    codec: Any
    metadata: Mapping[str, Any]
    frameworks: list[str]
    out: Path
    timeout: float

    def ask(
        self, framework: str, job: str, **request: Any
    ) -> dict[str, np.ndarray]:
        """The arrays of a job on the checkpoint in a framework."""
        with model_worker(self.trained, framework, self.timeout) as ask:
            return ask(job, path=str(self.path.resolve()), **request)


def load_trained(flags: Namespace, codec_type: type) -> TrainedOptions:
    """The checkpoint that the flags name; UserError without such a codec."""
    path = flags.checkpoint
    trained = load_checkpoint(path)
    codec, metadata = codec_of_kind(trained, path, codec_type)
    return TrainedOptions(
        *(trained, path, codec, metadata),
        words(flags.frameworks or [trained.run.framework]),
        flags.out or Path("results") / get_task(trained.run.task).name,
        flags.timeout,
    )


def load_dataset(trained: Checkpoint, instead: str) -> Dataset:
    """The checkpoint's data; without them the flags to give instead."""
    run = trained.run
    try:
        return get_task(run.task).load(run.data, run.seed)
    except DataError as error:
        raise UserError(f"{error}; or give {instead}") from error


def check_index(kind: str, index: int, size: int) -> None:
    if not 0 <= index < size:
        raise UserError(f"there is no {kind} {index}, only 0 to {size - 1}")


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Make the folder; UserError for what cannot be written or drawn in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise UserError(
            f"cannot write to '{folder}': {error.strerror}"
        ) from error


def write_csv(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    write_file(path, csv_text(rows))


def print_files(console: Console, paths: Iterable[Path]) -> None:
    names = ", ".join(map(str, paths))
    console.print(f"files: {names}", markup=False, soft_wrap=True)


def over_limit(name: str, error: float, limit: float) -> str:
    return (
        f"{name} deviates from the reference by {error:.1e} (limit {limit:.0e})"
    )
