"""What clients ask of a worker and it answers, as that is sent and read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.messages import Message
from shared.reference.model import in_float64
from shared.specs import ModelSpec, Weights
from shared.weights.init import initial_weights

ENDINGS = "endings"
"""Name of the outputs (T, K) had the sequence ended at step 1, 2, ..., T."""


class Example(NamedTuple):
    """One sequence, its model, and the file of trained weights, if any."""

    model: ModelSpec
    checkpoint: str | None
    x: np.ndarray  # (1, T, D) values or (1, T) indices
    lengths: np.ndarray | None  # (1,)

    def endings(self) -> tuple[np.ndarray, np.ndarray]:
        """The sequence once for each step, ending there: (T, T, ..), (T,)."""
        steps = self.x.shape[1]
        ends = np.arange(1, steps + 1, dtype=np.int32)
        return np.repeat(self.x, steps, axis=0), ends

    def weights(self, seed: int) -> Weights:
        """The trained weights, or the first ones of the seed."""
        if self.checkpoint is None:
            return initial_weights(self.model, seed)
        return load_checkpoint(Path(self.checkpoint)).weights

    def message(self) -> Message:
        """As it is sent."""
        return {**self._asdict(), "model": asdict(self.model)}

    @classmethod
    def of(cls, message: Message) -> Example:
        """As it was sent."""
        return cls(**{**message, "model": ModelSpec(**message["model"])})


@dataclass(frozen=True)
class Start:
    """Weights to study: a checkpoint's, or the initial ones of a seed.

    radius: what the recurrent weights of the first ones are multiplied by;
    they are orthogonal, so that it is their spectral radius.
    """

    model: ModelSpec
    seed: int
    radius: float = 1.0
    checkpoint: str = ""

    def weights(self) -> Weights:
        """The weights, in float64."""
        if self.checkpoint:
            return in_float64(load_checkpoint(Path(self.checkpoint)).weights)
        found = in_float64(initial_weights(self.model, self.seed))
        return {
            name: w * self.radius if name.endswith("w_hh") else w
            for name, w in found.items()
        }

    def message(self) -> Message:
        """As it is sent."""
        return asdict(self)

    @classmethod
    def of(cls, message: Message) -> Start:
        """As it was sent."""
        return cls(**{**message, "model": ModelSpec(**message["model"])})


class GreedyAttention(NamedTuple):
    """Targets that were decoded greedily, and the attention weights."""

    x: np.ndarray  # (B, T, 2), what was read
    generated: np.ndarray  # (B, T - 1), -1 past its end
    weights: np.ndarray  # (B, T, T)
