"""Two ways of reading padded sequences, and what telling lengths costs."""

import importlib
import json

import numpy as np
import pytest
import torch

from comparisons.bench.padding import main
from comparisons.equivalence.case import Case
from comparisons.equivalence.checks import full_checks
from comparisons.worker.timing.padding import padded_batch
from pytorch_impl.recurrent import FASTER, Recurrent
from shared.errors import UserError
from shared.specs import ModelSpec

SMALL = ("--batch-size", "4", "--steps", "9", "--shortest", "3")
SMALL += ("--size", "3", "--hidden-size", "5", "--repeats", "3")


@pytest.fixture
def pytorch():
    implementation = importlib.import_module("pytorch_impl")
    implementation.configure("cpu", 1, "float64", 0)
    return implementation


@pytest.mark.parametrize("cell", ["rnn", "rnn-relu", "gru", "lstm"])
@pytest.mark.parametrize("way", ["packed", "padded"])
def test_packed_and_padded_are_both_the_reference(pytorch, way, cell):
    case = Case(
        "classifier", cell, "embedding", "native", 2, True, True, pooling="mean"
    )
    failed = [
        g for g in full_checks(pytorch, case, "float64", way) if not g.holds
    ]
    assert not failed


def test_a_cpu_reads_padded_unless_told_otherwise(pytorch, monkeypatch):
    assert FASTER == {"cpu": "padded", "cuda": "packed"}
    layer = Recurrent(ModelSpec(bidirectional=True, cell="gru"), 3)
    read = []
    for way in ("packed", "padded"):
        monkeypatch.setitem(
            importlib.import_module("pytorch_impl.recurrent").WAYS,
            way,
            lambda *args, way=way: read.append(way) or (None, None),
        )
    lengths = torch.tensor([2, 4])
    layer(torch.zeros(2, 4, 3), lengths)
    layer.way = "packed"
    layer(torch.zeros(2, 4, 3), lengths)
    assert read == ["padded", "packed"]


def test_dropout_stands_between_layers_in_both_ways(pytorch):
    spec = ModelSpec(cell="lstm", num_layers=2, bidirectional=True, dropout=0.5)
    layer = Recurrent(spec, 3)
    x, lengths = torch.randn(8, 6, 3), torch.tensor([6, 1, 2, 3, 4, 5, 6, 2])
    inside = torch.arange(6) < lengths[:, None]
    found = {}
    for way in ("packed", "padded"):
        layer.way = way
        layer.train()
        first, second = (layer(x, lengths)[0][inside] for _ in range(2))
        assert not torch.allclose(first, second)
        found[way] = layer.eval()(x, lengths)[0][inside]
    torch.testing.assert_close(found["packed"], found["padded"])


def test_the_batch_is_padded_as_it_says():
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
    rows = ("pytorch-packed", "jax")
    out = ("--out", str(tmp_path))
    assert main(["--frameworks", *rows, *SMALL, "--threads", "1", *out]) == 0
    shown = capsys.readouterr().out
    lines = (tmp_path / "runs.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["framework"] for record in records] == list(rows)
    for record in records:
        assert len(record["with"]) == len(record["without"]) == 3
        assert all(s > 0 for s in (*record["with"], *record["without"]))
        middle = np.median(record["with"]) / np.median(record["without"])
        (line,) = [t for t in shown.splitlines() if record["framework"] in t]
        assert line.split()[-1] == f"{middle:.2f}"


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
def test_what_cannot_be_timed_is_refused(arguments, message, tmp_path):
    with pytest.raises(UserError, match=message):
        main([*arguments, "--out", str(tmp_path)])
    assert not list(tmp_path.iterdir())
