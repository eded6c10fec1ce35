"""The study of neurons: features, units, a reading, strips."""

import importlib
from dataclasses import replace

import numpy as np
import pytest
from factories.neurons import made, tokens

from comparisons.equivalence.limits import LIMITS
from comparisons.studies.neurons import features, search, terminal
from comparisons.studies.neurons.colors import background, ink, sign
from comparisons.studies.neurons.command import deviations, expected
from comparisons.studies.neurons.study import Study
from comparisons.worker.jobs import Job
from comparisons.worker.studies.neurons import Reading, read_tokens, reading_of
from shared.reference.generation import token_nll
from shared.reference.unroll import unroll
from shared.weights.checkpoints import save_checkpoint


@pytest.fixture
def trained():
    """A random model of characters, two layers deep."""
    return made()


@pytest.mark.parametrize(
    ("feature", "text", "values"),
    [
        ("quote", 'a "b c" d', "001111000"),
        ("quote", "it's 'tis x", "00000000000"),
        ("quote", "it's cats' x", "000000000000"),
        ("quote", "'ab'.x(\"c", "111000011"),
        ("quote", '"""d"""', "1011010"),
        ("quote", "a “b” c", "0011000"),
        ("line", "ab\n\nc d", "1200123"),
        ("end", "ab\n\nc\n", "011010"),
        ("word", "a_1 -é.", "1110010"),
        ("upper", "aB É.", "01010"),
        ("vowel", "xAe y", "01100"),
        ("digit", "a1 2.", "01010"),
        ("indent", "  a b\n\tc\n d", "12222011011"),
        ("bracket", "a(b[c])d)e(", "01122100001"),
        ("comment", "a #b#\nc#", "00111001"),
    ],
)
def test_features_are_those_computed_by_hand(feature, text, values):
    found = features.FEATURES[feature].values(text)
    assert "".join(f"{value:g}" for value in found) == values


def test_every_feature_is_computed():
    (marked,) = test_features_are_those_computed_by_hand.pytestmark
    assert {row[0] for row in marked.args[1]} == set(features.FEATURES)


def test_a_token_of_several_characters_has_their_mean():
    values = np.array([1.0, 0.0, 0.0, 2.0])
    found = search.by_token(values, ["ab", "c", "d"])
    assert found.tolist() == [0.5, 0.0, 2.0]


def planted(text, feature, sign_of, unit=3):
    """Noise in which one unit follows a feature."""
    h = np.random.default_rng(0).normal(0, 1, (len(text), 6))
    value = features.FEATURES[feature].values(text)
    h[:, unit] += sign_of * 4 * value
    h[:, 5] = 0.25  # a unit that does nothing
    return h


@pytest.mark.parametrize("sign_of", [1, -1])
def test_the_search_finds_the_planted_unit(sign_of):
    text = "one more Line of vowels and others, so that chance is low\n" * 4
    h = planted(text, "vowel", sign_of)
    found = search.search(h, list(text))
    best = found.detectors[0]
    assert (best.feature, best.unit) == ("vowel", 3)
    wanted = np.corrcoef(h[:, 3], features.FEATURES["vowel"].values(text))[0, 1]
    assert best.correlation == pytest.approx(wanted)
    assert best.correlation * sign_of > 0.8
    assert found.best_feature(3) == ("vowel", best.correlation)
    assert all(r[5] == 0 for r in found.correlations.values())
    assert found.constant == ["quote", "digit", "indent", "bracket", "comment"]
    assert np.isfinite([row.chance for row in found.detectors]).all()


def test_the_chance_level_is_the_quantile_over_shifts():
    """An independent feature is no stronger than its shifts."""
    rng = np.random.default_rng(2)
    text = "".join(rng.choice(list("abcdefghij \n"), 500))
    for sign_of, is_strong in ((0, False), (1, True)):
        h = planted(text, "vowel", sign_of)
        found = search.search(h, list(text))
        best = {row.feature: row for row in found.detectors}["vowel"]
        assert best.chance == pytest.approx(0.13, abs=0.05)  # 2.8 / sqrt(500)
        assert (abs(best.correlation) > 2 * best.chance) is is_strong


def test_the_reading_is_that_of_the_reference(trained):
    x = tokens()
    reading = expected(trained, x, 1)
    found = unroll(trained.model, trained.weights, x[None], None)
    np.testing.assert_array_equal(reading.h, found["rnn.1.h"][0])
    shifted = x[None, :-1], x[None, 1:]
    losses = token_nll(trained.model, trained.weights, *shifted)
    np.testing.assert_allclose(
        -np.log(reading.next_probs), losses[0], rtol=1e-12
    )
    logits = found["outputs"][0]
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(
        reading.top_probs, -np.sort(-shares, axis=1)[:, :5], rtol=1e-12
    )
    rows = np.arange(len(x))[:, None]
    np.testing.assert_allclose(reading.top_probs, shares[rows, reading.top])
    entropy = -(shares * np.log(shares)).sum(axis=1)
    np.testing.assert_allclose(reading.entropy, entropy, rtol=1e-12)


def test_a_certain_token_has_no_entropy():
    outputs = np.array([[[0.0, -2e3], [0.0, 0.0]]])
    found = {"rnn.0.h": np.zeros((1, 2, 1)), "outputs": outputs}
    reading = reading_of(found, np.array([0, 1]), 0)
    assert reading.entropy.tolist() == [0.0, pytest.approx(np.log(2))]


def test_frameworks_read_a_text_like_the_reference(trained, tmp_path):
    path = tmp_path / "model.safetensors"
    save_checkpoint(path, trained)
    implementation = importlib.import_module("pytorch_impl")
    run = replace(trained.run, framework="pytorch")
    request = {"path": path, "tokens": tokens().tolist(), "layer": 1}
    answer = read_tokens(Job(run, implementation, request))
    reading = Reading(**{name: np.array(a) for name, a in answer.items()})
    limit = LIMITS["float32"]["forward"]
    measured = deviations(reading, expected(trained, tokens(), 1))
    assert max(measured.values()) <= limit
    other = deviations(reading, expected(trained, tokens(), 0))
    assert [name for name, a in other.items() if a > limit] == ["h"]


def test_colors_show_sign_and_magnitude():
    assert [sign(v) for v in (-1, -0.5, -0.1, 0, 0.1, 1)] == list("=-..+#")
    assert (background(0), background(-1), background(2)) == (
        *("#f7f7f7", "#2166ac", "#b2182b"),
    )
    values = np.linspace(-1, 1, 201).tolist()
    assert min(contrast(background(v), ink(v)) for v in values) > 4.5
    reading = Reading(np.array([[4.0, -2.0]]), None, None, None, None)
    assert Study(None, reading, None, [1]).strip(1).tolist() == [-0.5]


def contrast(one, other):
    """The ratio of two colors' luminances (WCAG 2)."""
    light = []
    for color in (one, other):
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4
            for p in parts
        ]
        light.append(np.dot((0.2126, 0.7152, 0.0722), linear) + 0.05)
    return max(light) / min(light)


def test_a_strip_without_color_has_marks_below_its_text():
    values = np.array([0.9, -0.9, 0.0, 0.2, -0.2, 0.6])
    lines = terminal.strip_lines(list("ab\ncde"), values, 2, False)
    assert [line.plain for line in lines] == [
        *("ab", "#=", "↵", ".", "cd", "+-", "e", "#"),
    ]
    wide = terminal.strip_lines(["ab ", "\n"], np.array([0.9, 0]), 80, False)
    assert [line.plain for line in wide] == ["ab ↵", "###."]
    (line,) = terminal.strip_lines(["a"], np.array([1.0]), 80, True)
    (span,) = line.spans
    assert str(span.style) == "#ffffff on #b2182b"
