"""A case, as an adapter gets it: arrays of numpy, and nothing of an engine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comparisons.vectors.kinds import DIRECTIONS, KINDS
from shared.specs import Array

Arrays = dict[str, Array]


@dataclass(frozen=True)
class Case:
    """One case; what it computes is in the formula of its kind.

    directions: "forward", "reverse" or "bidirectional"; arrays: all that the
    loss is differentiated by, "x" (B, T, D), "initial.h" and "initial.c"
    (L·directions, B, H) unless the case has no initial state, and the weights
    by name, such as "rnn.0.reverse.w_ih"; lengths: (B,), or None where none
    are given; targets: of the outputs that the loss reads; labels: (B, U) of
    CTC, -1 past the last; forget_bias: added to the forget gate of an LSTM;
    dtype: the floating point type to compute in.
    """

    id: str
    kind: str
    directions: str
    layers: int
    hidden: int
    arrays: Arrays
    lengths: Array | None = None
    targets: Arrays = field(default_factory=dict)
    labels: Array | None = None
    dtype: str = "float64"

    @property
    def forget_bias(self) -> float:
        return KINDS[self.kind].forget_bias

    @property
    def initial_state(self) -> Arrays | None:
        """State -> (L·directions, B, H), or None where none is given."""
        names = KINDS[self.kind].states
        own = {n: f"initial.{n}" for n in names}
        found = {n: self.arrays[i] for n, i in own.items() if i in self.arrays}
        return found or None

    @property
    def prefixes(self) -> list[list[str]]:
        """Of the weights, by layer, then by direction."""
        suffixes = DIRECTIONS.get(self.directions, ())
        layers = range(self.layers)
        return [[f"rnn.{n}.{suffix}" for suffix in suffixes] for n in layers]

    @property
    def ends(self) -> Array:
        """Steps of each sequence (B,), T where none are given."""
        batch, steps = self.arrays["x"].shape[:2]
        given = self.lengths
        return np.full(batch, steps) if given is None else given

    @property
    def mask(self) -> Array:
        """True at the valid steps: (B, T)."""
        steps = self.arrays["x"].shape[1]
        found: Array = np.arange(steps) < self.ends[:, None]
        return found

    def loss(
        self,
        outputs: dict[str, Any],
        array: Callable[[Array], Any],
        total: Callable[[Any], Any],
    ) -> Any:
        """Half the mean squared distance from the targets, of each output.

        array: an array of numpy as one of the engine; total: the engine's sum
        of all elements. Outputs count at valid steps alone. A sum over the
        columns is divided by the number of steps, or of sequences.
        """
        parts = []
        for name, target in self.targets.items():
            weight = np.ones(target.shape)
            if name == "outputs":
                weight = weight * self.mask[:, :, None]
            count = self.mask.sum() if name == "outputs" else len(self.ends)
            error = outputs[name] - array(target)
            share = array(weight / (2.0 * count))
            parts.append(total(share * error * error))
        return sum(parts[1:], parts[0])
