"""Update rules and learning-rate schedules, every constant explicit."""

import math

from torch import nn, optim
from torch.optim.lr_scheduler import LambdaLR

from shared.specs import TrainSpec


def adam(parameters, spec: TrainSpec) -> optim.Optimizer:
    """Adam (Kingma and Ba 2015)."""
    return optim.Adam(
        parameters,
        lr=spec.learning_rate,
        betas=(spec.beta1, spec.beta2),
        eps=spec.epsilon,
    )


def adamw(parameters, spec: TrainSpec) -> optim.Optimizer:
    """Adam with decoupled decay (Loshchilov and Hutter 2019)."""
    return optim.AdamW(
        parameters,
        lr=spec.learning_rate,
        betas=(spec.beta1, spec.beta2),
        eps=spec.epsilon,
        weight_decay=spec.weight_decay,
    )


def rmsprop(parameters, spec: TrainSpec) -> optim.Optimizer:
    """RMSProp (Hinton 2012), without momentum or centring."""
    return optim.RMSprop(
        parameters, lr=spec.learning_rate, alpha=spec.rho, eps=spec.epsilon
    )


def sgd(parameters, spec: TrainSpec) -> optim.Optimizer:
    """Gradient descent with heavy-ball momentum."""
    return optim.SGD(parameters, lr=spec.learning_rate, momentum=spec.momentum)


OPTIMIZERS = {"adam": adam, "adamw": adamw, "rmsprop": rmsprop, "sgd": sgd}


def constant(spec: TrainSpec, total: int):
    """The same learning rate at each step."""
    return lambda step: 1.0


def cosine(spec: TrainSpec, total: int):
    """Half a cosine from the first learning rate to 0 over all steps."""
    return lambda step: 0.5 * (1.0 + math.cos(math.pi * step / total))


def exponential(spec: TrainSpec, total: int):
    """A learning rate that falls by a factor with each epoch, after some."""
    steps = total // spec.epochs
    return lambda step: (
        spec.decay ** max(0, step // steps + 1 - spec.decay_after)
    )


SCHEDULES = {
    "constant": constant,
    "cosine": cosine,
    "exponential": exponential,
}


def build_optimizer(model: nn.Module, spec: TrainSpec, total: int):
    """The optimizer and its schedule over a total number of steps."""
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = OPTIMIZERS[spec.optimizer](trainable, spec)
    factor = SCHEDULES[spec.schedule](spec, total)
    return optimizer, LambdaLR(optimizer, factor)
