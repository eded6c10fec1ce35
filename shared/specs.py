"""What is built, trained and run, as frozen records; and the shape letters.

Shape letters, the same in every comment of the project:

==  =========================  ==  ================================
B   batch                      K   outputs or classes
T   time steps                 V   vocabulary
D   input features             L   layers
H   hidden units               G   gates (RNN 1, GRU 3, LSTM 4)
N   examples                   S   steps per epoch
E   size of an embedding       H'  H, or 2H in both directions
C   characters of a word       P   what pooling over time leaves
Q   queries of attention       R   hypotheses that go on
==  =========================  ==  ================================

The batch always comes first. Only numpy arrays and these records cross a
border between packages.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from shared.errors import SpecError
from shared.fields import check, count, from_zero, option, rate

GATES = {"rnn": 1, "rnn-relu": 1, "gru": 3, "lstm": 4}
CELLS = tuple(GATES)
INPUTS = ("values", "onehot", "embedding")
IMPLS = ("native", "scratch")
INITS = ("matched", "native")
OPTIMIZERS = ("adam", "adamw", "rmsprop", "sgd")
SCHEDULES = ("constant", "cosine", "exponential")
ATTENTIONS = ("none", "bahdanau", "luong-dot", "luong-general")
POOLINGS = ("last", "mean", "max", "mean+max")
PRECISIONS = ("float32", "tf32", "float64")
DEVICES = ("auto", "cpu", "gpu")

PARTS = ("train", "validation", "test")
"""The splits of a data set."""

LOSSES = {
    "forecaster": "squared_error",
    "classifier": "cross_entropy",
    "tagger": "masked_cross_entropy",
    "language_model": "masked_cross_entropy",
    "frame_model": "frame_cross_entropy",
    "seq2seq": "masked_cross_entropy",
    "autoencoder": "squared_error",
}
"""Model -> the loss it is trained with; see `ModelSpec.loss`."""

BIDIRECTIONAL_MODELS = (
    *("forecaster", "classifier", "tagger", "seq2seq", "autoencoder"),
)
"""Models that see all of a sequence, not only the steps before."""

TAGGER, SEQ2SEQ = ("tagger",), ("seq2seq",)
AUTOREGRESSIVE = ("language_model", "seq2seq")
"""Models whose outputs are the tokens that they read next."""

GATE_NAMES: dict[str, tuple[str, ...]] = {
    "rnn": (),
    "rnn-relu": (),
    "gru": ("r", "z", "n"),
    "lstm": ("i", "f", "g", "o"),
}
"""Cell -> its gates, in the order of the canonical weights."""

STATE_NAMES = {c: ("h", "c") if c == "lstm" else ("h",) for c in CELLS}
"""Cell -> the tensors of its state, each (B, H)."""

Array = np.ndarray
Weights = dict[str, Array]
"""Canonical name -> array; see `shared.weights.layout` for names and shapes."""


class Split(NamedTuple):
    """Examples of one part of a dataset.

    x: (N, T, D) float32 values or (N, T) int32 indices, padded with 0, or
        (N, T, 1 + C) int32: each word's index and those of its characters,
        or (N, T, 2) int32: the source, and what the decoder reads;
    y: (N, K) or (N, T, K) float32 targets, (N,) int32 classes, (N, T)
        int32 tags or next tokens, or (N, T, K) int8 keys that sound or
        not, -1 where there is none;
    lengths: (N,) int32, or None where every example has T steps.
    """

    x: np.ndarray
    y: np.ndarray
    lengths: np.ndarray | None


class Batch(NamedTuple):
    """One training batch: a `Split` and whose tokens its decoder reads.

    sample_mask: (B, T) bool, true where the decoder reads its own prediction;
        None where it reads the target at every step.
    """

    x: np.ndarray
    y: np.ndarray
    lengths: np.ndarray | None
    sample_mask: np.ndarray | None


@dataclass(frozen=True)
class ModelSpec:
    """A model: what `build_model` builds."""

    model: str = "forecaster"
    cell: str = option("lstm", "recurrent cell", CELLS)
    input: str = option("values", "encoding of a time step's input", INPUTS)
    input_size: int = count(1, "features D, or vocabulary size V of indices")
    embedding_size: int = count(32, "size E of the learned embedding")
    hidden_size: int = count(32, "hidden units H of each recurrent layer")
    output_size: int = count(1, "outputs or classes K")
    num_layers: int = count(1, "number of stacked recurrent layers L")
    bidirectional: bool = option(
        False, "read the sequence backward too", models=BIDIRECTIONAL_MODELS
    )
    dropout: float = rate(0.0, "dropout rate of each recurrent layer's outputs")
    input_dropout: float = rate(
        0.0,
        "dropout rate of the first recurrent layer's inputs",
        models=("classifier", "tagger", "frame_model", *AUTOREGRESSIVE),
    )
    tie_weights: bool = option(
        False, "tie the output matrix to the embedding", models=AUTOREGRESSIVE
    )
    attention: str = option(
        "none", "attention over the source", ATTENTIONS, models=SEQ2SEQ
    )
    impl: str = option(
        "native", "the framework's layers, or cells from scratch", IMPLS
    )
    pooling: str = option(
        "last", "pooling over the time steps", POOLINGS, models=("classifier",)
    )
    char_encoder: bool = option(
        False, "also encode the characters of each word", models=TAGGER
    )
    char_size: int = from_zero(0, "size of the character vocabulary; 0: none")
    char_embedding_size: int = count(
        32, "size of a character embedding", models=TAGGER
    )
    char_hidden_size: int = count(
        32, "hidden units of the character encoder", models=TAGGER
    )
    forget_bias: float = option(1.0, "LSTM: initial bias of the forget gate")
    update_bias: float = option(
        0.0, "GRU: initial bias of the update gate; above 0: longer memory"
    )
    init: str = "matched"

    def __post_init__(self) -> None:
        check(self)
        if self.bidirectional and self.model not in BIDIRECTIONAL_MODELS:
            raise SpecError(
                f"a {self.model.replace('_', ' ')} cannot be bidirectional: "
                "it would see the tokens that it has to predict"
            )
        halved = self.model == "seq2seq" and self.bidirectional
        if halved and self.hidden_size % 2:
            raise SpecError(
                f"hidden_size {self.hidden_size} must be even where the "
                "encoder is bidirectional: each direction has half of it"
            )
        if self.tie_weights and self.input != "embedding":
            raise SpecError(
                f"tie_weights needs input embedding, not {self.input}"
            )
        if self.tie_weights and self.embedding_size != self.hidden_size:
            raise SpecError(
                f"tie_weights needs embedding_size {self.embedding_size} and "
                f"hidden_size {self.hidden_size} to be equal"
            )

    @property
    def padding_index(self) -> int | None:
        """The index that pads sequences, whose embedding never learns."""
        return 0 if self.model in ("classifier", "tagger") else None

    @property
    def loss(self) -> str:
        """The loss it is trained with; one logit is a binary classifier's."""
        if self.model == "classifier" and self.output_size == 1:
            return "binary_cross_entropy"
        return LOSSES[self.model]


@dataclass(frozen=True)
class TrainSpec:
    """A training: what `fit` does."""

    epochs: int = count(10, "passes over the training split")
    batch_size: int = count(64, "sequences per batch B")
    num_buckets: int = count(5, "padded lengths of batches, each compiled once")
    optimizer: str = option("adam", "optimizer", OPTIMIZERS)
    learning_rate: float = option(1e-3, "initial learning rate", above=0.0)
    lr_schedule: str = option("constant", "learning rate schedule", SCHEDULES)
    lr_decay: float = option(
        0.97, "exponential schedule: factor per epoch", above=0.0, most=1.0
    )
    lr_decay_start: int = count(
        1, "exponential schedule: epochs at the initial rate"
    )
    beta1: float = rate(0.9, "Adam: decay rate of the first moment")
    beta2: float = rate(0.999, "Adam: decay rate of the second moment")
    rho: float = rate(0.9, "RMSprop: decay rate of the squared gradients")
    momentum: float = rate(0.0, "SGD: momentum")
    epsilon: float = option(
        1e-12, "Adam and RMSprop: added to the root for stability", above=0.0
    )
    weight_decay: float = from_zero(0.0, "AdamW: decoupled weight decay")
    clip_norm: float = from_zero(0.0, "largest global gradient norm; 0: none")
    clip_value: float = from_zero(0.0, "bound of each gradient value; 0: none")
    patience: int = from_zero(0, "epochs without improvement; 0: never stop")
    teacher_forcing: float = from_zero(
        1.0,
        "probability that the decoder reads the target, not its prediction",
        most=1.0,
        models=SEQ2SEQ,
    )
    teacher_forcing_decay: str = option(
        "none",
        "from that probability to 0 over the epochs",
        ("none", "linear"),
        models=SEQ2SEQ,
    )
    label_smoothing: float = rate(
        0.0, "probability moved from the target to all tokens", models=SEQ2SEQ
    )
    stateful: bool = option(
        False, "carry the state between windows", models=("language_model",)
    )
    packing: str = option(
        "auto",
        "PyTorch: packed sequences in bidirectional layers; auto: on a GPU",
        ("auto", "on", "off"),
    )
    seed: int = from_zero(0, "seed of weights, batches and dropout")
    loop: str = "step"

    def __post_init__(self) -> None:
        check(self)
        if self.weight_decay and self.optimizer != "adamw":
            raise SpecError(
                f"weight_decay {self.weight_decay} needs optimizer adamw, "
                f"not {self.optimizer}"
            )
        if self.clip_norm and self.clip_value:
            raise SpecError(
                f"clip_norm {self.clip_norm} and clip_value "
                f"{self.clip_value} exclude each other"
            )


cosine_training = partial(TrainSpec, lr_schedule="cosine", clip_norm=1.0)
"""The training of most tasks: cosine schedule, gradients clipped to norm 1."""


def step_names(cell: str) -> tuple[str, ...]:
    """The gates, then the states, that a cell computes at each step."""
    return GATE_NAMES[cell] + STATE_NAMES[cell]


@dataclass(frozen=True)
class RunSpec:
    """One run, complete; see `shared.tasks.resolve`.

    data: the task's dataclass of data options. Model and train get cell, init
    and seed from the run.
    """

    task: str
    framework: str
    cell: str
    seed: int = 0
    preset: str = "standard"
    init: str = option("matched", "initial weights", INITS)
    device: str = option("auto", "device to train on", DEVICES)
    precision: str = option("float32", "floating-point arithmetic", PRECISIONS)
    threads: int = from_zero(0, "CPU threads; 0: all cores")
    model: ModelSpec = field(kw_only=True)
    train: TrainSpec = field(kw_only=True)
    data: Any = field(kw_only=True)

    def __post_init__(self) -> None:
        check(self)
        model = replace(self.model, cell=self.cell, init=self.init)
        object.__setattr__(self, "model", model)
        train = replace(self.train, seed=self.seed)
        object.__setattr__(self, "train", train)
