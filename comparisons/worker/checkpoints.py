"""A trained model, loaded in the worker."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from comparisons.implementation import Implementation, Model
from shared.weights.checkpoints import Checkpoint, load_checkpoint


def load_trained(
    implementation: Implementation,
    path: str,
    threads: int,
    device: str = "cpu",
    precision: str = "float32",
) -> tuple[Checkpoint, Model]:
    """A checkpoint and its model; cached for the next request."""
    # Modules can be hashed, which mypy does not say of a protocol.
    wanted = (implementation, path, threads, device, precision)
    return _loaded(*wanted)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _loaded(
    implementation: Implementation,
    path: str,
    threads: int,
    device: str,
    precision: str,
) -> tuple[Checkpoint, Model]:
    trained = load_checkpoint(Path(path))
    implementation.configure(device, threads, precision, trained.run.seed)
    model = implementation.build_model(trained.model)
    implementation.load_weights(model, trained.weights)
    return trained, model
