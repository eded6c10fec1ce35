"""The ONNX graph of every task's model, run by onnxruntime.

Tiny models with the fields of each task's own: its input, its pooling, the
characters of its words. Every native cell, one and two layers, and both
directions where the model has them; ragged where the model reads lengths.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from export.small_models import EXTRA, SIZES, drawn_weights
from factories.implementations import PACKAGES, configured

from comparisons.equivalence.deviation import deviation, up_to_ends
from comparisons.export.model import (
    MODELS,
    check_exportable,
    drawn,
    has_columns,
    untied,
    with_allowed,
)
from comparisons.export.onnx.model import write_onnx
from shared.errors import UserError
from shared.specs import BIDIRECTIONAL_MODELS, NATIVE_CELLS, STATE_NAMES
from shared.tasks import get_task, task_names

onnxruntime = pytest.importorskip("onnxruntime", reason=EXTRA)

LIMIT = 1e-5
REFUSED = {
    "anomaly": "autoencoder",
    "translate": "seq2seq",
    "chatbot": "seq2seq",
    "video": "video model",
}
"""Task -> its model, which has no counterpart in stock layers."""

TASKS = [name for name in task_names() if name not in REFUSED]

OPTIONS = {
    "tagging": {"crf": True, "shape_size": 4, "shape_embedding_size": 2},
    "sine": {"output_size": 6, "quantile_levels": (0.1, 0.5, 0.9)},
    "names": {"input": "onehot", "pooling": "mean+max"},
    "charlm": {"tie_weights": True, "output_size": 5, "input": "embedding"},
}
"""Task -> options of its model that change what an export writes."""


def tiny(name):
    """The model of a task, with few units."""
    model = get_task(name).model
    sizes = {**SIZES, "output_size": 3}
    if model.tie_weights:
        sizes |= {"embedding_size": 4, "output_size": sizes["input_size"]}
    if model.char_encoder:
        sizes |= {"char_size": 6, "char_embedding_size": 3}
        sizes |= {"char_hidden_size": 2}
    return replace(model, **sizes)


def variants(model):
    """Every cell, number of layers, and directions."""
    both = (False, True) if model.model in BIDIRECTIONAL_MODELS else (False,)
    for cell, layers, two in product(NATIVE_CELLS, (1, 2), both):
        yield replace(model, cell=cell, num_layers=layers, bidirectional=two)


def onnx_outputs(model, weights, batch, path):
    exported, own = untied(model, weights)
    write_onnx(exported, with_allowed(exported, own, None), path)
    session = onnxruntime.InferenceSession(path)
    feed = {"x": batch.x}
    if batch.lengths is not None:
        feed["lengths"] = batch.lengths
    zeros = np.zeros(
        (model.num_layers, len(batch.x), model.hidden_size), np.float32
    )
    names = {item.name for item in session.get_inputs()} - feed.keys()
    assert names <= {f"initial_{n}" for n in STATE_NAMES[model.cell]}
    return session.run(None, {**feed, **dict.fromkeys(names, zeros)})[0]


def check(model, package, path):
    implementation = configured(package, "float32")
    weights = drawn_weights(model)
    batch = drawn(model, weights)
    if batch.lengths is not None:
        batch = batch._replace(lengths=batch.lengths.astype(np.int32))
    outputs = onnx_outputs(model, weights, batch, path)
    built = implementation.build_model(model)
    implementation.load_weights(built, weights)
    flat = model.model == "tagger" and not has_columns(model)
    x = batch.x[..., None] if flat else batch.x
    expected = implementation.predict(built, x, batch.lengths)
    pair = (up_to_ends(o, batch.lengths) for o in (outputs, expected))
    assert deviation(*pair) <= LIMIT, model


@pytest.mark.parametrize("name", TASKS)
def test_onnxruntime_computes_the_model_of_the_task(name, tmp_path):
    model = tiny(name)
    check_exportable(model)
    for variant in variants(model):
        check(variant, "pytorch_impl", tmp_path / "model.onnx")


@pytest.mark.parametrize("name", OPTIONS)
def test_onnxruntime_computes_the_model_with_its_options(name, tmp_path):
    sizes = {"embedding_size": 4, "hidden_size": 4}
    model = replace(tiny(name), **sizes, **OPTIONS[name])
    assert model != tiny(name)
    check_exportable(model)
    for variant in variants(model):
        check(variant, "pytorch_impl", tmp_path / "model.onnx")


@pytest.mark.parametrize("package", PACKAGES[1:])
@pytest.mark.parametrize("name", ["sine", "tagging"])
def test_it_computes_what_the_other_frameworks_do(name, package, tmp_path):
    """Of two models: a graph is written from weights that all have."""
    cases = list(variants(tiny(name)))
    for number, cell in enumerate(NATIVE_CELLS):
        own = [variant for variant in cases if variant.cell == cell]
        check(own[-(number % 2)], package, tmp_path / "model.onnx")


@pytest.mark.parametrize("name", REFUSED)
def test_a_model_without_stock_layers_is_named(name):
    with pytest.raises(UserError, match=f"no {REFUSED[name]}"):
        check_exportable(get_task(name).model)


def test_every_model_of_the_export_is_that_of_a_task():
    known = {get_task(name).model.model for name in TASKS}
    assert set(MODELS) - known == {"sequence_forecaster"}  # sine's targets
