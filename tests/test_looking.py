"""Where a model looked, as a run records it and a report shows it."""

import importlib
from dataclasses import replace

import numpy as np
from pairs_made import made_dataset, saved

from comparisons.looking import looks
from shared.exhibits import Matrix, RunView
from shared.pair_views import numbered, show
from shared.search import Search


def test_weights_are_of_what_is_written():
    dataset, trained = made_dataset(), saved()
    implementation = importlib.import_module("pytorch_impl")
    implementation.configure("cpu", 1, "float64", 0)
    model = implementation.build_model(trained.model)
    implementation.load_weights(model, trained.weights)
    found = looks(implementation, model, trained.model, dataset)
    assert len(found) == 2
    longest = sorted(dataset.test.lengths)[-2:]
    assert [len(look["source"]) for look in found] == longest[::-1]
    x, lengths = dataset.test.x[..., 0], dataset.test.lengths
    rule = Search(longest=x.shape[1] - 1)
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
    assert looks(None, None, spec, made_dataset()) == []


def test_a_report_has_a_picture_of_each_sentence():
    look = {
        "source": ["a", "b", "a", "<end>"],
        "written": ["x", "<end>"],
        "weights": [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]],
    }
    detail = {
        "translations": [{"source": "a", "target": "x", "written": "x"}],
        "by_length": [{"words": 1.0, "sentences": 1, "bleu": 2.0}],
        "looks": [look],
    }
    run = RunView("jax", "gru", 0, "*", {"bleu": 2.0}, detail)
    (picture,) = [e for e in show([run]) if isinstance(e, Matrix)]
    assert picture.columns == ("a", "b", "a (2)", "<end>")
    assert picture.rows == ("x", "<end>")
    assert picture.values == ((0.1, 0.2, 0.3, 0.4), (0.4, 0.3, 0.2, 0.1))


def test_words_that_stand_twice_are_told_apart():
    assert numbered(["a", "b", "a", "a"]) == ("a", "b", "a (2)", "a (3)")
