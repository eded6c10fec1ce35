"""A small model and its data, on which implementations are gated."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from comparisons.equivalence.case_data import (
    BATCH,
    CHARACTERS,
    EMBEDDING,
    EXAMPLES,
    FEATURES,
    HIDDEN,
    INDICES,
    LENGTHS,
    OUTPUTS,
    STEPS,
    TARGETS,
)
from shared.specs import ModelSpec, Split, Weights
from shared.weights.layout import weight_shapes

SEEDS = {"rnn-relu": 249, "rnn-relu seq2seq": 7}
"""Cell, or cell and model, -> what is added to a case's seed. A rectified
unit has a kink: near it float32 may fall on the other side, and the
trajectories part though each step is right. With these numbers none comes
within MARGIN of it."""

SPREADS = {"seq2seq": 0.7}
"""Model -> standard deviation of its weights, times the root of H."""

SCALES = {"attention": 4}
"""First part of a name -> what its weights are multiplied by."""

MARGIN = 1e-5


@dataclass(frozen=True)
class Case:
    """One checked model; padded: its sequences have lengths from 1 to T."""

    model: str
    cell: str
    input: str
    impl: str
    num_layers: int
    bidirectional: bool
    padded: bool
    init: str = "matched"
    pooling: str = "last"
    char_encoder: bool = False
    outputs: int = OUTPUTS
    tied: bool = False
    attention: str = ""

    def __str__(self) -> str:
        """The same for every framework."""
        ways = "two ways" if self.bidirectional else "one way"
        ends = "padded" if self.padded else "full"
        spelt = " and characters" if self.char_encoder else ""
        read = "" if self.pooling == "last" else f", {self.pooling}"
        one = ", one logit" if self.outputs == 1 else ""
        tied = ", tied" if self.tied else ""
        looks = f", attention {self.attention}" if self.attention else ""
        return (
            f"{self.cell} {self.impl} {self.model} {self.input}{spelt} "
            f"{self.num_layers} deep, {ways}, {ends}{read}{one}{tied}{looks}"
        )

    def spec(self) -> ModelSpec:
        """The model of the case, without dropout."""
        return ModelSpec(
            model=self.model,
            cell=self.cell,
            input=self.input,
            attention=self.attention or "none",
            input_size=FEATURES if self.input == "values" else INDICES,
            embedding_size=self.hidden if self.tied else EMBEDDING,
            hidden_size=self.hidden,
            output_size=self.outputs,
            tie_weights=self.tied,
            num_layers=self.num_layers,
            bidirectional=self.bidirectional,
            impl=self.impl,
            init=self.init,
            pooling=self.pooling,
            char_encoder=self.char_encoder,
            char_size=CHARACTERS if self.model == "tagger" else 0,
            char_embedding_size=EMBEDDING,
            char_hidden_size=HIDDEN,
        )

    @property
    def hidden(self) -> int:
        """H, even if each direction of an encoder has half of it."""
        return HIDDEN + (self.model == "seq2seq")

    def weights(self) -> Weights:
        """Random weights, including biases, all of them float32 numbers.

        They are small, so that the recurrence contracts: in float32 a chaotic
            one would deviate from the reference even with correct steps. Biases
            are shifted above 0, so that not all rectified units are dead. The
            weights of attention and of its memory are larger: with nearly
            uniform attention its gradients would be lost in rounding.
        """
        rng = np.random.default_rng([self._seed(), 0])
        deviation = SPREADS.get(self.model, 0.5) / np.sqrt(HIDDEN)
        weights = {}
        for name, shape in weight_shapes(self.spec()).items():
            mean = deviation if len(shape) == 1 else 0.0
            drawn = rng.normal(mean, deviation, shape).astype("f4")
            weights[name] = drawn * SCALES.get(name.split(".")[0], 1)
        return weights

    def weights_as(self, dtype: str) -> Weights:
        return {name: w.astype(dtype) for name, w in self.weights().items()}

    def split(self, batches: int = 1) -> Split:
        """Examples for some batches; index 0 only past the ends."""
        rng = np.random.default_rng([self._seed(), 1])
        size = BATCH * batches
        ends = np.resize(LENGTHS if self.padded else STEPS, size)  # (N,)
        present = np.arange(STEPS) < ends[:, None]  # (N, T)
        kind = f"{self.model} {self.input}"
        x = EXAMPLES.get(kind, EXAMPLES[self.model])(rng, present)
        lengths = ends.astype("i4") if self.padded else None
        if self.model == "seq2seq":  # targets have lengths of their own
            present = np.roll(present, 1, axis=0)
        usual = TARGETS[self.spec().loss]
        y = TARGETS.get(self.model, usual)(rng, present, self.outputs)
        return Split(x, y, lengths)

    def _seed(self) -> int:
        """A number of the case's own, the same in every process."""
        general = SEEDS.get(self.cell, 0)
        added = SEEDS.get(f"{self.cell} {self.model}", general)
        return zlib.crc32(str(self).encode()) + added
