"""What `compare.py bench attention` times, prints and refuses."""

import importlib
import json
from types import SimpleNamespace

import numpy as np
import pytest
from factories.processes import compare
from factories.specs import run_spec
from rich.console import Console

from comparisons.arguments.flags.bench import ATTENTION_SIZES as SIZES
from comparisons.bench.attention import main, print_searches
from comparisons.worker.jobs import Job
from comparisons.worker.timing.attention import sentences, time_attention
from shared.decoding.options import END, START
from shared.errors import UserError
from shared.specs import ATTENTIONS

SMALL = {
    "batch_size": 4,
    "steps": 5,
    "sources": 9,
    "targets": 11,
    "embedding_size": 3,
    "hidden_size": 4,
    "repeats": 3,
    "beam": 2,
    "threads": 1,
}


def test_each_kind_is_timed_the_requested_number_of_times():
    assert SMALL.keys() == SIZES.keys()
    implementation = importlib.import_module("pytorch_impl")
    run = run_spec("translate", "pytorch", "gru", threads=1)
    found = time_attention(Job(run, implementation, SMALL))
    assert {k: len(v) for k, v in found["steps"].items()} == dict.fromkeys(
        ATTENTIONS, 3
    )
    assert {k: len(v) for k, v in found["searches"].items()} == {
        "greedy": 3,
        "beam": 3,
    }
    assert all(s > 0 for kind in found["steps"].values() for s in kind)


def test_synthetic_sentences_are_complete():
    x, y, lengths = sentences(SMALL)
    assert x.shape == (4, 5, 2)
    assert (x[:, 0, 1] == START).all()
    assert (x[:, 1:, 1] == y[:, :-1]).all()
    assert (x[:, -1, 0] == END).all()
    assert (y[:, -1] == END).all()
    assert (lengths == 5).all()
    assert x[..., 0].max() < SMALL["sources"]
    assert y.max() < SMALL["targets"]


def test_ratios_are_printed_and_raw_times_recorded(tmp_path):
    flags = [
        word
        for name, value in SMALL.items()
        for word in (f"--{name.replace('_', '-')}", str(value))
    ]
    done = compare(
        *("bench", "attention", "--frameworks", "pytorch", *flags),
        *("--out", tmp_path),
    )
    assert done.code == 0, done
    (line,) = (tmp_path / "runs.jsonl").read_text().splitlines()
    record = json.loads(line)
    assert record["kind"] == "attention"
    assert record["command"].startswith("compare.py bench attention")
    plain, attending = (
        np.median(record["steps"][k]) for k in ("none", "bahdanau")
    )
    assert f" {attending / plain:.2f} x" in done.out
    assert f" {SMALL['batch_size'] / attending:,.0f} " in done.out
    greedy, wide = (
        np.median(record["searches"][k]) for k in ("greedy", "beam")
    )
    assert f" {wide / greedy:.2f} x" in done.out


def test_each_search_is_compared_with_greedy_decoding(capsys):
    """4 sentences in a median of 2, 0.5 and 1.25 seconds."""
    searches = {"greedy": [0.4, 0.5, 0.6], "beam": [1.0, 1.25, 9.0]}
    record = SimpleNamespace(
        framework="jax",
        cell="gru",
        sizes=SMALL,
        steps={"bahdanau": [2.0, 2.0, 8.0]},
        searches=searches,
    )
    print_searches([record], Console(width=80))
    (row,) = [t for t in capsys.readouterr().out.splitlines() if "JAX" in t]
    assert row.split() == ["JAX", "GRU", "2", "8", "3", "2.50", "x"]


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        (["--beam", "1"], "beam must be at least 2, not 1"),
        (["--steps", "0"], "steps must be at least 1, not 0"),
        (["--cells", "gruu"], "unknown cell 'gruu'; did you mean 'gru'?"),
        (["--frameworks", "jaks"], "unknown framework 'jaks'"),
    ],
)
def test_impossible_options_are_refused(flags, text):
    with pytest.raises(UserError, match=text):
        main(flags)
