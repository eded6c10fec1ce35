"""The small models and data on which implementations are gated."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from shared.initial import weight_shapes
from shared.specs import CELLS, LAYERS, ModelSpec, Split, Weights

BATCH, STEPS, FEATURES, INDICES = 6, 7, 3, 8
EMBEDDING, HIDDEN, OUTPUTS = 4, 5, 4
LENGTHS = (4, 1, STEPS, 2, 6, 5)


@dataclass(frozen=True)
class Case:
    """One gated model; padded: its sequences have lengths from 1 to T."""

    model: str
    cell: str
    input: str
    layers: str
    num_layers: int
    bidirectional: bool
    padded: bool
    init: str = "matched"

    def __str__(self) -> str:
        """The case in words, the same for every framework."""
        ways = "two ways" if self.bidirectional else "one way"
        ends = "padded" if self.padded else "full"
        return (
            f"{self.cell} {self.layers} {self.model} {self.input} "
            f"{self.num_layers} deep, {ways}, {ends}"
        )

    def spec(self) -> ModelSpec:
        """The model of the case, without dropout."""
        return ModelSpec(
            model=self.model,
            cell=self.cell,
            input=self.input,
            input_size=FEATURES if self.input == "values" else INDICES,
            embedding_size=EMBEDDING,
            hidden_size=HIDDEN,
            output_size=OUTPUTS,
            num_layers=self.num_layers,
            bidirectional=self.bidirectional,
            layers=self.layers,
            init=self.init,
        )

    def weights(self) -> Weights:
        """Random weights, biases too, all of them float32 numbers.

        They are small, so that the recurrence contracts: in float32 a
        chaotic one would part from the reference though each step is right.
        Biases lie above 0, so that rectified units are not all dead.
        """
        rng = np.random.default_rng([self._seed(), 0])
        deviation = 0.5 / np.sqrt(HIDDEN)
        weights = {}
        for name, shape in weight_shapes(self.spec()).items():
            mean = deviation if len(shape) == 1 else 0.0
            weights[name] = rng.normal(mean, deviation, shape).astype("f4")
        return weights

    def split(self, batches: int = 1) -> Split:
        """Examples for some batches; index 0 only past the ends."""
        rng = np.random.default_rng([self._seed(), 1])
        size = BATCH * batches
        ends = np.resize(LENGTHS if self.padded else STEPS, size)  # (N,)
        present = np.arange(STEPS) < ends[:, None]  # (N, T)
        if self.input == "values":
            x = rng.normal(size=(size, STEPS, FEATURES)).astype("f4")
            x *= present[:, :, None]
        else:
            x = rng.integers(1, INDICES, (size, STEPS), dtype=np.int32)
            x *= present
        lengths = ends.astype("i4") if self.padded else None
        return Split(x, TARGETS[self.model](rng, size), lengths)

    def _seed(self) -> int:
        """A number of the case's own, the same in every process."""
        return zlib.crc32(str(self).encode())


def cases() -> Iterator[Case]:
    """Every cell, depth, direction, with and without padding, both layers.

    Padded cases classify indices, one-hot and embedded by turns; the others
    forecast from values.
    """
    for cell, layers, depth, both, padded in itertools.product(
        CELLS, LAYERS, (1, 2), (False, True), (False, True)
    ):
        turn = CELLS.index(cell) + LAYERS.index(layers) + depth + both
        index = ("onehot", "embedding")[turn % 2]
        model, kind = ("forecaster", "values")
        if padded:
            model, kind = ("classifier", index)
        yield Case(model, cell, kind, layers, depth, both, padded)


def case_like(spec: ModelSpec) -> Case:
    """The case with the cell, layers and shape of an actual model."""
    return Case(
        model=spec.model,
        cell=spec.cell,
        input=spec.input,
        layers=spec.layers,
        num_layers=spec.num_layers,
        bidirectional=spec.bidirectional,
        padded=spec.model == "classifier",
        init=spec.init,
    )


TARGETS: dict[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "forecaster": lambda rng, n: rng.normal(size=(n, OUTPUTS)).astype("f4"),
    "classifier": lambda rng, n: rng.integers(0, OUTPUTS, n, np.int32),
}
