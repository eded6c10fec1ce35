"""Chapter 5: text, padding and masks."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, nll, normal, ragged
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.sequences import WEIGHTS
from shared.reference.softmax import log_softmax as log_softmax  # of mistakes
from shared.specs import Array


def pad(sequences: list[list[int]], value: int) -> tuple[Array, Array]:
    lengths = np.array([len(s) for s in sequences])
    tokens = np.full((len(sequences), lengths.max()), value)
    for row, sequence in enumerate(sequences):
        tokens[row, : len(sequence)] = sequence
    return tokens, lengths


def draw_pad(rng: Generator) -> tuple:
    sizes = 4, *(int(n) for n in rng.integers(1, 7, 3)), 7
    return [[int(k) for k in rng.integers(1, 9, n)] for n in sizes], 0


PAD = Exercise(
    number="5.1",
    level=1,
    title="Pad a batch",
    statement="""\
Make one array of sequences of different lengths: each row is a sequence, filled
up at its end with `value` to the length T of the longest one.""",
    arguments={
        "sequences": "a list of B lists of token indices",
        "value": "index of the padding, an int",
    },
    returns={
        "tokens": "(B, T) padded tokens, integers",
        "lengths": "(B) length of each sequence, integers",
    },
    reference=pad,
    draw=draw_pad,
    mistakes=(
        Mistake(
            "padded in front: padding belongs at the end of a row",
            "tokens[row, : len(sequence)] = sequence",
            "tokens[row, len(tokens[0]) - len(sequence) :] = sequence",
        ),
        Mistake(
            "lengths of the padded rows: all are T",
            "return tokens, lengths",
            "return tokens, np.full_like(lengths, len(tokens[0]))",
        ),
        Mistake(
            "cut to the shortest: no token may be lost",
            "return tokens, lengths",
            "return tokens[:, : lengths.min()], lengths",
        ),
        Mistake(
            "padded with the last token: `value` marks the padding",
            "tokens[row, : len(sequence)] = sequence",
            "tokens[row] = sequence[-1]\n"
            "        tokens[row, : len(sequence)] = sequence",
        ),
    ),
    hints=(
        "Compute the lengths first; the largest is T.",
        "Append (T - length) times `value` to each list, then convert all at "
        "once.",
    ),
)


def valid_mask(lengths: Array, steps: int) -> Array:
    return np.arange(steps) < lengths[:, None]


def draw_mask(rng: Generator) -> tuple:
    return ragged(rng, 4, 6), 7


MASK = Exercise(
    number="5.2",
    level=1,
    title="A mask from lengths",
    statement="""\
Compute the mask of a padded batch: true at the valid steps of each sequence,
false past its end. Steps are counted from 0.""",
    arguments={
        "lengths": "(B) length of each sequence",
        "steps": "number of steps T, an int, at least the longest length",
    },
    returns={"mask": "(B, T) true at the valid steps"},
    reference=valid_mask,
    draw=draw_mask,
    mistakes=(
        Mistake(
            "mask off by one, too long: one step past the end is valid too",
            "np.arange(steps) <",
            "np.arange(steps) <=",
        ),
        Mistake(
            "mask off by one, too short: the last valid step is left out",
            "< lengths[:, None]",
            "< lengths[:, None] - 1",
        ),
        Mistake(
            "mask inverted: it is true at the padding",
            "np.arange(steps) <",
            "np.arange(steps) >=",
        ),
        Mistake(
            "padding in front: the valid steps come first",
            "np.arange(steps) <",
            "np.arange(steps)[::-1] <",
        ),
    ),
    hints=(
        "Compare the number of each step with the length of each sequence.",
        "arange(T) has the shape (T); lengths[:, None] has (B, 1): the "
        "comparison broadcasts to (B, T).",
    ),
)


def masked_rnn(
    x: Array, lengths: Array, w_ih: Array, w_hh: Array, b: Array
) -> Array:
    h = np.zeros((len(x), len(w_hh)))
    outputs = []
    for t in range(x.shape[1]):
        new = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        h = np.where((t < lengths)[:, None], new, h)
        outputs.append(h)
    return np.stack(outputs, axis=1)


def draw_masked(rng: Generator) -> tuple:
    return normal(rng, 4, 6, 3), ragged(rng, 4, 6), *layer_weights(rng, 3, 4)


MASKED_RNN = Exercise(
    number="5.3",
    level=2,
    title="An RNN that skips padding",
    statement="""\
Run a vanilla RNN, h_t = tanh(x_t W + h_(t-1) U + b), from a state of zeros over
a padded batch. Past the end of a sequence its state stays as it is: h_t is
h_(t-1) for t >= length, where t is counted from 0.""",
    arguments={
        "x": "(B, T, D) inputs, arbitrary values past the end of a sequence",
        "lengths": "(B) length of each sequence",
        **WEIGHTS,
    },
    returns={"outputs": "(B, T, H) state after each step"},
    reference=masked_rnn,
    draw=draw_masked,
    mistakes=(
        Mistake(
            "mask off by one, too long: the first step of the padding is read",
            "t < lengths",
            "t <= lengths",
        ),
        Mistake(
            "mask off by one, too short: the last valid step is not read",
            "t < lengths",
            "t < lengths - 1",
        ),
        Mistake(
            "no mask: the padding changes the state",
            "np.where((t < lengths)[:, None], new, h)",
            "new",
        ),
        Mistake(
            "state set to 0 past the end: it stays as it is",
            "new, h)",
            "new, 0.0)",
        ),
        Mistake("mask inverted: only the padding is read", "t <", "t >="),
    ),
    hints=(
        "Compute the new state for all sequences, then choose per sequence.",
        "h = where((t < lengths)[:, None], new, h)",
    ),
)


def reverse_padded(x: Array, lengths: Array) -> Array:
    steps = np.arange(x.shape[1])
    ends = lengths[:, None]
    index = np.where(steps < ends, ends - 1 - steps, steps)
    return np.take_along_axis(x, index[:, :, None], axis=1)


def draw_reverse(rng: Generator) -> tuple:
    return normal(rng, 4, 6, 3), ragged(rng, 4, 6)


REVERSE = Exercise(
    number="5.4",
    level=2,
    title="Reverse padded sequences",
    statement="""\
Reverse the valid steps of each sequence and leave the padding where it is. A
backward layer reads sequences in this order, so that it begins with each one's
own last step.""",
    arguments={
        "x": "(B, T, D) inputs",
        "lengths": "(B) length of each sequence",
    },
    returns={"x": "(B, T, D) reversed up to each end"},
    reference=reverse_padded,
    draw=draw_reverse,
    mistakes=(
        Mistake(
            "whole rows reversed: the padding comes first",
            "np.where(steps < ends, ends - 1 - steps, steps)",
            "np.repeat(steps[None, ::-1], len(x), axis=0)",
        ),
        Mistake(
            "off by one: the last valid step stays at its place",
            "np.where(steps < ends, ends - 1 - steps, steps)",
            "np.where(steps < ends - 1, ends - 2 - steps, steps)",
        ),
        Mistake(
            "features reversed: time is the second axis",
            "np.take_along_axis(x, index[:, :, None], axis=1)",
            "x[:, :, ::-1]",
        ),
        Mistake(
            "one length for all: that of the shortest sequence",
            "ends = lengths[:, None]",
            "ends = np.full_like(lengths, lengths.min())[:, None]",
        ),
    ),
    hints=(
        "Which step of x goes to step t? length - 1 - t where t < length.",
        "Build that index, (B, T), and gather along axis 1.",
    ),
)


def run_layer(x: Array, w_ih: Array, w_hh: Array, b: Array) -> Array:
    """The states of a vanilla RNN from zeros: (B, T, D) -> (B, T, H)."""
    lengths = np.full(len(x), x.shape[1])
    return masked_rnn(x, lengths, w_ih, w_hh, b)


def bidirectional(
    x: Array,
    lengths: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_ih_back: Array,
    w_hh_back: Array,
    b_back: Array,
) -> Array:
    mask = valid_mask(lengths, x.shape[1])[:, :, None]
    forward = run_layer(x, w_ih, w_hh, b)
    backward = run_layer(
        reverse_padded(x, lengths), w_ih_back, w_hh_back, b_back
    )
    backward = reverse_padded(backward, lengths)
    return np.concatenate([forward, backward], axis=2) * mask


def draw_bidirectional(rng: Generator) -> tuple:
    both = *layer_weights(rng, 3, 4), *layer_weights(rng, 3, 4)
    return normal(rng, 4, 6, 3), ragged(rng, 4, 6), *both


BIDIRECTIONAL = Exercise(
    number="5.5",
    level=3,
    title="A bidirectional RNN on padded sequences",
    statement="""\
Run two vanilla RNNs, h_t = tanh(x_t W + h_(t-1) U + b), from states of zeros:
one from the first step on, the other one backward from the last valid step of
each sequence. The outputs of a step are the forward and the backward state that
belong to this step, in this order; past the end of a sequence they are 0.""",
    arguments={
        "x": "(B, T, D) inputs, arbitrary values past the end of a sequence",
        "lengths": "(B) length of each sequence",
        "w_ih": "(D, H) forward weights of the input",
        "w_hh": "(H, H) forward weights of the state",
        "b": "(H) forward bias",
        "w_ih_back": "(D, H) backward weights of the input",
        "w_hh_back": "(H, H) backward weights of the state",
        "b_back": "(H) backward bias",
    },
    returns={"outputs": "(B, T, 2H) forward and backward states"},
    reference=bidirectional,
    draw=draw_bidirectional,
    mistakes=(
        Mistake(
            "backward states not put back: they are in the order of reading",
            "backward = reverse_padded(backward, lengths)",
            "pass",
        ),
        Mistake(
            "backward layer begins in the padding: whole rows are reversed",
            "reverse_padded(x, lengths), w_ih_back",
            "x[:, ::-1], w_ih_back",
            (
                (
                    "reverse_padded(backward, lengths)",
                    "backward[:, ::-1]",
                ),
            ),
        ),
        Mistake(
            "same weights in both directions: the backward layer has its own",
            "w_ih_back, w_hh_back, b_back\n    )\n",
            "w_ih, w_hh, b\n    )\n",
        ),
        Mistake(
            "directions swapped: the forward states come first",
            "[forward, backward]",
            "[backward, forward]",
        ),
        Mistake(
            "outputs past the end not 0: the states stay there",
            " * mask",
            "",
        ),
    ),
    hints=(
        "The backward layer is a forward layer on sequences reversed as in "
        "exercise 5.4, its outputs reversed in the same way.",
        "Concatenate along the last axis, then multiply by the mask of "
        "exercise 5.2.",
    ),
)


def tagging_loss(logits: Array, targets: Array) -> Array:
    mask = targets >= 0
    losses = nll(logits, np.maximum(targets, 0))
    return (losses * mask).sum() / mask.sum()


def draw_tags(rng: Generator) -> tuple:
    targets = rng.integers(0, 3, (4, 6))
    valid = valid_mask(ragged(rng, 4, 6), 6)
    return normal(rng, 4, 6, 3, scale=2.0), np.where(valid, targets, -1)


TAGGING_LOSS = Exercise(
    number="5.6",
    level=2,
    title="The loss of a tagger",
    statement="""\
Compute the softmax cross-entropy (in nats) of the tags of a padded batch, as
the mean over all steps that have a target: -1 marks padding, which is in
neither the sum nor the count.""",
    arguments={
        "logits": "(B, T, K) one logit a tag",
        "targets": "(B, T) index of the right tag, -1 at the padding",
    },
    returns={"loss": "() mean loss of a valid step"},
    reference=tagging_loss,
    draw=draw_tags,
    mistakes=(
        Mistake(
            "loss over padding: its steps count as tag 0",
            "mask = targets >= 0",
            "mask = np.ones_like(targets)",
        ),
        Mistake(
            "divided by all steps: the padding is in the count",
            "/ mask.sum()",
            "/ mask.size",
        ),
        Mistake(
            "softmax over the wrong axis: over time, not the tags",
            "nll(logits, np.maximum(targets, 0))",
            "-np.take_along_axis(np.swapaxes(log_softmax(np.swapaxes(logits, "
            "1, 2)), 1, 2), np.maximum(targets, 0)[..., None], 2)[..., 0]",
        ),
        Mistake(
            "mean of the sentences' means: each step has the same weight",
            "(losses * mask).sum() / mask.sum()",
            "((losses * mask).sum(axis=1) / mask.sum(axis=1)).mean()",
        ),
        Mistake(
            "tag 0 taken for padding: only -1 is",
            "targets >= 0",
            "targets > 0",
        ),
    ),
    hints=(
        "-1 is no index: replace it by any tag, and leave its loss out.",
        "Sum of loss × mask, divided by the sum of the mask.",
    ),
)

EXERCISES = (PAD, MASK, MASKED_RNN, REVERSE, BIDIRECTIONAL, TAGGING_LOSS)
