"""A small model and its data, on which implementations are checked."""

import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from comparisons.equivalence.case_data import (
    BATCH,
    CHANNELS,
    CHARACTERS,
    EMBEDDING,
    EXAMPLES,
    FEATURES,
    HIDDEN,
    INDICES,
    LENGTHS,
    OUTPUTS,
    PIXELS,
    SHAPES,
    STEPS,
    TARGETS,
)
from shared.specs import ModelSpec, Split, Weights
from shared.weights.layout import weight_shapes

SEEDS = {"rnn-relu": 249, "rnn-relu seq2seq": 7, "rnn video_model": 1}
"""Cell, or cell and model, -> what is added to a case's seed. A rectified
unit has a kink: near it float32 may fall on the other side, and the
trajectories diverge though each step is right. With these numbers no unit of
a rectified cell comes within MARGIN of it, and no finite difference of a video
model crosses one."""

SPREADS = {"seq2seq": 0.7}
"""Model -> standard deviation of its weights, times the root of H."""

LIKE = {"bptt": "native"}
"""Implementation -> that whose cases it has, with the same numbers."""

INPUT_SIZES = {"video_model": PIXELS}
"""Model -> the features of its values, if not FEATURES."""

MODEL_SIZES: dict[str, dict[str, Any]] = {
    "video_model": {"conv_channels": CHANNELS}
}
"""Model -> the sizes that no other model has."""

SCALES = {"attention": 4, "crf": 2}
"""First part of a name -> what its weights are multiplied by."""

NORM_SCALES = {"w_ih": 4, "w_hh": 4, "gain_hh": 0.5, "gain_c": 0.5}
"""Last part of a name -> what the weights of a layer-normalized cell are
multiplied by. Normalization divides by a standard deviation: with that of
products as small as others are, a step of training would be too large."""

MARGIN = 1e-5


@dataclass(frozen=True)
class Case:
    """One checked model.

    padded: its sequences have lengths from 1 to T; sizes: of the model that
    are not those of `case_data`.
    """

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
    shapes: bool = False
    crf: bool = False
    outputs: int = OUTPUTS
    tied: bool = False
    attention: str = ""
    quantiles: tuple[float, ...] = ()
    sizes: tuple[tuple[str, int], ...] = ()
    layer_norm: bool = False

    def __str__(self) -> str:
        """The same for every framework; its random numbers depend on it."""
        words = " and characters" if self.char_encoder else ""
        details = (
            "two ways" if self.bidirectional else "one way",
            "padded" if self.padded else "full",
            "" if self.pooling == "last" else self.pooling,
            "one logit" if self.outputs == 1 else "",
            "tied" if self.tied else "",
            "layer norm" if self.layer_norm else "",
            "shapes" if self.shapes else "",
            "CRF" if self.crf else "",
            f"attention {self.attention}" if self.attention else "",
            f"quantiles {self.quantiles}" if self.quantiles else "",
            *(f"{name} {size}" for name, size in self.sizes),
        )
        return (
            f"{self.cell} {self.impl} {self.model} {self.input}{words} "
            f"{self.num_layers} deep, {', '.join(filter(None, details))}"
        )

    def spec(self) -> ModelSpec:
        """The model of the case, without dropout."""
        # H is odd but for seq2seq, whose encoder has half in each direction.
        hidden = HIDDEN + (self.model == "seq2seq")
        values = INPUT_SIZES.get(self.model, FEATURES)
        spec = ModelSpec(
            model=self.model,
            cell=self.cell,
            input=self.input,
            attention=self.attention or "none",
            input_size=values if self.input == "values" else INDICES,
            embedding_size=hidden if self.tied else EMBEDDING,
            hidden_size=hidden,
            output_size=self.outputs,
            quantile_levels=self.quantiles,
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
            layer_norm=self.layer_norm,
            shape_size=SHAPES if self.shapes else 0,
            shape_embedding_size=EMBEDDING,
            crf=self.crf,
            **MODEL_SIZES.get(self.model, {}),
        )
        return replace(spec, **dict[str, Any](self.sizes))

    def weights(self, dtype: str = "float32") -> Weights:
        """Random weights, including biases, all of them float32 numbers.

        They are small, so that the recurrence contracts: in float32 a chaotic
        one would deviate from the reference even with correct steps. Biases
        are shifted above 0, so that not all rectified units are dead. The
        weights of attention are larger: with nearly uniform attention its
        gradients would be lost in rounding. Those of a CRF are as large as the
        outputs that they are added to.
        """
        rng = np.random.default_rng([self._seed(), 0])
        spec, hidden = self.spec(), dict(self.sizes).get("hidden_size", HIDDEN)
        deviation = SPREADS.get(self.model, 0.5) / np.sqrt(hidden)
        weights = {}
        for name, shape in weight_shapes(spec).items():
            mean = deviation if len(shape) == 1 else 0.0
            drawn = rng.normal(mean, deviation, shape).astype("f4")
            scaled = drawn * SCALES.get(name.split(".")[0], 1)
            if self.layer_norm:
                scaled *= NORM_SCALES.get(name.split(".")[-1], 1)
            weights[name] = scaled.astype(dtype)
        return weights

    def split(self, batches: int = 1) -> Split:
        """Examples for some batches; index 0 only past the ends."""
        rng = np.random.default_rng([self._seed(), 1])
        size = BATCH * batches
        ends = np.resize(LENGTHS if self.padded else STEPS, size)  # (N,)
        present = np.arange(STEPS) < ends[:, None]  # (N, T)
        kind, spec = f"{self.model} {self.input}", self.spec()
        x = EXAMPLES.get(kind, EXAMPLES[self.model])(rng, present, spec)
        lengths = ends.astype("i4") if self.padded else None
        if self.model == "seq2seq":  # targets have other lengths than sources
            present = np.roll(present, 1, axis=0)
        usual = TARGETS[spec.loss]
        targets = spec.output_size // max(1, len(self.quantiles))
        y = TARGETS.get(self.model, usual)(rng, present, targets)
        return Split(x, y, lengths)

    def _seed(self) -> int:
        """The same in every process, and another for each case."""
        general = SEEDS.get(self.cell, 0)
        added = SEEDS.get(f"{self.cell} {self.model}", general)
        same = replace(self, impl=LIKE.get(self.impl, self.impl))
        return zlib.crc32(str(same).encode()) + added
