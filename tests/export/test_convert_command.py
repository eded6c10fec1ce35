"""The commands `export` and `convert`: what they print, and refuse."""

from __future__ import annotations

import importlib

import numpy as np
import pytest
from export.small_models import EXTRA, drawn_weights, spec
from factories.implementations import configured
from factories.specs import run_spec

from comparisons.commands.sharing import convert
from comparisons.compare import dispatch
from comparisons.export import files, formats
from comparisons.export.model import check_exportable
from comparisons.worker.jobs import do_job
from comparisons.worker.messages import dumps, loads
from shared.errors import UserError
from shared.weights.checkpoints import WEIGHTS, Checkpoint, save_checkpoint

torch = pytest.importorskip("torch", reason="needs PyTorch")


@pytest.fixture
def in_this_process(monkeypatch):
    """Jobs here, with messages as they are sent."""

    def ask(job, framework, timeout, **request):
        sent, run = loads(dumps(request)), formats.run_of(framework)
        return loads(dumps(do_job(job, run, sent, lambda message: None)))

    for module in (files, formats, convert):
        monkeypatch.setattr(module, "ask_framework", ask)


def forecaster():
    """A checkpoint of the task sine."""
    run = run_spec("sine", "jax", "gru", model={"hidden_size": 4})
    return Checkpoint(run, run.model, drawn_weights(run.model))


def test_a_checkpoint_is_exported_and_checked(tmp_path, capsys):
    pytest.importorskip("onnxruntime", reason=EXTRA)
    saved = forecaster()
    save_checkpoint(tmp_path / WEIGHTS, saved)
    out = tmp_path / "out"
    words = ["--checkpoint", tmp_path, "--to", "onnx", "--out", out]
    assert dispatch(["export", *map(str, words)]) == 0
    printed = capsys.readouterr().out
    assert "opset 17" in printed
    assert "limit 1e-05" in printed
    names = {"model.onnx", "load_model.py"}
    assert {path.name for path in out.iterdir()} == names


def test_outputs_that_differ_end_with_1(tmp_path, monkeypatch):
    saved = forecaster()
    save_checkpoint(tmp_path / WEIGHTS, saved)
    export = importlib.import_module("comparisons.commands.sharing.export")
    wrong = [np.zeros((4, 1))]
    monkeypatch.setattr(export, "run_models", lambda *arguments: wrong)
    out = tmp_path / "out"
    words = ["--checkpoint", tmp_path, "--to", "safetensors", "--out", out]
    assert dispatch(["export", *map(str, words)]) == 1


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"crf": True}, "no decoding of a CRF"),
        ({"model": "autoencoder"}, "no autoencoder"),
        ({"model": "classifier", "cell": "mgu"}, "no cell 'mgu'"),
    ],
)
def test_what_stock_layers_lack_is_refused(changes, fault):
    scratch = {"impl": "scratch"} if changes.get("cell") else {}
    model = spec(**{"model": "tagger", **changes, **scratch})
    with pytest.raises(UserError, match=fault):
        check_exportable(model)


def test_layers_of_a_user_are_converted(tmp_path, capsys, in_this_process):
    pytest.importorskip("onnxruntime", reason=EXTRA)
    user = torch.nn.Sequential(
        torch.nn.Linear(3, 3), torch.nn.GRU(3, 4, 2, bidirectional=True)
    )
    torch.save(user.state_dict(), tmp_path / "user.pt")
    out = tmp_path / "out"
    words = ["--from", tmp_path / "user.pt", "--to", "onnx", "--out", out]
    assert dispatch(["convert", *map(str, words)]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "2 bidirectional GRU layers, 3 features, 4 hidden units" in printed
    assert "1.weight_ih_l0_reverse" in printed
    assert "max. rel. error on random input" in printed


class Touch:
    """What a pickle would do when it is loaded."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return type(self.path).touch, (self.path,)


@pytest.mark.torch
def test_a_pickle_that_runs_code_is_refused(tmp_path):
    path, trace = tmp_path / "whole.pt", tmp_path / "trace"
    implementation = configured("pytorch_impl", "float32")
    for content in (torch.nn.LSTM(2, 2), Touch(trace)):
        torch.save(content, path)
        with pytest.raises(UserError, match="weights_only=True") as refused:
            implementation.read_tensors(str(path), "weight")
        assert "\n" not in str(refused.value)
    assert not trace.exists()
    torch.load(path, weights_only=False)
    assert trace.exists()


@pytest.mark.parametrize(
    ("name", "fault"),
    [("a.onnx", "unknown ending '.onnx'"), ("b.pt", "no such file")],
)
def test_a_file_of_no_known_kind_is_refused(tmp_path, name, fault):
    if name == "a.onnx":
        (tmp_path / name).touch()
    path = str(tmp_path / name)
    with pytest.raises(UserError, match=fault):
        dispatch(["convert", "--from", path, "--to", "keras"])
    assert not (tmp_path / "out").exists()
