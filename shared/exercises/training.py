"""Chapter 9: training well."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.forecaster import loss_and_gradients
from shared.exercises.sequences import WEIGHTS
from shared.specs import Array

MODEL = {**WEIGHTS, "w_out": "(H, K) weights of the head"}
EQUATIONS = "h_t = tanh(x_t W + h_(t-1) U + b) from zeros, ŷ = h_T w_out"


def dropout(x: Array, uniforms: Array, rate: float, training: bool) -> Array:
    if not training:
        return x
    return np.where(uniforms >= rate, x / (1 - rate), 0.0)


def draw_dropout(rng: Generator) -> tuple:
    rate, training = float(rng.choice([0.2, 0.3])), bool(rng.random() < 0.6)
    return normal(rng, 3, 8), rng.random((3, 8)), rate, training


DROPOUT = Exercise(
    number="9.1",
    level=1,
    title="Dropout",
    statement="""\
Apply inverted dropout (Srivastava et al. 2014): in training, a unit is dropped
(set to 0) where its uniform number is below `rate`, and the others are divided
by 1 - rate, so that the expected value stays. At evaluation x is unchanged.""",
    arguments={
        "x": "(B, H) units",
        "uniforms": "(B, H) numbers in [0, 1)",
        "rate": "probability to drop a unit, a float",
        "training": "True in training, False at evaluation",
    },
    returns={"x": "(B, H) units after dropout"},
    reference=dropout,
    draw=draw_dropout,
    cases=6,
    mistakes=(
        Mistake(
            "not scaled: the expected value shrinks by 1 - rate",
            "x / (1 - rate)",
            "x",
        ),
        Mistake(
            "divided by the rate: the share that remains is 1 - rate",
            "x / (1 - rate)",
            "x / rate",
        ),
        Mistake(
            "rate taken for the share that remains",
            "uniforms >= rate, x / (1 - rate)",
            "uniforms < rate, x / rate",
        ),
        Mistake(
            "dropout at evaluation: units are dropped in training alone",
            "if not training:",
            "if False:",
        ),
    ),
    hints=(
        "A mask of uniforms >= rate, and one division.",
        "Return x itself where `training` is False.",
    ),
)


def early_stopping(losses: list[float], patience: int) -> tuple[int, int]:
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


def draw_early(rng: Generator) -> tuple:
    bowl = (np.arange(12) - int(rng.integers(4, 7))) ** 2 / 10
    losses = bowl + np.tile([0.0, 0.8], 6) + 0.01 * rng.random(12)
    return [float(loss) for loss in losses], int(rng.integers(2, 4))


EARLY_STOPPING = Exercise(
    number="9.2",
    level=1,
    title="Early stopping",
    statement="""\
Given the validation loss of each epoch in turn, find where training stops: at
the first epoch with `patience` epochs in a row, itself included, since the best
one; at the last epoch of the list if there is none. The best epoch is the first
one with the smallest loss so far. Epochs are counted from 0. No framework is
needed.""",
    arguments={
        "losses": "a list of floats, one an epoch",
        "patience": "epochs without improvement, an int",
    },
    returns={
        "best": "epoch whose weights are used, an int",
        "last": "epoch after which training stops, an int",
    },
    reference=early_stopping,
    draw=draw_early,
    cases=6,
    mistakes=(
        Mistake(
            "patience one epoch too long",
            "epoch - best >= patience",
            "epoch - best > patience",
        ),
        Mistake(
            "last epoch in place of the best one",
            "return best, epoch",
            "return epoch, epoch",
        ),
        Mistake(
            "compared with the epoch before: compare with the best one",
            "loss < losses[best]",
            "loss < losses[max(epoch - 1, 0)]",
        ),
        Mistake(
            "largest loss: the smallest one is best",
            "loss < losses[best]",
            "loss > losses[best]",
        ),
    ),
    hints=(
        "Keep the number of the best epoch while you go through the list.",
        "Stop as soon as epoch - best reaches the patience.",
    ),
)

BETA1, BETA2 = 0.9, 0.999


def adam_step(
    w: Array,
    g: Array,
    m: Array,
    v: Array,
    t: int,
    lr: float,
    epsilon: float,
) -> tuple[Array, Array, Array]:
    m = BETA1 * m + (1 - BETA1) * g
    v = BETA2 * v + (1 - BETA2) * g**2
    m_hat, v_hat = m / (1 - BETA1**t), v / (1 - BETA2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def draw_adam(rng: Generator) -> tuple:
    arrays = normal(rng, 3, 4), normal(rng, 3, 4), normal(rng, 3, 4)
    v = normal(rng, 3, 4) ** 2 / 100
    return *arrays, v, int(rng.integers(2, 9)), 0.5, 0.25


ADAM = Exercise(
    number="9.3",
    level=2,
    title="One step of Adam",
    statement="""\
Update a weight by Adam (Kingma and Ba 2015, algorithm 1), with β₁ = 0.9 and
β₂ = 0.999, at step t counted from 1:

    m' = β₁ m + (1 - β₁) g,        v' = β₂ v + (1 - β₂) g²
    m̂ = m' / (1 - β₁ᵗ),            v̂ = v' / (1 - β₂ᵗ)
    w' = w - lr m̂ / (√v̂ + epsilon)""",
    arguments={
        "w": "(D, H) weight",
        "g": "(D, H) its gradient",
        "m": "(D, H) mean of the gradients so far",
        "v": "(D, H) mean of their squares so far",
        "t": "number of the step, an int from 1",
        "lr": "learning rate, a float",
        "epsilon": "a float",
    },
    returns={
        "w'": "(D, H) updated weight",
        "m'": "(D, H) updated mean",
        "v'": "(D, H) updated mean of squares",
    },
    reference=adam_step,
    draw=draw_adam,
    mistakes=(
        Mistake(
            "bias correction missing: m and v are used as they are",
            "m / (1 - BETA1**t), v / (1 - BETA2**t)",
            "m, v",
        ),
        Mistake(
            "epsilon inside the root: it is added after the root",
            "(np.sqrt(v_hat) + epsilon)",
            "np.sqrt(v_hat + epsilon)",
        ),
        Mistake(
            "gradient not squared in v",
            "g**2",
            "np.abs(g)",
        ),
        Mistake(
            "means corrected in place: m' and v' are returned uncorrected",
            "+ epsilon), m, v",
            "+ epsilon), m_hat, v_hat",
        ),
        Mistake(
            "step counted from 0: the correction is that of the step before",
            "m / (1 - BETA1**t), v / (1 - BETA2**t)",
            "m / (1 - BETA1 ** (t - 1)), v / (1 - BETA2 ** (t - 1))",
        ),
        Mistake("gradient ascent: the step is subtracted", "w - lr", "w + lr"),
    ),
    hints=(
        "Update m and v first; the weight uses their corrected values.",
        "Return the uncorrected m' and v': they are the state of the "
        "optimizer.",
    ),
)


def train_step(
    x: Array,
    y: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    lr: float,
    max_norm: float,
) -> tuple[Array, ...]:
    weights = w_ih, w_hh, b, w_out
    _, gradients = loss_and_gradients(x, y, *weights)
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    scale = min(1.0, max_norm / norm)
    return tuple(w - lr * scale * g for w, g in zip(weights, gradients))


def draw_train_step(rng: Generator) -> tuple:
    layer = *layer_weights(rng, 3, 4), normal(rng, 4, 2)
    return normal(rng, 5, 4, 3), normal(rng, 5, 2, scale=3.0), *layer, 0.5, 0.5


TRAIN_STEP = Exercise(
    number="9.4",
    level=2,
    title="One training step with clipping",
    statement=f"""\
Make one step of gradient descent on a forecaster,
{EQUATIONS}.
The loss is the mean over batch and outputs of (ŷ - y)². Differentiate
automatically, clip the gradients by their global norm (exercise 2.3), and
return the new weights w - lr · gradient.""",
    arguments={
        "x": "(B, T, D) inputs",
        "y": "(B, K) targets",
        **MODEL,
        "lr": "learning rate, a float",
        "max_norm": "largest norm of the gradients, a float",
    },
    returns={
        "w_ih": "(D, H) new weights",
        "w_hh": "(H, H) new weights",
        "b": "(H) new bias",
        "w_out": "(H, K) new weights",
    },
    reference=train_step,
    draw=draw_train_step,
    mistakes=(
        Mistake(
            "clipped before backward: the gradients of the step are whole",
            "lr * scale * g",
            "lr * g",
        ),
        Mistake(
            "each tensor clipped by its own norm: the direction changes",
            "lr * scale * g",
            "lr * min(1.0, max_norm / np.linalg.norm(g)) * g",
        ),
        Mistake(
            "gradient ascent: the step is subtracted",
            "w - lr",
            "w + lr",
        ),
        Mistake(
            "head not trained: w_out has a gradient too",
            "tuple(w - lr * scale * g for w, g in zip(weights, gradients))",
            "(*(w - lr * scale * g for w, g in zip(weights[:3], gradients)), "
            "w_out)",
        ),
        Mistake(
            "weights clipped: the gradients are, before the step",
            "tuple(w - lr * scale * g for w, g in zip(weights, gradients))",
            "clipped([w - lr * g for w, g in zip(weights, gradients)], "
            "max_norm)",
        ),
    ),
    hints=(
        "Forward, loss, backward, clip, step: in this order.",
        "PyTorch: clip_grad_norm_ between loss.backward() and the step. "
        "Keras: tape.gradient, then one factor. JAX: jax.grad by all weights.",
    ),
)


def clipped(tensors: list[Array], max_norm: float) -> tuple[Array, ...]:
    """Tensors with their global norm limited, for a mistake."""
    norm = np.sqrt(sum(np.sum(a**2) for a in tensors))
    return tuple(min(1.0, max_norm / norm) * a for a in tensors)


def train(
    x: Array,
    y: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    lr: float,
    decay: float,
    epochs: int,
    batch_size: int,
) -> Array:
    weights = [w_ih, w_hh, b, w_out]
    means = []
    for epoch in range(epochs):
        losses = []
        for start in range(0, len(x), batch_size):
            rows = slice(start, start + batch_size)
            loss, gradients = loss_and_gradients(x[rows], y[rows], *weights)
            rate = lr * decay**epoch
            weights = [w - rate * g for w, g in zip(weights, gradients)]
            losses.append(loss)
        means.append(np.mean(losses))
    return np.array(means)


def draw_train(rng: Generator) -> tuple:
    layer = *layer_weights(rng, 3, 4), normal(rng, 4, 2)
    numbers = 0.1, 0.5, 3, int(rng.choice([2, 3]))
    return normal(rng, 6, 4, 3), normal(rng, 6, 2), *layer, *numbers


TRAIN = Exercise(
    number="9.5",
    level=3,
    title="A whole training loop",
    statement=f"""\
Train a forecaster by gradient descent,
{EQUATIONS}.
The loss of a batch is the mean over batch and outputs of (ŷ - y)². An epoch
goes through the examples in their order, in batches of `batch_size`, with one
step w - rate · gradient per batch. The rate is lr in the first epoch, and is
multiplied by `decay` after each epoch. Return the mean of the batches' losses
of each epoch, each taken before its step.""",
    arguments={
        "x": "(N, T, D) inputs",
        "y": "(N, K) targets",
        **MODEL,
        "lr": "learning rate of the first epoch, a float",
        "decay": "factor of the learning rate after an epoch, a float",
        "epochs": "number of epochs E, an int",
        "batch_size": "examples of a batch, an int; N is a multiple of it",
    },
    returns={"losses": "(E) mean loss of each epoch"},
    reference=train,
    draw=draw_train,
    mistakes=(
        Mistake(
            "gradients not reset: those of earlier steps are added",
            "means = []",
            "means, total = [], [0.0 * w for w in weights]",
            (
                (
                    "weights = [w - rate * g for w, g in zip(weights, "
                    "gradients)]",
                    "total = [a + g for a, g in zip(total, gradients)]\n"
                    "            weights = [w - rate * g for w, g in "
                    "zip(weights, total)]",
                ),
            ),
        ),
        Mistake(
            "rate decays at each step: it does after each epoch",
            "rate = lr * decay**epoch",
            "rate = lr * decay ** (epoch * (len(x) // batch_size) "
            "+ start // batch_size)",
        ),
        Mistake(
            "no decay: the rate stays that of the first epoch",
            "rate = lr * decay**epoch",
            "rate = lr",
        ),
        Mistake(
            "loss of the last batch: the mean over the epoch is wanted",
            "np.mean(losses)",
            "losses[-1]",
        ),
        Mistake(
            "weights not updated: every epoch has the same loss",
            "weights = [w - rate * g for w, g in zip(weights, gradients)]",
            "pass",
        ),
        Mistake(
            "rate decays before the first epoch",
            "decay**epoch",
            "decay ** (epoch + 1)",
        ),
    ),
    hints=(
        "Two loops: epochs, and batches x[start : start + batch_size].",
        "Reset the gradients in each step (PyTorch adds them up), and store "
        "the loss as a number.",
    ),
)

EXERCISES = (DROPOUT, EARLY_STOPPING, ADAM, TRAIN_STEP, TRAIN)
