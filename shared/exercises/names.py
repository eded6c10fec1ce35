"""Chapter 4: names, a class from the last state."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, nll, normal, ragged
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.sequences import WEIGHTS
from shared.reference.softmax import log_softmax as log_softmax  # of mistakes
from shared.specs import Array


def one_hot(tokens: Array, size: int) -> Array:
    return np.eye(size)[tokens]


def draw_one_hot(rng: Generator) -> tuple:
    return rng.integers(0, 6, (2, 4)), 6


ONE_HOT = Exercise(
    number="4.1",
    level=1,
    title="One-hot vectors",
    statement="""\
Represent each character of a batch of names, given by its index in the
vocabulary, as a one-hot vector: 1 at the index, 0 elsewhere.""",
    arguments={
        "tokens": "(B, T) indices from 0 to V - 1",
        "size": "size of the vocabulary V, an int",
    },
    returns={"x": "(B, T, V) one-hot vectors, floats"},
    reference=one_hot,
    draw=draw_one_hot,
    mistakes=(
        Mistake(
            "indices counted from 1: index 0 is the first place",
            "np.eye(size)[tokens]",
            "np.eye(size + 1)[tokens - 1, :size]",
        ),
        Mistake(
            "places in reverse order: index 0 is the first place",
            "np.eye(size)",
            "np.eye(size)[::-1]",
        ),
        Mistake(
            "index 0 left out: its vector is 0, as if it were padding",
            "np.eye(size)[tokens]",
            "np.eye(size)[tokens] * (tokens > 0)[:, :, None]",
        ),
    ),
    hints=(
        "Row k of the identity matrix is the one-hot vector of index k.",
        "All three frameworks have a function `one_hot`.",
    ),
)


def last_state(outputs: Array, lengths: Array) -> Array:
    return outputs[np.arange(len(outputs)), lengths - 1]


def draw_last(rng: Generator) -> tuple:
    return normal(rng, 4, 6, 3), ragged(rng, 4, 6)


LAST_STATE = Exercise(
    number="4.2",
    level=1,
    title="The last valid state",
    statement="""\
Take the hidden state after the last valid step of each sequence of a padded
batch: step `length - 1`, where steps are counted from 0.""",
    arguments={
        "outputs": "(B, T, H) hidden state after each step",
        "lengths": "(B) length of each sequence, at least 2",
    },
    returns={"h": "(B, H) last valid state"},
    reference=last_state,
    draw=draw_last,
    mistakes=(
        Mistake(
            "last state taken at the padding: step T - 1 of every sequence",
            "outputs[np.arange(len(outputs)), lengths - 1]",
            "outputs[:, -1]",
        ),
        Mistake(
            "one step early: the last valid step is length - 1",
            "lengths - 1",
            "lengths - 2",
        ),
        Mistake(
            "one step late: steps are counted from 0",
            "lengths - 1",
            "np.minimum(lengths, outputs.shape[1] - 1)",
        ),
        Mistake(
            "one length for all: that of the shortest sequence",
            "lengths - 1",
            "lengths.min() - 1",
        ),
        Mistake(
            "mean over time: one state is wanted",
            "outputs[np.arange(len(outputs)), lengths - 1]",
            "outputs.mean(axis=1)",
        ),
    ),
    hints=(
        "Each sequence needs a time index of its own, lengths - 1.",
        "Index with two arrays, the row numbers and lengths - 1, or gather "
        "along axis 1.",
    ),
)


def class_loss(logits: Array, targets: Array) -> Array:
    return nll(logits, targets).mean()


def draw_loss(rng: Generator) -> tuple:
    return normal(rng, 4, 3, scale=2.0), rng.integers(0, 3, 4)


CLASS_LOSS = Exercise(
    number="4.3",
    level=1,
    title="Cross-entropy of classes",
    statement="""\
Compute the mean over the batch of the softmax cross-entropy: the negative
logarithm (base e) of the probability of each target, where the probabilities
of a row are softmax(logits of the row).""",
    arguments={
        "logits": "(B, K) one logit a class",
        "targets": "(B) index of the right class",
    },
    returns={"loss": "() mean loss in nats"},
    reference=class_loss,
    draw=draw_loss,
    mistakes=(
        Mistake(
            "softmax over the wrong axis: over the batch, not the classes",
            "nll(logits, targets)",
            "-np.take_along_axis(log_softmax(logits.T).T, targets[:, None], 1)",
        ),
        Mistake(
            "softmax twice: the loss takes logits, not probabilities",
            "nll(logits, targets)",
            "nll(np.exp(log_softmax(logits)), targets)",
        ),
        Mistake(
            "sum over the batch: the loss is the mean", ".mean()", ".sum()"
        ),
        Mistake(
            "sign missing: a log-probability is negative",
            "nll(logits, targets)",
            "-nll(logits, targets)",
        ),
        Mistake(
            "logarithm missing: 1 minus the probability of the target",
            "nll(logits, targets)",
            "(1 - np.exp(-nll(logits, targets)))",
        ),
    ),
    hints=(
        "Each framework has this loss; look whether it takes logits.",
        "Keras' takes probabilities unless `from_logits=True`.",
    ),
)


def classify(
    x: Array,
    lengths: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    b_out: Array,
) -> Array:
    h = np.zeros((len(x), len(w_hh)))
    states = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        states.append(h)
    outputs = np.stack(states, axis=1)
    last = outputs[np.arange(len(x)), lengths - 1]
    return (last @ w_out + b_out).argmax(axis=1)


def draw_classify(rng: Generator) -> tuple:
    x, lengths = normal(rng, 8, 6, 3, scale=2.0), ragged(rng, 8, 6)
    head = normal(rng, 4, 5, scale=3.0), normal(rng, 5, scale=2.0)
    return x, lengths, *layer_weights(rng, 3, 4), *head


CLASSIFY = Exercise(
    number="4.4",
    level=2,
    title="Classify padded sequences",
    statement="""\
Read a padded batch with a vanilla RNN from a state of zeros, take the hidden
state after the last valid step of each sequence, and return the class with the
largest logit:

    h_t = tanh(x_t W + h_(t-1) U + b),   logits = h_last w_out + b_out""",
    arguments={
        "x": "(B, T, D) inputs, arbitrary values past the end of a sequence",
        "lengths": "(B) length of each sequence",
        **WEIGHTS,
        "w_out": "(H, K) weights of the head",
        "b_out": "(K) bias of the head",
    },
    returns={"classes": "(B) index of the most probable class"},
    reference=classify,
    draw=draw_classify,
    mistakes=(
        Mistake(
            "last state taken at the padding: step T - 1 of every sequence",
            "outputs[np.arange(len(x)), lengths - 1]",
            "outputs[:, -1]",
        ),
        Mistake("bias of the head lost: b_out is not added", " + b_out)", ")"),
        Mistake(
            "least probable class: argmin in place of argmax",
            "argmax",
            "argmin",
        ),
        Mistake(
            "one step early: the last valid step is length - 1",
            "lengths - 1",
            "lengths - 2",
        ),
        Mistake(
            "state not passed on: every step begins from zeros",
            "h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)\n"
            "        states.append(h)",
            "states.append(np.tanh(x[:, t] @ w_ih + b))",
        ),
    ),
    hints=(
        "Exercises 1.4 and 4.2 together.",
        "Stack the states to (B, T, H), pick step lengths - 1, apply the head, "
        "and take the argmax over the classes.",
    ),
)

EXERCISES = (ONE_HOT, LAST_STATE, CLASS_LOSS, CLASSIFY)
