"""Update rules and learning-rate schedules, every constant explicit."""

import keras
import numpy as np
from keras import ops, optimizers
from keras.optimizers import schedules

from shared.specs import EpsilonPlaces, TrainSpec

# Under the root it is squared, and worth as much.
EPSILON_PLACES = EpsilonPlaces(before_correction=True, under_root=True)


def exact(value: float) -> float:
    """A constant that float64 keeps whole; Keras rounds a Python float."""
    double = keras.config.floatx() == "float64"
    return np.float64(value) if double else value


class HeavyBall(optimizers.SGD):
    """Momentum that sums gradients, so that a schedule scales them all."""

    def update_step(self, gradient, variable, learning_rate):
        """m = momentum m + g, w = w - lr m; Keras sums lr g instead."""
        rate = ops.cast(learning_rate, variable.dtype)
        m = self.momentums[self._get_variable_index(variable)]
        self.assign(m, ops.add(ops.multiply(self.momentum, m), gradient))
        self.assign_sub(variable, ops.multiply(rate, m))


def adam(rate, spec: TrainSpec, **clipping) -> optimizers.Optimizer:
    """Adam (Kingma and Ba 2015)."""
    return optimizers.Adam(
        rate,
        beta_1=exact(spec.beta1),
        beta_2=exact(spec.beta2),
        epsilon=exact(spec.epsilon),
        **clipping,
    )


def adamw(rate, spec: TrainSpec, **clipping) -> optimizers.Optimizer:
    """Adam with decoupled decay (Loshchilov and Hutter 2019)."""
    return optimizers.AdamW(
        rate,
        beta_1=exact(spec.beta1),
        beta_2=exact(spec.beta2),
        epsilon=exact(spec.epsilon),
        weight_decay=exact(spec.weight_decay),
        **clipping,
    )


def rmsprop(rate, spec: TrainSpec, **clipping) -> optimizers.Optimizer:
    """RMSProp (Hinton 2012), without momentum or centering."""
    return optimizers.RMSprop(
        rate, rho=exact(spec.rho), epsilon=exact(spec.epsilon**2), **clipping
    )


def sgd(rate, spec: TrainSpec, **clipping) -> optimizers.Optimizer:
    """Gradient descent with heavy-ball momentum."""
    if not spec.momentum:
        return optimizers.SGD(rate, **clipping)
    return HeavyBall(rate, momentum=spec.momentum, **clipping)


OPTIMIZERS = {"adam": adam, "adamw": adamw, "rmsprop": rmsprop, "sgd": sgd}


def constant(spec: TrainSpec, total: int):
    """The same learning rate at each step."""
    return exact(spec.learning_rate)


def cosine(spec: TrainSpec, total: int):
    """Half a cosine from the initial learning rate to 0 over all steps."""
    rate = exact(spec.learning_rate)
    return schedules.CosineDecay(rate, total, alpha=0.0)


class Exponential(schedules.LearningRateSchedule):
    """Steps down with each epoch; Keras' own cannot wait before the first."""

    def __init__(self, spec: TrainSpec, steps: int):
        self.spec, self.steps = spec, steps

    def __call__(self, step):
        """The learning rate of a step."""
        epoch = ops.cast(step // self.steps, keras.config.floatx())
        falls = ops.maximum(epoch + 1 - self.spec.lr_decay_start, 0)
        rate, decay = exact(self.spec.learning_rate), exact(self.spec.lr_decay)
        return rate * ops.power(decay, falls)


def exponential(spec: TrainSpec, total: int):
    """Decay by a factor an epoch, after some epochs without."""
    return Exponential(spec, total // spec.epochs)


SCHEDULES = {
    "constant": constant,
    "cosine": cosine,
    "exponential": exponential,
}


def build_optimizer(spec: TrainSpec, total: int) -> optimizers.Optimizer:
    """The optimizer and its schedule over a total number of steps."""
    rate = SCHEDULES[spec.lr_schedule](spec, total)
    return OPTIMIZERS[spec.optimizer](
        rate,
        spec,
        global_clipnorm=spec.clip_norm or None,
        clipvalue=spec.clip_value or None,
    )
