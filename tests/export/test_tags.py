"""The CRF of an exported tagger: its weights, and the tags decoded by them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from export.small_models import EXTRA, METADATA, SPECS, drawn_weights, prepared
from factories.implementations import PACKAGES, configured

from comparisons.equivalence.deviation import deviation, identical, up_to_ends
from comparisons.export.formats import FORMATS
from comparisons.export.model import drawn, has_columns
from comparisons.export.onnx.model import write_onnx
from comparisons.export.relayout import model_tensors
from comparisons.records.environment import ROOT
from comparisons.worker.tags import best_tags
from shared.specs import CRF_WEIGHTS
from shared.text.schemes import allowed_tags

LIMIT = 1e-5
MODEL = SPECS["CRF"]
TAGS = MODEL.output_size


def onnx_crf(path):
    onnx = pytest.importorskip("onnx", reason=EXTRA)
    tensors = onnx.load(path).graph.initializer
    return {t.name: onnx.numpy_helper.to_array(t) for t in tensors}


def safetensors_crf(path):
    from safetensors.numpy import load_file

    return load_file(path)


def pytorch_crf(path):
    torch = pytest.importorskip("torch", reason="needs PyTorch")
    state = torch.load(path, weights_only=True)
    return {name: tensor.numpy() for name, tensor in state.items()}


def keras_crf(path):
    keras = pytest.importorskip("keras", reason="needs Keras")
    model = keras.saving.load_model(path, compile=False)
    names = {layer.name: layer for layer in model.layers}
    return {
        name.replace("crf_", "crf."): np.squeeze(layer.get_weights()[0])
        for name, layer in names.items()
        if name.startswith("crf_")
    }


def nnx_crf(path):
    ocp = pytest.importorskip("orbax.checkpoint", reason="needs Orbax")
    with ocp.StandardCheckpointer() as checkpointer:
        tree = checkpointer.restore(path.absolute())
    return {f"crf.{name}": np.asarray(a) for name, a in tree["crf"].items()}


READERS = {
    "state_dict": pytorch_crf,
    "safetensors": safetensors_crf,
    "keras": keras_crf,
    "nnx": nnx_crf,
    "onnx": onnx_crf,
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_weights_of_a_crf_come_back_as_they_were(name, tmp_path):
    form, (model, weights) = FORMATS[name], prepared(MODEL)
    path = tmp_path / form.file
    if form.framework:
        package = {"pytorch": 0, "keras": 1, "jax": 2}[form.framework]
        framework = configured(PACKAGES[package], "float32")
        tensors = model_tensors(form.layout, model, weights)
        framework.save_model(model, tensors, str(path))
    else:
        pytest.importorskip("onnx", reason=EXTRA)
        form.write(form, model, weights, path, 0.0)
    found = READERS[name](path)
    expected = {n: w for n, w in weights.items() if n.startswith("crf.")}
    assert len(expected) == len(CRF_WEIGHTS) + 1
    assert identical({n: found[n] for n in expected}, expected)


def page_decoder():
    """The function that the page shows, run."""
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(def viterbi.*?)```", page, re.DOTALL)
    names = {"np": np}
    exec(code, names)
    return names["viterbi"]


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("name", ["CRF", "CRF over characters"])
def test_the_decoder_of_the_page_finds_the_tags_of_the_framework(
    name, package, tmp_path
):
    onnxruntime = pytest.importorskip("onnxruntime", reason=EXTRA)
    model, weights = prepared(SPECS[name])
    batch = drawn(model, weights)
    write_onnx(model, weights, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx")
    lengths = batch.lengths.astype(np.int32)
    feed = {"x": batch.x, "lengths": lengths}
    emissions, *crf = session.run(None, feed)
    names = [item.name for item in session.get_outputs()]
    assert names == ["outputs", "transitions", "start", "end", "allowed"]
    framework = configured(package, "float32")
    built = framework.build_model(model)
    framework.load_weights(built, drawn_weights(model))
    x = batch.x if has_columns(model) else batch.x[..., None]
    expected = framework.predict(built, x, lengths)
    pair = (up_to_ends(o, lengths) for o in (emissions, expected))
    assert deviation(*pair) <= LIMIT
    allowed = allowed_tags(model, METADATA)
    own = best_tags(framework, built, expected, lengths, allowed)
    assert decoded(emissions, lengths, crf) == up_to(own, lengths)
    shape = (40, expected.shape[1], model.output_size)
    other = np.random.default_rng(0).normal(0, 3, shape).astype(np.float32)
    ends = np.full(len(other), other.shape[1], np.int32)
    own = best_tags(framework, built, other, ends, allowed)
    assert decoded(other, ends, crf) == up_to(own, ends)
    free = best_tags(framework, built, other, ends, np.ones_like(allowed))
    assert (free != own).any()


def decoded(emissions, lengths, crf):
    viterbi = page_decoder()
    return [viterbi(e[:n], *crf).tolist() for e, n in zip(emissions, lengths)]


def up_to(tags, lengths):
    return [own[:n].tolist() for own, n in zip(tags, lengths)]


def test_the_page_shows_the_decoder_of_the_script(tmp_path):
    template = ROOT / "comparisons" / "export" / "templates"
    code = (template / "viterbi.py.jinja").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    assert f"```python\n{code.strip()}\n```" in page
    assert len(code.splitlines()) <= 20
