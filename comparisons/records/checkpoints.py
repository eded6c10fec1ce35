"""Checkpoints with the run that they are of, as its task resolves it."""

from pathlib import Path

from shared.tasks import get_task, resolve, stored_data
from shared.weights.checkpoints import Checkpoint, read_checkpoint


def load_checkpoint(path: Path) -> Checkpoint:
    """Read and check a file, or that in a folder; CheckpointError if bad."""
    header, model, weights = read_checkpoint(path)
    # Older files store of a run only what differs from its preset.
    run = header["run"] | {"model": header["model"] | header["run"]["model"]}
    task, preset = get_task(run["task"]), run.get("preset", "standard")
    run["data"] = stored_data(task, preset, run.get("data", {}))
    texts = (header[name] for name in ("metadata", "result", "data_hashes"))
    return Checkpoint(resolve(**run), model, weights, *texts)
