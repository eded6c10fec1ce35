"""A checkpoint with an altered header is refused in one line, or is read."""

import json
import time
from copy import deepcopy
from itertools import product

import numpy as np
import pytest
from factories.damage.altered import DROP, EXTRA, SAVED, Altered, names, paths

from comparisons.records.checkpoints import load_checkpoint
from shared.weights.checkpoints import CheckpointError, save_checkpoint

VALUES = (
    *(DROP, EXTRA, None, 7, -1, 10**30, 0.5, "x", "\x1b[2J\ud800", ""),
    *([], {}, True, [["a"]], float("nan")),
)
"""What takes the place of a value, or is done with it."""

TEXTS = ("{", "NaN", "1e999", "9" * 6000, "null", "[]", "", "[" * 100_000)
"""What takes the place of a field of the header."""


@pytest.fixture
def altered(tmp_path):
    return lambda task: Altered(tmp_path / "a.safetensors", SAVED[task]())


@pytest.mark.parametrize("task", SAVED)
def test_an_unaltered_checkpoint_is_read(altered, task):
    found = altered(task)
    assert found.error(found.header) == ""


@pytest.mark.parametrize("task", SAVED)
def test_no_altered_metadata_give_a_trace(altered, task):
    found = altered(task)
    places = list(paths(json.loads(found.texts["metadata"])))
    for path, value in product(places, VALUES):
        found.with_value("metadata", path, value)


def test_no_altered_field_gives_a_trace(altered):
    found, count = altered("names"), 0
    for name, text in product(found.texts, (DROP, *TEXTS)):
        message = found.with_field(name, text)
        assert message or (name, text) == ("metadata", "null")
    for name in ("run", "model", "result", "data_hashes"):
        for place, path in enumerate(paths(json.loads(found.texts[name]))):
            # Each value is tried at every third place.
            for value in VALUES[place % 3 :: 3]:
                count += bool(found.with_value(name, path, value))
    assert count > 200


REFUSED = {
    "a field that is missing": ("model", ("hidden_size",), DROP, "head.weight"),
    "a field too many": ("run", ("extra",), 1, "run: ", "`extra`"),
    "a missing task": ("run", ("task",), DROP, "run: ", "`task`"),
    "an unknown task": ("run", ("task",), "nams", "did you mean 'names'"),
    "an unknown framework": ("run", ("framework",), "tf", "framework 'tf'"),
    "an unknown cell": ("model", ("cell",), "grru", "did you mean 'gru'"),
    "an unknown model": ("model", ("model",), "seq", "unknown model 'seq'"),
    "another kind of model": ("model", ("model",), "tagger", "a classifier"),
    "another input": ("model", ("input",), "values", "embedding.table"),
    "text for a number": ("model", ("hidden_size",), "8", "hidden_size: "),
    "null for a number": ("model", ("num_layers",), None, "num_layers: "),
    "text for a truth": ("model", ("bidirectional",), "no", "bidirectional: "),
    "text for threads": ("run", ("threads",), "x", "threads"),
    "a wrong option": ("run", ("train", "epochs"), "x", "run: epochs: "),
    "an unknown option": ("run", ("data", "speed"), 1, "option 'speed'"),
    "text for data": ("run", ("data",), "abc", "run: ", "`$.data`"),
    "text for a score": ("result", ("validation",), "x", "result: "),
    "a score as key": ("result", ("score",), 1, "result: ", "`score`"),
    "a score of nothing": ("result", ("metric",), DROP, "result: ", "metric"),
    "a hash that is none": ("data_hashes", ("a.txt",), 1, "data_hashes: "),
    "no vocabulary": ("metadata", ("characters",), DROP, "`characters`"),
    "a short vocabulary": (
        *("metadata", ("characters",), "ab"),
        "characters: 2 entries, where the model has 3",
    ),
    "a character twice": ("metadata", ("characters",), "aab", "twice"),
    "a class too few": ("metadata", ("classes",), ["x"], "classes: 1 entries"),
    "a class twice": ("metadata", ("classes",), ["x", "x", "y"], "twice"),
    "a class that is no text": ("metadata", ("classes", 0), 1, "classes[0]"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_error_names_the_field(altered, case):
    field, path, value, *texts = REFUSED[case]
    found = altered("names")
    message = found.with_value(field, path, value)
    assert all(text in message for text in texts), message


@pytest.mark.parametrize(
    ("field", "value"),
    [("num_layers", 10**7), ("hidden_size", 10**9), ("hidden_size", 10**30)],
)
def test_a_huge_model_is_refused_without_listing_its_weights(
    altered, field, value
):
    """A list of them all takes more than a minute."""
    found, begin = altered("names"), time.perf_counter()
    assert "a.safetensors" in found.with_value("model", (field,), value)
    assert time.perf_counter() - begin < 30.0


@pytest.mark.parametrize(
    ("dtype", "shape"), [("I32", [2, 9]), ("BF16", [4, 9]), ("F16", [2, 18])]
)
def test_weights_of_another_type_are_refused(altered, dtype, shape):
    found = altered("names")
    assert found.with_tensor("rnn.0.w_ih", dtype=dtype)
    header = deepcopy(found.header)
    header["rnn.0.w_ih"] |= {"dtype": dtype, "shape": shape}
    message = found.error(header)
    assert f"is of type {dtype}" in message or "rnn.0.w_ih is" in message


def test_tensors_that_are_not_the_models_are_refused(altered):
    found = altered("names")
    lost, renamed = deepcopy(found.header), deepcopy(found.header)
    del lost["head.bias"]
    renamed["head.bios"] = renamed.pop("head.bias")
    assert found.error(lost)
    assert "head.bias is missing" in found.error(renamed)
    ends = found.header["head.bias"]["data_offsets"]
    for fields in ({"shape": [3, 1]}, {"data_offsets": [0, ends[1]]}):
        assert found.with_tensor("head.bias", **fields)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_weights_that_are_not_finite_are_refused(tmp_path, value):
    saved = names()
    saved.weights["head.bias"][1] = value
    save_checkpoint(tmp_path / "a.safetensors", saved)
    words = r"not finite \(diverged\?\): head\.bias"
    with pytest.raises(CheckpointError, match=words):
        load_checkpoint(tmp_path / "a.safetensors")


def test_a_word_has_a_bounded_number_of_characters(altered):
    message = altered("tagging").with_value("metadata", ("char_steps",), 10**9)
    assert "metadata: " in message
    assert "char_steps" in message


def test_a_model_of_subwords_that_is_damaged_is_refused(altered):
    found = altered("translate")
    metadata = json.loads(found.texts["metadata"])
    for model in ("", "AAAA", "no base64", "*"):
        metadata["source"] |= {"unit": "bpe", "model": model}
        message = found.with_field("metadata", json.dumps(metadata))
        assert "metadata: " in message
