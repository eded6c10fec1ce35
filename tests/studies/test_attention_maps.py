"""Attention maps, as a run records and a report shows them."""

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


def test_attention_maps_match_the_decoded_tokens():
    dataset, trained = made_dataset(), saved()
    implementation = importlib.import_module("pytorch_impl")
    implementation.configure("cpu", 1, "float64", 0)
    model = implementation.build_model(trained.model)
    implementation.load_weights(model, trained.weights)
    found = attention_maps(implementation, model, trained.model, dataset)
    assert len(found) == 2
    longest = sorted(dataset.test.lengths)[-2:]
    assert [len(example["source"]) for example in found] == longest[::-1]
    x, lengths = dataset.test.x[..., 0], dataset.test.lengths
    rule = DecodingOptions(max_new_tokens=x.shape[1] - 1)
    decoded = implementation.decode(model, x, lengths, rule)
    for example in found:
        weights = np.array(example["weights"])
        assert weights.shape == (
            len(example["decoded"]),
            len(example["source"]),
        )
        np.testing.assert_allclose(weights.sum(axis=1), 1.0, atol=1e-3)
        assert example["source"][-1] == example["decoded"][-1] == "<end>"
    counts = {int((row >= 0).sum()) + 1 for row in decoded}
    assert {len(example["decoded"]) for example in found} <= counts


def test_a_model_without_attention_has_no_maps():
    spec = replace(saved().model, attention="none")
    assert attention_maps(None, None, spec, made_dataset()) == []


def details(decoded, weights):
    """A detail of a run with the attention map of one source."""
    source = ["a", "b", "a", "<end>"]
    example = {"source": source, "decoded": decoded, "weights": weights}
    return {
        "translations": [{"source": "a", "target": "x", "decoded": "x"}],
        "by_length": [{"words": 1.0, "sentences": 1, "bleu": 2.0}],
        "attention_maps": [example],
    }


def test_a_report_shows_the_maps_of_a_sentence_in_one_row():
    weights = [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]]
    of_jax = details(["x", "<end>"], weights)
    of_keras = details(["<end>"], weights[1:])
    runs = [
        RunView("keras", "gru", 0, "~", {"bleu": 1.0}, of_keras),
        RunView("jax", "lstm", 0, "~", {"bleu": 1.0}, of_keras),
        RunView("jax", "gru", 0, "*", {"bleu": 2.0}, of_jax),
        RunView("jax", "gru", 1, "*", {"bleu": 2.0}, of_keras),
    ]
    (shown,) = [e for e in exhibits(runs) if isinstance(e, Matrices)]
    assert shown.title == (
        "Sentence 1: the source word of the largest weight has 40 % of the "
        "attention of gru"
    )
    assert list(shown.parts) == ["keras", "jax"]
    picture = shown.parts["jax"]
    assert picture.columns == ("a", "b", "a (2)", "<end>")
    assert picture.rows == ("x", "<end>")
    assert picture.values == tuple(map(tuple, weights))
    assert shown.parts["keras"].values == (tuple(weights[1]),)


def test_repeated_words_are_numbered():
    assert numbered(["a", "b", "a", "a"]) == ("a", "b", "a (2)", "a (3)")
