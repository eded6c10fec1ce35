"""What a framework's package offers; each package is one, as a module."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np

from shared.decoding.options import DecodingOptions
from shared.decoding.sampling import Sampling
from shared.specs import EpsilonPlaces, ModelSpec, Split, TrainSpec, Weights

Model = Any
"""A model, opaque outside the package that built it."""


class Implementation(Protocol):
    """The functions of `pytorch_impl`, `keras_impl` and `jax_impl`.

    Only numpy arrays and frozen records pass through them.
    """

    EPSILON_PLACES: EpsilonPlaces

    def configure(
        self, device: str, threads: int, precision: str, seed: int
    ) -> None:
        """Choose where and how exactly to compute, before any model.

        device: "auto", "cpu", "gpu" or "mps"; DeviceError where there is none;
        threads: CPU threads, 0 for all cores;
        precision: "float32" (strict), "tf32", "bf16" or "float64";
        seed: of dropout, and of the weights under native initialization.
        May be called again for another precision or seed.
        """

    def versions(self) -> dict[str, str]:
        """Package name -> version, of what computes."""

    def build_model(self, spec: ModelSpec) -> Model:
        """A new model in the current precision."""

    def describe(self, model: Model, padded: bool) -> dict[str, str]:
        """The device, and the kernel path of the model's recurrent layers.

        padded: whether its sequences have lengths. Called after `fit`, whose
        packing is part of the path.
        """

    def peak_memory(self) -> int | None:
        """Bytes of the GPU that were in use at once; None on another device.

        Since `configure`, or since the process began where the framework does
        not count anew.
        """

    def load_weights(self, model: Model, weights: Weights) -> None:
        """Copy canonical weights into the model, cast to its precision."""

    def export_weights(self, model: Model) -> Weights:
        """The current canonical weights, in the precision's dtype."""

    def count_parameters(self, model: Model) -> int:
        """The number of trainable parameters."""

    def named_tensors(self, model: Model) -> Iterator[tuple[str, str, Any]]:
        """Canonical name, framework's name and tensor of each weight."""

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

    def token_nll(
        self, model: Model, x: np.ndarray, y: np.ndarray
    ) -> np.ndarray:
        """Negative log-likelihood of each target of a language model: (N, T).

        In nats, without dropout, the state passed on between the windows of
        `shared.batching.tbptt`; x, y: (N, T) indices, 0 where y is -1.
        """

    def generate(
        self,
        model: Model,
        prompt: np.ndarray,
        uniforms: np.ndarray,
        sampling: Sampling,
    ) -> Iterator[np.ndarray]:
        """The continuation of a prompt by a language model, as it is drawn.

        prompt: (B, P) indices, P at least 1; uniforms: (S, B) from
        `shared.decoding.sampling.uniforms`. Chunks (B, n), n in all S.
        """

    def decode(
        self,
        model: Model,
        x: np.ndarray,
        lengths: np.ndarray,
        options: DecodingOptions,
    ) -> np.ndarray:
        """Targets by greedy or beam search: (N, longest) int32, -1 past ends.

        x: (N, T) sources with their ends; lengths: (N,).
        """

    def teacher_forced_scores(
        self, model: Model, x: np.ndarray, y: np.ndarray, lengths: np.ndarray
    ) -> np.ndarray:
        """Token NLL in nats, and 1 where the token is most probable: (N, T, 2).

        Without dropout; x: (N, T, 2) sources and decoder inputs, y: (N, T)
        targets, -1 past ends, lengths: (N,).
        """

    def viterbi(
        self,
        model: Model,
        emissions: np.ndarray,
        lengths: np.ndarray,
        allowed: np.ndarray,
    ) -> np.ndarray:
        """The best tags by the CRF of a tagger: (N, T) int32, -1 past ends.

        emissions: (N, T, K), the outputs of `predict`; lengths: (N,);
        allowed: (K + 1, K) bool, whether the tag of the column may follow that
        of the row, or in the last row begin a sequence.
        """

    def attention_maps(
        self, model: Model, x: np.ndarray, lengths: np.ndarray
    ) -> np.ndarray:
        """Attention weights of each decoder step over the source: (N, T, T).

        x: (N, T, 2) sources and decoder inputs; lengths: (N,).
        """

    def unroll(
        self, model: Model, x: np.ndarray, lengths: np.ndarray | None
    ) -> dict[str, np.ndarray]:
        """Input, gates and states of each step of layers from scratch.

        "input" (N, T, D); each gate and state of each layer and direction
        by canonical name, such as "rnn.0.reverse.h" (N, T, H), where
        `shared.specs.step_names` has those of a cell; "outputs" (N, K).
        Past an end, input and gates are 0 and the state is frozen.
        """

    def state_gradients(
        self, model: Model, split: Split
    ) -> dict[str, np.ndarray]:
        """∂loss/∂h of each step, of layers from scratch in one direction.

        Total derivatives (N, T, H) of the batch's mean loss, without
        dropout, by the prefix of the layer, such as "rnn.0.". The split has
        no lengths.
        """

    def save_model(self, spec: ModelSpec, tensors: Weights, path: str) -> None:
        """Write a model of stock layers that loads without this package.

        tensors: by the framework's own names; `comparisons.export.layouts`.
        """

    def read_tensors(self, path: str, pattern: str) -> tuple[Weights, str]:
        """Tensors of a file of the framework whose names match, its cell.

        The cell is "" where the file does not say it. Nothing of the file is
        executed; UserError if it cannot be read so.
        """

    def run_layers(
        self, cell: str, layers: list[list[Weights]], x: np.ndarray
    ) -> np.ndarray:
        """Outputs (B, T, H') of stacked stock layers, x (B, T, D).

        layers: of each layer and direction, the tensors by their own names.
        """
