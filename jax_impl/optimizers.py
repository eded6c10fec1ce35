"""Update rules and learning-rate schedules, every constant explicit."""

from functools import lru_cache

import numpy as np
import optax

from shared.specs import EpsilonPlaces, TrainSpec

EPSILON_PLACES = EpsilonPlaces()


def adam(schedule, spec: TrainSpec) -> optax.GradientTransformation:
    """Adam (Kingma and Ba 2015)."""
    return optax.adam(
        schedule, b1=spec.beta1, b2=spec.beta2, eps=spec.epsilon, eps_root=0.0
    )


def adamw(schedule, spec: TrainSpec) -> optax.GradientTransformation:
    """Adam with decoupled decay (Loshchilov and Hutter 2019)."""
    return optax.adamw(
        schedule,
        b1=spec.beta1,
        b2=spec.beta2,
        eps=spec.epsilon,
        eps_root=0.0,
        weight_decay=spec.weight_decay,
    )


def rmsprop(schedule, spec: TrainSpec) -> optax.GradientTransformation:
    """RMSProp (Hinton 2012), without momentum or centering."""
    return optax.rmsprop(
        schedule,
        decay=spec.rho,
        eps=spec.epsilon,
        initial_scale=0.0,
        eps_in_sqrt=False,
    )


def sgd(schedule, spec: TrainSpec) -> optax.GradientTransformation:
    """Gradient descent with heavy-ball momentum."""
    return optax.sgd(schedule, momentum=spec.momentum or None)


OPTIMIZERS = {"adam": adam, "adamw": adamw, "rmsprop": rmsprop, "sgd": sgd}


def constant(spec: TrainSpec, total: int):
    """The same learning rate at each step."""
    return spec.learning_rate


def cosine(spec: TrainSpec, total: int):
    """Half a cosine from the initial learning rate to 0 over all steps."""
    return optax.cosine_decay_schedule(spec.learning_rate, total, alpha=0.0)


def exponential(spec: TrainSpec, total: int):
    """Decay by a factor an epoch, after some epochs without."""
    steps = total // spec.epochs
    return optax.exponential_decay(
        spec.learning_rate,
        # A number of this type: optax divides integers in float32 alone.
        transition_steps=np.float64(steps),
        decay_rate=spec.lr_decay,
        transition_begin=steps * (spec.lr_decay_start - 1),
        staircase=True,
    )


SCHEDULES = {
    "constant": constant,
    "cosine": cosine,
    "exponential": exponential,
}


@lru_cache(maxsize=32)
def build_optimizer(spec: TrainSpec, total: int):
    """The optimizer and its schedule over a total number of steps."""
    schedule = SCHEDULES[spec.lr_schedule](spec, total)
    optimizer = OPTIMIZERS[spec.optimizer](schedule, spec)
    clipping = [
        clip(limit)
        for clip, limit in (
            (optax.clip_by_global_norm, spec.clip_norm),
            (optax.clip, spec.clip_value),
        )
        if limit
    ]
    return optax.chain(*clipping, optimizer) if clipping else optimizer
