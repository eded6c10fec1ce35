"""Exercise 5.5: a bidirectional RNN on padded sequences."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal, ragged
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.text.masked_rnn import masked_rnn
from shared.exercises.text.reverse_padded import reverse_padded
from shared.exercises.text.valid_mask import valid_mask
from shared.specs import Array


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
