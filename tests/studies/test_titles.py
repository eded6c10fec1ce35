"""Titles of the pictures of studies: what is measured, with its number."""

import numpy as np

from comparisons.studies.attention.plot import message
from comparisons.studies.gradients.norms import GradientNorms
from comparisons.studies.gradients.plot import norms_message, surface_message


def norms(framework, cell, case, *values):
    return GradientNorms(framework, cell, case, list(values), 0.0, 1.0)


def test_what_is_left_of_a_gradient_is_the_mean_over_frameworks():
    found = [
        norms("pytorch", "rnn", "radius 0.5", 1.0, 0.9, 0.5),
        norms("pytorch", "rnn", "radius 1", 2.0, 1.0, 0.2),
        norms("jax", "rnn", "radius 1", 2.0, 1.0, 0.6),
        norms("pytorch", "lstm", "radius 1", 4.0, 2.0, 1.0),
        norms("jax", "gru", "radius 1", 0.0, 0.0, 0.0),
    ]
    assert norms_message(found) == (
        "2 steps before the target, the gradient has this part of its norm: "
        "RNN 0.2, LSTM 0.25 (radius 1)"
    )
    assert norms_message(found[:1]).endswith("RNN 0.5 (radius 0.5)")


def test_a_surface_says_its_loss_at_the_trained_weights_and_its_highest():
    losses = np.array([[3.0, 1.0, 2.0], [1.0, 0.125, 1.0], [2.0, 1.0, 2.5]])
    assert surface_message("gru", losses) == (
        "GRU: loss 0.12 at the trained weights,\nat most 3 around them"
    )


def test_attention_says_how_sharp_it_is_in_each_framework():
    sharp = {"weights": [[0.9, 0.1], [0.2, 0.8]]}
    even = {"weights": [[0.5, 0.5]]}
    assert message({"pytorch": [sharp], "jax": [sharp, even]}) == (
        "Mean attention of a decoded token to one source token, the highest: "
        "PyTorch 85%, JAX 73%"
    )
