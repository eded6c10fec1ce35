"""ONNX graphs, run by onnxruntime, against a framework and the reference."""

from __future__ import annotations

import numpy as np
import pytest
from export.small_models import EXTRA, SPECS, drawn_weights
from factories.implementations import configured

from comparisons.equivalence.deviation import deviation, up_to_ends
from comparisons.export.model import drawn, untied
from comparisons.export.onnx_graph import OPSET, write_onnx
from shared.specs import STATE_NAMES, STATEFUL_MODELS

onnx = pytest.importorskip("onnx", reason=EXTRA)
onnxruntime = pytest.importorskip("onnxruntime", reason=EXTRA)

LIMIT = 1e-5
STATEFUL = {n: s for n, s in SPECS.items() if s.model in STATEFUL_MODELS}


def session_of(name, tmp_path):
    """The session, the model, its weights, and a batch."""
    model, weights = untied(SPECS[name], drawn_weights(SPECS[name]))
    path = tmp_path / "model.onnx"
    write_onnx(model, weights, path)
    assert onnx.load(path).opset_import[0].version == OPSET
    session = onnxruntime.InferenceSession(path)
    return session, model, weights, drawn(model, weights)


def feed_of(model, x, lengths):
    """Inputs of the graph, the state zeros."""
    if model.model not in STATEFUL_MODELS:
        given = lengths is not None
        ends = {"lengths": lengths.astype(np.int32)} if given else {}
        return {"x": x, **ends}
    zeros = np.zeros((model.num_layers, len(x), model.hidden_size), np.float32)
    names = STATE_NAMES[model.cell]
    return {"x": x, **{f"initial_{name}": zeros for name in names}}


@pytest.mark.parametrize("name", SPECS)
def test_onnxruntime_computes_what_the_framework_does(name, tmp_path):
    session, model, weights, batch = session_of(name, tmp_path)
    outputs, *_ = session.run(None, feed_of(model, batch.x, batch.lengths))
    framework = configured("pytorch_impl", "float32")
    built = framework.build_model(model)
    framework.load_weights(built, weights)
    x = batch.x[..., None] if name == "tagger" else batch.x
    expected = framework.predict(built, x, batch.lengths)
    for other in (expected, batch.outputs):
        pair = (up_to_ends(o, batch.lengths) for o in (outputs, other))
        assert deviation(*pair) <= LIMIT


@pytest.mark.parametrize("name", STATEFUL)
def test_a_state_that_is_passed_on_continues_the_sequence(name, tmp_path):
    session, model, _, batch = session_of(name, tmp_path)
    feed = feed_of(model, batch.x[:, :3], None)
    first, *state = session.run(None, feed)
    names = [f"initial_{part}" for part in STATE_NAMES[model.cell]]
    feed = {"x": batch.x[:, 3:], **dict(zip(names, state, strict=True))}
    second, *_ = session.run(None, feed)
    found = np.concatenate([first, second], axis=1)
    assert deviation(found, batch.outputs) <= LIMIT


def test_padding_changes_no_output(tmp_path):
    session, model, _, batch = session_of("lstm", tmp_path)
    feed = feed_of(model, batch.x, batch.lengths)
    before, *_ = session.run(None, feed)
    steps = np.arange(batch.x.shape[1])
    feed["x"] = np.where(steps < batch.lengths[:, None], batch.x, 1)
    after, *_ = session.run(None, feed)
    assert np.array_equal(before, after)
