"""Chapter 2: backpropagation through time."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.sequences import WEIGHTS
from shared.specs import Array


def rnn_step_backward(
    d_new: Array, x: Array, h: Array, new: Array, w_ih: Array, w_hh: Array
) -> tuple[Array, ...]:
    d_a = d_new * (1 - new**2)
    return d_a @ w_ih.T, d_a @ w_hh.T, x.T @ d_a, h.T @ d_a, d_a.sum(axis=0)


def draw_backward(rng: Generator) -> tuple:
    x, h, d_new = normal(rng, 2, 3), normal(rng, 2, 4), normal(rng, 2, 4)
    w_ih, w_hh, b = layer_weights(rng, 3, 4)
    return d_new, x, h, np.tanh(x @ w_ih + h @ w_hh + b), w_ih, w_hh


STEP_BACKWARD = Exercise(
    number="2.1",
    level=2,
    title="One step backward by hand",
    statement="""\
Backpropagate through one step h' = tanh(x W + h U + b) of a vanilla RNN without
automatic differentiation. The derivative of tanh is 1 - h'². With a the sum in
parentheses and d_ the gradient of the loss:

    d_a = d_h' (1 - h'²),  d_x = d_a Wᵀ,  d_h = d_a Uᵀ,
    d_W = xᵀ d_a,  d_U = hᵀ d_a,  d_b = sum of d_a over the batch""",
    arguments={
        "d_new": "(B, H) gradient of the loss by the new state",
        "x": "(B, D) input of the step",
        "h": "(B, H) state before the step",
        "new": "(B, H) state after the step, h'",
        "w_ih": "(D, H) weights of the input",
        "w_hh": "(H, H) weights of the state",
    },
    returns={
        "d_x": "(B, D)",
        "d_h": "(B, H)",
        "d_w_ih": "(D, H)",
        "d_w_hh": "(H, H)",
        "d_b": "(H)",
    },
    reference=rnn_step_backward,
    draw=draw_backward,
    mistakes=(
        Mistake(
            "derivative of tanh missing: d_a is d_h'",
            "d_new * (1 - new**2)",
            "d_new",
        ),
        Mistake(
            "derivative of tanh with h' in place of its square",
            "new**2",
            "new",
        ),
        Mistake(
            "derivative at the state before: 1 - h² in place of 1 - h'²",
            "new**2",
            "h**2",
        ),
        Mistake(
            "recurrent matrix not transposed: d_a U in place of d_a Uᵀ",
            "w_hh.T",
            "w_hh",
        ),
        Mistake(
            "bias gradient averaged: it is the sum over the batch",
            "d_a.sum(axis=0)",
            "d_a.mean(axis=0)",
        ),
        Mistake(
            "new state in the gradient of U: it reads the state before",
            "h.T @ d_a",
            "new.T @ d_a",
        ),
    ),
    hints=(
        "The shapes decide the order: d_w_hh (H, H) is (H, B) times (B, H).",
        "All five gradients follow from d_a = d_new * (1 - new ** 2).",
    ),
)


def rescale(w_hh: Array, radius: float) -> Array:
    eigenvalues = np.linalg.eigvals(w_hh)
    return w_hh * radius / np.abs(eigenvalues).max()


def draw_rescale(rng: Generator) -> tuple:
    w_hh = normal(rng, 5, 5)
    w_hh += 2 * (np.triu(np.ones((5, 5))) - np.tril(np.ones((5, 5))))
    return w_hh, float(np.round(rng.uniform(0.6, 1.4), 2))


RESCALE = Exercise(
    number="2.2",
    level=1,
    title="Spectral radius",
    statement="""\
Rescale a recurrent matrix so that its spectral radius, the largest absolute
value of its eigenvalues, is `radius`. Below 1 gradients vanish over many steps,
above 1 they can explode (Pascanu, Mikolov and Bengio 2013).""",
    arguments={
        "w_hh": "(H, H) recurrent matrix, not symmetric",
        "radius": "wanted spectral radius, a float",
    },
    returns={"w_hh": "(H, H) rescaled matrix"},
    reference=rescale,
    draw=draw_rescale,
    mistakes=(
        Mistake(
            "spectral norm in place of radius: the largest singular value",
            "np.abs(eigenvalues).max()",
            "np.linalg.norm(w_hh, 2)",
        ),
        Mistake(
            "real parts alone: eigenvalues are complex",
            "np.abs(eigenvalues)",
            "np.abs(eigenvalues.real)",
        ),
        Mistake(
            "radius of the matrix ignored: it is multiplied only",
            " / np.abs(eigenvalues).max()",
            "",
        ),
        Mistake(
            "multiplied by its radius: divide by it",
            "/ np.abs",
            "* np.abs",
        ),
    ),
    hints=(
        "The matrix is not symmetric: its eigenvalues are complex numbers.",
        "Divide by the largest absolute value of the eigenvalues (`eigvals`).",
    ),
)


def clip_gradients(
    d_w_ih: Array, d_w_hh: Array, d_b: Array, max_norm: float
) -> tuple[Array, ...]:
    gradients = d_w_ih, d_w_hh, d_b
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    scale = min(1.0, max_norm / norm)
    return tuple(scale * g for g in gradients)


def draw_clip(rng: Generator) -> tuple:
    scale = float(rng.choice([0.05, 2.0]))
    gradients = [normal(rng, *s, scale=scale) for s in ((3, 4), (4, 4), (4,))]
    return *gradients, float(np.round(rng.uniform(0.7, 1.5), 2))


CLIP = Exercise(
    number="2.3",
    level=1,
    title="Clip gradients by their global norm",
    statement="""\
Multiply all gradients by one factor min(1, max_norm / |g|), where |g| is the
norm of all of them together: the root of the sum of all squares (Pascanu,
Mikolov and Bengio 2013, algorithm 1).""",
    arguments={
        "d_w_ih": "(D, H) gradient",
        "d_w_hh": "(H, H) gradient",
        "d_b": "(H) gradient",
        "max_norm": "largest norm, a float",
    },
    returns={
        "d_w_ih": "(D, H) clipped",
        "d_w_hh": "(H, H) clipped",
        "d_b": "(H) clipped",
    },
    reference=clip_gradients,
    draw=draw_clip,
    cases=6,
    mistakes=(
        Mistake(
            "each tensor clipped by its own norm: the direction changes",
            "scale * g for g",
            "min(1.0, max_norm / np.linalg.norm(g)) * g for g",
        ),
        Mistake(
            "small gradients enlarged: the factor is at most 1",
            "min(1.0, max_norm / norm)",
            "max_norm / norm",
        ),
        Mistake(
            "clipped by value: each element is limited, not the norm",
            "scale * g for g",
            "np.clip(g, -max_norm, max_norm) for g",
        ),
        Mistake(
            "root missing: the sum of squares is taken for the norm",
            "np.sqrt(sum(np.sum(g**2) for g in gradients))",
            "sum(np.sum(g**2) for g in gradients)",
        ),
    ),
    hints=(
        "One norm for all three tensors, then one factor for all three.",
        "The factor is min(1, max_norm / norm): gradients never grow.",
    ),
)


def input_gradient_norms(x: Array, w_ih: Array, w_hh: Array, b: Array) -> Array:
    states = [np.zeros((len(x), len(w_hh)))]
    for t in range(x.shape[1]):
        states.append(np.tanh(x[:, t] @ w_ih + states[-1] @ w_hh + b))
    norms = np.zeros(x.shape[:2])
    d_h = np.ones_like(states[-1])
    for t in reversed(range(x.shape[1])):
        d_a = d_h * (1 - states[t + 1] ** 2)
        norms[:, t] = np.linalg.norm(d_a @ w_ih.T, axis=1)
        d_h = d_a @ w_hh.T
    return norms


def draw_norms(rng: Generator) -> tuple:
    return normal(rng, 2, 5, 3), *layer_weights(rng, 3, 4)


NORMS = Exercise(
    number="2.4",
    level=2,
    title="How far back a gradient reaches",
    statement="""\
Read sequences with a vanilla RNN from a state of zeros,
h_t = tanh(x_t W + h_(t-1) U + b). The loss of a sequence is the sum of the
units of its last state h_T. Return the norm of the gradient of that loss by the
input of each step, by automatic differentiation. Where gradients vanish, the
norms of the early steps are near 0.""",
    arguments={"x": "(B, T, D) inputs", **WEIGHTS},
    returns={"norms": "(B, T) norm of the gradient by each x_t"},
    reference=input_gradient_norms,
    draw=draw_norms,
    mistakes=(
        Mistake(
            "loss of all states: only the last state is in the loss",
            "d_h = d_a @ w_hh.T",
            "d_h = d_a @ w_hh.T + 1",
        ),
        Mistake(
            "state detached: the gradient reaches the last step alone",
            "d_h = d_a @ w_hh.T",
            "d_h = 0 * d_h",
        ),
        Mistake(
            "squared norm: its root is missing",
            "np.linalg.norm(d_a @ w_ih.T, axis=1)",
            "np.sum((d_a @ w_ih.T) ** 2, axis=1)",
        ),
        Mistake(
            "mean of the units: the loss is their sum",
            "np.ones_like(states[-1])",
            "np.ones_like(states[-1]) / len(w_hh)",
        ),
        Mistake(
            "mean over the batch: the loss is of each sequence alone",
            "np.ones_like(states[-1])",
            "np.ones_like(states[-1]) / len(x)",
        ),
    ),
    hints=(
        "One loss for the batch, the sum over its sequences, has the same "
        "gradients: no sequence depends on another one.",
        "Differentiate by x (B, T, D), then take the norm over its last axis.",
    ),
)

EXERCISES = (STEP_BACKWARD, RESCALE, CLIP, NORMS)
