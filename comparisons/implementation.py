"""What a framework's package offers; each package is one, as a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np

from shared.decoding.options import DecodingOptions
from shared.decoding.sampling import Sampling
from shared.specs import ModelSpec, Split, TrainSpec, Weights

Model = Any
"""A model, opaque outside the package that built it."""


class Implementation(Protocol):
    """The functions of `pytorch_impl`, `keras_impl` and `jax_impl`.

    Only numpy arrays and frozen records pass through them.
    """

    def configure(
        self, device: str, threads: int, precision: str, seed: int
    ) -> None:
        """Choose where and how exactly to compute, before any model.

        device: "auto", "cpu" or "gpu"; DeviceError where there is none;
        threads: CPU threads, 0 for all cores;
        precision: "float32" (strict), "tf32" or "float64";
        seed: of dropout, and of the weights under native initialisation.
        May be called again for another precision or seed.
        """

    def versions(self) -> dict[str, str]:
        """Package name -> version, of what computes."""

    def describe(self) -> dict[str, str]:
        """The device and the kernel path that were chosen."""

    def build_model(self, spec: ModelSpec) -> Model:
        """A new model in the current precision."""

    def load_weights(self, model: Model, weights: Weights) -> None:
        """Copy canonical weights into the model, cast to its precision."""

    def export_weights(self, model: Model) -> Weights:
        """The current canonical weights, in the precision's dtype."""

    def count_parameters(self, model: Model) -> int:
        """The number of trainable parameters."""

    def named_tensors(self, model: Model) -> Iterator[tuple[str, str, Any]]:
        """Canonical name, own name and own tensor of each weight."""

    def fit(
        self,
        model: Model,
        split: Split,
        spec: TrainSpec,
        on_epoch_end: Callable[[int, float], bool],
    ) -> None:
        """Train on the batches of `shared.batching.batches`, in their order.

        After each epoch, on_epoch_end(epoch from 0, mean loss of its steps)
        is called; the device has then finished, export_weights gives the
        current weights, and the answer True ends the training.
        """

    def predict(
        self, model: Model, x: np.ndarray, lengths: np.ndarray | None
    ) -> np.ndarray:
        """Outputs (N, K), logits for a classifier, without dropout.

        x: (N, T, D) values or (N, T) indices; lengths: (N,) or None.
        """

    def likelihoods(
        self, model: Model, x: np.ndarray, y: np.ndarray
    ) -> np.ndarray:
        """Negative log-likelihoods of a language model's targets: (N, T).

        In nats, without dropout, the state carried from window to window
        of `shared.batching.tbptt`; x, y: (N, T) indices, 0 where y is -1.
        """

    def generate(
        self,
        model: Model,
        prompt: np.ndarray,
        draws: np.ndarray,
        rule: Sampling,
    ) -> Iterator[np.ndarray]:
        """What a language model writes on from a prompt, as it is drawn.

        prompt: (B, P) indices, P at least 1; draws: (S, B) from
        `shared.decoding.sampling.uniforms`. Pieces (B, n), n in all S.
        """

    def decode(
        self,
        model: Model,
        x: np.ndarray,
        lengths: np.ndarray,
        rule: DecodingOptions,
    ) -> np.ndarray:
        """What a model of pairs writes: (N, longest) int32, -1 past ends.

        x: (N, T) sources with their ends; lengths: (N,).
        """

    def forced(
        self, model: Model, x: np.ndarray, y: np.ndarray, lengths: np.ndarray
    ) -> np.ndarray:
        """Nats of targets, and 1 where they are the likeliest: (N, T, 2).

        Told the truth at each step, without dropout; x: (N, T, 2) sources
        and what is read, y: (N, T) targets, -1 past ends, lengths: (N,).
        """

    def looks(
        self, model: Model, x: np.ndarray, lengths: np.ndarray
    ) -> np.ndarray:
        """The weights of attention at each step that is read: (N, T, T)."""

    def unroll(
        self, model: Model, x: np.ndarray, lengths: np.ndarray | None
    ) -> dict[str, np.ndarray]:
        """What a model with layers from scratch computes at each step.

        "input" (N, T, D); each gate and state of each layer and direction
        by canonical name, such as "rnn.0.reverse.h" (N, T, H), where
        `shared.specs.QUANTITIES` names those of a cell; "outputs" (N, K).
        Past an end, input and gates are 0 and the state keeps still.
        """

    def flow(self, model: Model, split: Split) -> dict[str, np.ndarray]:
        """How the mean loss of a batch depends on the state of each step.

        Of a model with layers from scratch that reads one way, without
        dropout: ∂loss/∂h (N, T, H), all ways from there counted, by the
        prefix of the layer, such as "rnn.0.". The split has no lengths.
        """
