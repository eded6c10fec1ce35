"""The script next to each file loads it where the suite cannot be imported."""

from __future__ import annotations

import pytest
from factories.exported import SPECS, drawn_weights
from factories.implementations import configured

from comparisons.arguments.flags import export as flags
from comparisons.equivalence.deviation import deviation, up_to_ends
from comparisons.export import formats
from comparisons.export.execution import Batch
from comparisons.export.formats import FORMATS, run_models, write_model
from comparisons.export.layouts import model_tensors
from comparisons.export.model import drawn, untied
from comparisons.frameworks import FRAMEWORKS
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


def test_each_format_of_the_command_exists():
    assert tuple(FORMATS) == flags.FORMATS


def test_a_missing_extra_is_said_in_one_line(monkeypatch):
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    with pytest.raises(formats.UserError, match=r"pip install .*\[export\]"):
        formats.check_installed("onnx")
    formats.check_installed("keras")
