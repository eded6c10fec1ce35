"""Where a model looked, as a run records it and a report shows it."""

import importlib
from dataclasses import replace

import numpy as np
from factories.pairs import made_dataset, saved

from comparisons.worker.attention_maps import attention_maps
from shared.decoding.options import DecodingOptions
from shared.exhibits.attention import numbered
from shared.exhibits.kinds import Matrices
from shared.exhibits.runs import RunView
from shared.exhibits.translation import exhibits


def test_weights_are_of_what_is_written():
    dataset, trained = made_dataset(), saved()
    implementation = importlib.import_module("pytorch_impl")
    implementation.configure("cpu", 1, "float64", 0)
    model = implementation.build_model(trained.model)
    implementation.load_weights(model, trained.weights)
    found = attention_maps(implementation, model, trained.model, dataset)
    assert len(found) == 2
    longest = sorted(dataset.test.lengths)[-2:]
    assert [len(look["source"]) for look in found] == longest[::-1]
    x, lengths = dataset.test.x[..., 0], dataset.test.lengths
    rule = DecodingOptions(max_new_tokens=x.shape[1] - 1)
    written = implementation.decode(model, x, lengths, rule)
    for look in found:
        weights = np.array(look["weights"])
        assert weights.shape == (len(look["written"]), len(look["source"]))
        np.testing.assert_allclose(weights.sum(axis=1), 1.0, atol=1e-3)
        assert look["source"][-1] == look["written"][-1] == "<end>"
    counts = {int((row >= 0).sum()) + 1 for row in written}
    assert {len(look["written"]) for look in found} <= counts


def test_without_attention_there_is_nothing_to_look_at():
    spec = replace(saved().model, attention="none")
    assert attention_maps(None, None, spec, made_dataset()) == []


def looked(written, weights):
    """A detail of a run that looked at one source."""
    source = ["a", "b", "a", "<end>"]
    look = {"source": source, "written": written, "weights": weights}
    return {
        "translations": [{"source": "a", "target": "x", "written": "x"}],
        "by_length": [{"words": 1.0, "sentences": 1, "bleu": 2.0}],
        "looks": [look],
    }


def test_a_report_has_the_pictures_of_a_sentence_beside_each_other():
    weights = [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]]
    of_jax = looked(["x", "<end>"], weights)
    of_keras = looked(["<end>"], weights[1:])
    runs = [
        RunView("keras", "gru", 0, "~", {"bleu": 1.0}, of_keras),
        RunView("jax", "lstm", 0, "~", {"bleu": 1.0}, of_keras),
        RunView("jax", "gru", 0, "*", {"bleu": 2.0}, of_jax),
        RunView("jax", "gru", 1, "*", {"bleu": 2.0}, of_keras),
    ]
    (shown,) = [e for e in exhibits(runs) if isinstance(e, Matrices)]
    assert list(shown.parts) == ["keras", "jax"]
    picture = shown.parts["jax"]
    assert picture.columns == ("a", "b", "a (2)", "<end>")
    assert picture.rows == ("x", "<end>")
    assert picture.values == tuple(map(tuple, weights))
    assert shown.parts["keras"].values == (tuple(weights[1]),)


def test_words_that_stand_twice_are_told_apart():
    assert numbered(["a", "b", "a", "a"]) == ("a", "b", "a (2)", "a (3)")
