"""The script next to each file loads it where the suite cannot be imported."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest
from export.small_models import EXTRA, SPECS, drawn_weights, spec
from factories.implementations import configured

from comparisons.arguments import extras
from comparisons.arguments.flags import export as flags
from comparisons.equivalence.deviation import deviation, up_to_ends
from comparisons.export import formats
from comparisons.export.execution import Batch
from comparisons.export.formats import FORMATS, run_models, write_model
from comparisons.export.model import drawn, untied
from comparisons.export.relayout import model_tensors
from comparisons.export.scripts import SCRIPT, write_script
from comparisons.frameworks import FRAMEWORKS
from comparisons.records.environment import ROOT
from shared.specs import STATEFUL_MODELS

LIMIT, TIMEOUT = 1e-5, 600.0


@pytest.fixture
def in_this_process(monkeypatch):
    """Write by the framework's package here: no process for each model."""

    def write(form, model, weights, path, timeout):
        package = FRAMEWORKS[form.framework].package
        tensors = model_tensors(form.layout, model, weights)
        implementation = configured(package, "float32")
        implementation.save_model(model, tensors, str(path))

    for name, form in FORMATS.items():
        if form.framework:
            monkeypatch.setitem(FORMATS, name, replace_writer(form, write))


def replace_writer(form, write):
    return form._replace(write=write)


@pytest.mark.parametrize("name", FORMATS)
def test_the_script_computes_what_the_reference_does(
    name, tmp_path, in_this_process
):
    for module in FORMATS[name].needs:
        pytest.importorskip(module, reason=EXTRA)
    batches, expected = {}, []
    for number, model in enumerate(SPECS.values()):
        model, weights = untied(model, drawn_weights(model))
        folder = tmp_path / str(number)
        write_model(name, model, weights, folder, "a model", TIMEOUT)
        batch = drawn(model, weights)
        stateful = model.model in STATEFUL_MODELS
        batches[folder] = Batch(batch.x, batch.lengths, stateful)
        expected.append(batch.outputs)
    outputs = run_models(name, batches, TIMEOUT)
    rows = zip(SPECS, batches.values(), outputs, expected, strict=True)
    for label, batch, *both in rows:
        pair = (up_to_ends(o, batch.lengths) for o in both)
        assert deviation(*pair) <= LIMIT, label


@pytest.mark.parametrize("label", SPECS)
def test_a_script_imports_what_it_uses_and_nothing_of_the_suite(
    label, tmp_path
):
    model, weights = untied(SPECS[label], drawn_weights(SPECS[label]))
    for name, form in FORMATS.items():
        more = {"title": "a model", "file": form.file}
        more["safetensors"] = name == "safetensors"
        write_script(tmp_path, form.template, model, weights, **more)
        tree = ast.parse((tmp_path / SCRIPT).read_text())
        used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        modules, names = imported(tree)
        assert names <= used, name
        assert modules <= {*OWN_MODULES[form.template], "numpy", "pathlib"}


OWN_MODULES = {
    "state_dict": {"torch", "safetensors"},
    "keras": {"keras"},
    "nnx": {"flax", "jax", "orbax"},
    "onnx": {"onnxruntime"},
}


def imported(tree):
    """The packages and the names that a file imports."""
    modules, names = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            wholes = [alias.name for alias in node.names]
            wholes = [getattr(node, "module", "") or w for w in wholes]
            modules |= {whole.partition(".")[0] for whole in wholes}
            names |= {
                alias.asname or alias.name.partition(".")[0]
                for alias in node.names
            }
    return modules, names


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_the_script_of_a_classifier_has_twenty_lines(cell, tmp_path):
    options = {"input": "embedding", "bidirectional": True}
    model = spec("classifier", cell, **options)
    more = {"title": "a model", "file": "model.pt"}
    weights = drawn_weights(model)
    write_script(tmp_path, "state_dict", model, weights, **more)
    _, _, code = (tmp_path / SCRIPT).read_text().split('"""')
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) <= 20


def test_the_page_shows_the_script(tmp_path):
    sizes = {"input_size": 76, "embedding_size": 64, "hidden_size": 128}
    model = spec("classifier", "gru", input="embedding", **sizes)
    model = replace(model, output_size=18, bidirectional=True)
    more = {"title": "a model", "file": "model.pt"}
    weights = drawn_weights(model)
    write_script(tmp_path, "state_dict", model, weights, **more)
    _, _, code = (tmp_path / SCRIPT).read_text().split('"""')
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    assert f"```python\n{code.strip()}\n```" in page


def test_each_format_of_the_command_exists():
    assert tuple(FORMATS) == flags.FORMATS


def test_a_missing_extra_is_said_in_one_line(monkeypatch):
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    with pytest.raises(formats.UserError, match=r"pip install .*\[export\]"):
        formats.check_installed("onnx")
    formats.check_installed("keras")


def test_a_missing_framework_is_said_in_one_line(monkeypatch):
    monkeypatch.setattr(extras, "missing_modules", lambda name: [name])
    with pytest.raises(formats.UserError, match=r"pip install .*\[keras\]"):
        formats.check_installed("keras")
    formats.check_installed("safetensors")
