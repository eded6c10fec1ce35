"""Packed or padded sequences, and what lengths cost a training step."""

import importlib
import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from factories.specs import run_spec

from comparisons.bench.padding import main
from comparisons.equivalence import limits
from comparisons.equivalence.case import Case
from comparisons.equivalence.checks import full_checks
from comparisons.worker.jobs import Job
from comparisons.worker.timing.padding import (
    KINDS,
    padded_batch,
    time_lengths,
)
from pytorch_impl import recurrent
from pytorch_impl.device import CURRENT
from pytorch_impl.recurrent import Recurrent, reverse_padded
from shared.errors import UserError
from shared.exhibits.names import framework_name
from shared.specs import ModelSpec, Split, TrainSpec

SMALL = ("--batch-size", "4", "--steps", "9", "--shortest", "3")
SMALL += ("--size", "3", "--hidden-size", "5", "--repeats", "3")


@pytest.fixture
def pytorch():
    implementation = importlib.import_module("pytorch_impl")
    implementation.configure("cpu", 1, "float64", 0)
    return implementation


@pytest.mark.parametrize("cell", ["rnn", "rnn-relu", "gru", "lstm"])
@pytest.mark.parametrize("packing", ["on", "off"])
def test_packed_and_padded_layers_agree_with_the_reference(
    pytorch, monkeypatch, packing, cell
):
    case = Case(
        "classifier", cell, "embedding", "native", 2, True, True, pooling="mean"
    )
    for name, training in limits.TRAJECTORIES.items():
        packed = replace(training, packing=packing)
        monkeypatch.setitem(limits.TRAJECTORIES, name, packed)
    monkeypatch.setitem(CURRENT, "packing", packing)
    failed = [g for g in full_checks(pytorch, case, "float64") if not g.holds]
    assert not failed


@pytest.mark.parametrize(
    ("packing", "cell", "steps", "packs"),
    [
        ("on", "lstm", 40, True),
        ("off", "gru", 4, False),
        ("auto", "gru", 12, True),
        ("auto", "gru", 13, False),
        ("auto", "rnn-relu", 20, True),
        ("auto", "lstm", 2, False),
    ],
)
def test_a_cpu_packs_what_the_training_spec_says(
    pytorch, monkeypatch, packing, cell, steps, packs
):
    used = []
    right = recurrent.pack_padded_sequence

    def pack(*args, **keywords):
        used.append(True)
        return right(*args, **keywords)

    monkeypatch.setattr(recurrent, "pack_padded_sequence", pack)
    model = pytorch.build_model(ModelSpec(bidirectional=True, cell=cell))
    x, y = np.zeros((2, steps, 1)), np.zeros((2, 1))
    split = Split(x, y, np.array([2, steps]))
    training = TrainSpec(epochs=1, batch_size=2, packing=packing)
    pytorch.fit(model, split, training, lambda epoch, loss: False)
    assert bool(used) == packs


def test_reversing_a_sequence_does_not_move_its_padding():
    x = torch.arange(10.0).reshape(2, 5, 1)
    found = reverse_padded(x, torch.tensor([3, 5]))[..., 0]
    assert found.tolist() == [[2, 1, 0, 3, 4], [9, 8, 7, 6, 5]]


def test_one_direction_shares_the_weights_of_the_stack(pytorch):
    spec = ModelSpec(cell="lstm", num_layers=2, bidirectional=True)
    layer = Recurrent(spec, 3)
    own = {id(p) for p in layer.layers.parameters()}
    shared = [p for d in layer.directions for p in d.parameters()]
    assert {id(p) for p in shared} == own
    assert len(shared) == len(own)
    assert len(list(layer.parameters())) == len(own)


def test_dropout_is_between_layers_packed_and_padded(pytorch, monkeypatch):
    spec = ModelSpec(cell="lstm", num_layers=2, bidirectional=True, dropout=0.5)
    layer = Recurrent(spec, 3)
    x, lengths = torch.randn(8, 6, 3), torch.tensor([6, 1, 2, 3, 4, 5, 6, 2])
    mask = torch.arange(6) < lengths[:, None]
    found = {}
    for packing in ("on", "off"):
        monkeypatch.setitem(CURRENT, "packing", packing)
        layer.train()
        first, second = (layer(x, lengths)[0][mask] for _ in range(2))
        assert not torch.allclose(first, second)
        found[packing] = layer.eval()(x, lengths)[0][mask]
    torch.testing.assert_close(found["on"], found["off"])


def test_the_padded_batch_has_the_requested_lengths():
    sizes = {"batch_size": 50, "steps": 20, "shortest": 5, "size": 2}
    x, y, lengths = padded_batch(sizes)
    assert x.shape == (50, 20, 2)
    assert y.shape == (50, 1)
    assert lengths.max() == 20
    assert 5 <= lengths.min() < 9
    filled = (x != 0).any(axis=2)
    assert (filled.sum(axis=1) == lengths).all()
    assert np.array_equal(filled, np.arange(20) < lengths[:, None])


def test_each_row_is_timed_and_recorded(tmp_path, capsys):
    rows = ("pytorch", "jax")
    out = ("--out", str(tmp_path))
    assert main(["--frameworks", *rows, *SMALL, "--threads", "1", *out]) == 0
    shown = capsys.readouterr().out
    lines = (tmp_path / "runs.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["framework"] for record in records] == list(rows)
    for record in records:
        kinds = ["with", "without", "by_hand"]
        if record["framework"] == "pytorch":
            kinds += ["packed", "padded"]
        name = framework_name(record["framework"])
        lines = [t for t in shown.splitlines() if name in t]
        assert len(lines) == len(kinds) - 1
        for kind in kinds:
            assert len(record[kind]) == 3
            assert all(s > 0 for s in record[kind])
        middle = np.median(record["with"]) / np.median(record["without"])
        assert lines[0].split()[-1] == f"{middle:.2f}"


def test_each_kind_has_its_layers_packing_and_lengths(pytorch, monkeypatch):
    seen, fit = set(), pytorch.fit

    def recorded(model, split, spec, on_epoch_end):
        kind = model.spec.impl, spec.packing, split.lengths is not None
        seen.add(kind)
        fit(model, split, spec, on_epoch_end)

    monkeypatch.setattr(pytorch, "fit", recorded)
    words = (word.removeprefix("--").replace("-", "_") for word in SMALL)
    sizes = dict(zip(*[words] * 2, strict=True))
    sizes = {name: int(value) for name, value in sizes.items()}
    run = run_spec("sine", "pytorch", "gru", threads=1)
    found = time_lengths(Job(run, pytorch, request=sizes))
    assert set(found) == {"sizes", *KINDS, "packed", "padded"}
    assert seen == {
        ("native", "auto", False),
        *(("native", packing, True) for packing in ("auto", "on", "off")),
        ("bptt", "auto", True),
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--cells", "gruu"], "unknown cell 'gruu'; did you mean 'gru'"),
        (["--frameworks", "torch"], "unknown framework 'torch'"),
        (["--steps", "0"], "steps must be at least 1, not 0"),
        (["--steps", "30"], "shortest 50 is more than steps 30"),
        (["--step", "30"], "unknown flag '--step'; did you mean '--steps'"),
    ],
)
def test_impossible_options_are_refused(arguments, message, tmp_path):
    with pytest.raises(UserError, match=message):
        main([*arguments, "--out", str(tmp_path)])
    assert not list(tmp_path.iterdir())
