"""A training, and the choices that it has."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from shared.errors import SpecError
from shared.fields import check, count, from_zero, option, rate
from shared.specs.model import AUTOREGRESSIVE, SEQ2SEQ, TAGGER

OPTIMIZERS = ("adam", "adamw", "rmsprop", "sgd")
SMOOTHED_MODELS = ("classifier", "tagger", *AUTOREGRESSIVE)
"""Models whose loss may be a cross-entropy of one label, which is smoothed."""

SCHEDULES = ("constant", "cosine", "exponential")


class EpsilonPlaces(NamedTuple):
    """Where a framework adds epsilon; by default where the papers do.

    norm: added to the norm by which gradients are clipped; Adam's epsilon is
    added to √v̂, or to √v `before_correction`; RMSProp's to √v, or as its
    square `under_root`.
    """

    norm: float = 0.0
    before_correction: bool = False
    under_root: bool = False


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
        0.0,
        "probability moved from the target to all classes or tokens",
        models=SMOOTHED_MODELS,
    )
    word_dropout: float = rate(
        0.0, "probability of reading a training word as unknown", models=TAGGER
    )
    stateful: bool = option(
        False, "carry the state between windows", models=("language_model",)
    )
    packing: str = option(
        "auto",
        "PyTorch: packed sequences in bidirectional layers; auto: where fast",
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
        if self.word_dropout and self.loop == "scan":
            raise SpecError(
                f"word_dropout {self.word_dropout} changes the batches of each "
                "epoch, which a scan of the whole epoch reads unchanged; use "
                "framework jax"
            )
        if self.clip_norm and self.clip_value:
            raise SpecError(
                f"clip_norm {self.clip_norm} and clip_value "
                f"{self.clip_value} exclude each other"
            )


cosine_training = partial(TrainSpec, lr_schedule="cosine", clip_norm=1.0)
"""The training of most tasks: cosine schedule, gradients clipped to norm 1."""
