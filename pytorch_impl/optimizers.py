"""Update rules and learning-rate schedules, every constant explicit."""

from collections.abc import Iterable

from torch import Tensor, nn, optim
from torch.optim import Optimizer
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    LambdaLR,
    LRScheduler,
)

from shared.specs import EpsilonPlaces, TrainSpec

# clip_grad_norm_ has this constant, and no argument for it.
EPSILON_PLACES = EpsilonPlaces(norm=1e-6)


def adam(parameters: Iterable[Tensor], spec: TrainSpec) -> Optimizer:
    """Adam (Kingma and Ba 2015)."""
    return optim.Adam(
        parameters,
        lr=spec.learning_rate,
        betas=(spec.beta1, spec.beta2),
        eps=spec.epsilon,
    )


def adamw(parameters: Iterable[Tensor], spec: TrainSpec) -> Optimizer:
    """Adam with decoupled decay (Loshchilov and Hutter 2019)."""
    return optim.AdamW(
        parameters,
        lr=spec.learning_rate,
        betas=(spec.beta1, spec.beta2),
        eps=spec.epsilon,
        weight_decay=spec.weight_decay,
    )


def rmsprop(parameters: Iterable[Tensor], spec: TrainSpec) -> Optimizer:
    """RMSProp (Hinton 2012), without momentum or centering."""
    return optim.RMSprop(
        parameters, lr=spec.learning_rate, alpha=spec.rho, eps=spec.epsilon
    )


def sgd(parameters: Iterable[Tensor], spec: TrainSpec) -> Optimizer:
    """Gradient descent with heavy-ball momentum."""
    return optim.SGD(parameters, lr=spec.learning_rate, momentum=spec.momentum)


OPTIMIZERS = {"adam": adam, "adamw": adamw, "rmsprop": rmsprop, "sgd": sgd}


def constant(optimizer: Optimizer, spec: TrainSpec, total: int) -> None:
    """The same learning rate at each step."""


def cosine(optimizer: Optimizer, spec: TrainSpec, total: int) -> LRScheduler:
    """Half a cosine from the initial learning rate to 0 over all steps."""
    return CosineAnnealingLR(optimizer, T_max=total)


def exponential(
    optimizer: Optimizer, spec: TrainSpec, total: int
) -> LRScheduler:
    """Decay by a factor an epoch, after some epochs without."""
    steps = total // spec.epochs

    def factor(step: int) -> float:
        return spec.lr_decay ** max(0, step // steps + 1 - spec.lr_decay_start)

    return LambdaLR(optimizer, factor)


SCHEDULES = {
    "constant": constant,
    "cosine": cosine,
    "exponential": exponential,
}


def build_optimizer(
    model: nn.Module, spec: TrainSpec, total: int
) -> tuple[Optimizer, LRScheduler | None]:
    """The optimizer and its schedule over a total number of steps."""
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = OPTIMIZERS[spec.optimizer](trainable, spec)
    return optimizer, SCHEDULES[spec.lr_schedule](optimizer, spec, total)
