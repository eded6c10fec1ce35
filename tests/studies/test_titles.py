"""Titles of the pictures of studies: what is measured, with its number."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from factories.specs import run_spec

from comparisons.studies.attention.plot import message
from comparisons.studies.gradients.norms import GradientNorms
from comparisons.studies.gradients.plot import norms_message, surface_message
from comparisons.studies.neurons.search import Detector, Search
from comparisons.studies.neurons.study import Study
from comparisons.studies.steps.example import Unrolled
from comparisons.studies.steps.plot import message as steps_message
from comparisons.worker.studies.unroll import ENDINGS, Example
from shared.specs import ModelSpec


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


def unrolled(task, labels, **arrays):
    model = ModelSpec(model="classifier", cell="gru")
    example = Example(model, None, np.zeros((1, len(labels))), None)
    run = run_spec(task, "jax", "gru")
    return Unrolled(example, run, labels, {"jax": arrays}, {}, 1e-5)


def test_steps_say_from_when_on_the_class_is_that_of_the_end():
    logits = np.log([[0.2, 0.8], [0.6, 0.4], [0.3, 0.7], [0.1, 0.9]])
    shown = unrolled("names", list("abcd"), **{ENDINGS: logits})
    classes = ["Dutch", "Irish"]
    assert steps_message(shown, classes) == (
        "names GRU: Irish is the most probable class from step 3 of 4 on, "
        "90% at the end"
    )
    always = replace(shown, found={"jax": {ENDINGS: logits[[0, 2]]}})
    assert "from step 1 of" in steps_message(always, classes)


def test_steps_without_classes_say_how_large_the_state_is():
    h = np.array([[[0.1, -0.3], [-0.5, 0.7], [0.2, 0.0]]])
    found = {ENDINGS: np.zeros((3, 1)), "rnn.0.h": h}
    assert steps_message(unrolled("sine", list("123"), **found), []) == (
        "sine GRU: mean |h| is 0.20 after step 1, largest after step 2 of 3, "
        "0.60"
    )


def neurons(units, chance=0.3):
    r = {"digit": np.array([0.1, -0.6]), "vowel": np.array([0.4, 0.2])}
    detectors = [
        Detector("digit", 1, -0.6, chance),
        Detector("vowel", 0, 0.4, 0.5),
    ]
    options = SimpleNamespace(features=[])
    reading = SimpleNamespace(h=np.zeros((9, 2)))
    return Study(options, reading, Search(detectors, r, []), units)


def test_neurons_say_which_unit_follows_what_against_chance():
    expected = "Unit 1 follows “a digit”: r -0.60; by chance the best of 2 "
    assert neurons([0, 1]).message() == expected + "units reaches 0.30"
    assert neurons([1]).message().startswith(expected)
    weak = "No unit shown follows a feature better than chance; at best unit "
    assert neurons([0]).message() == (
        weak + "0 “a vowel”: r +0.40; by chance the best of 2 units reaches "
        "0.50"
    )
    assert neurons([1], chance=0.6).message().startswith(weak + "1 “a digit”")
