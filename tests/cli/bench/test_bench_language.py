"""How fast a language model trains and generates: records, rows, loops."""

import importlib
import json
import re

import pytest
import torch
from rich.console import Console

from comparisons.bench import generation, records
from comparisons.bench.tables import print_rates
from comparisons.compare import dispatch
from comparisons.records.record import typed
from comparisons.worker.jobs import do_job
from comparisons.worker.timing import bandwidth, training
from comparisons.worker.timing import generation as timed_texts
from shared.errors import UserError
from shared.specs import ModelSpec
from shared.weights.products import token_bytes

CONSOLE = Console(width=80, highlight=False)
TEXT = "to be, or not to be: that is the question.\n" * 60

HEAD = {
    "key": "a",
    "status": "ok",
    "task": "charlm",
    "command": "bench",
    "seed": 0,
    "machine": {},
    "commit": "",
    "versions": {},
    "spec": {"task": "charlm", "framework": "jax", "cell": "gru"},
    "overrides": {},
}
TRAINED = HEAD | {
    "kind": "bench-rounds",
    "steps": 4,
    "framework": "jax",
    "cell": "gru",
    "unit": "character",
    "hidden_size": 256,
    "tokens": 6400,
    "flops": 32_000_000_000,
    "product_rates": [150e9, 180e9, 170e9],
    "ours": [0.30, 0.32, 0.36],
    "minimal": [0.30, 0.30, 0.30],
}


def test_a_row_follows_from_its_raw_times(capsys):
    """Medians: 6400 / 0.32 s, 32 GFLOP / 0.32 s, 0.32 / 0.30 > 1.05."""
    within = TRAINED | {"framework": "keras", "minimal": [0.31, 0.31, 0.35]}
    print_rates([typed(TRAINED), typed(within)], CONSOLE)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    (row,) = [t.split() for t in shown.splitlines() if t.startswith(" JAX")]
    assert row[:4] == ["JAX", "GRU", "256", "320.0"]
    assert row[4:8] == ["(30.0)", "20,000", "100.0", "180.0"]
    assert row[8:] == ["1.067", "(0.100)"]
    flagged = [t for t in shown.splitlines() if t.startswith("over")]
    assert flagged == ["over 1.05: JAX GRU, hidden 256: 1.067"]


def text_of(batch, length, first, later, tokens):
    return {
        "batch": batch,
        "length": length,
        "first": first,
        "later": later,
        "first_tokens": length - tokens,
        "later_tokens": tokens,
    }


GENERATED = HEAD | {
    "kind": "generation",
    "hidden_size": 4,
    "framework": "keras",
    "cell": "lstm",
    "texts": [
        text_of(2, 10, 9.0, 1.0, 8),  # compiles
        text_of(2, 20, 0.5, 0.9, 18),
        text_of(2, 10, 0.4, 0.08, 8),
        text_of(2, 20, 0.6, 0.72, 18),
        text_of(2, 10, 0.4, 0.16, 8),
        text_of(2, 20, 0.6, 0.72, 18),
        text_of(2, 10, 0.4, 0.16, 8),
        text_of(2, 20, 0.6, 1.44, 18),
    ],
}


def test_the_time_per_token_is_that_of_the_later_texts(capsys):
    """B 2: 0.16 s / 8 / 2 and 0.72 s / 18 / 2, without what comes first.

    The first of length 10 took 10 s where the others take 0.56, the first
    of length 20 took 1.4 where they take 1.32.
    """
    generation.print_rates([typed(GENERATED)], CONSOLE)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    heads = next(t.split() for t in shown.splitlines() if "framework" in t)
    assert heads[-3:] == ["ratio", "ms", "s"]
    (row,) = [t.split() for t in shown.splitlines() if t.startswith(" Keras")]
    assert row[2:6] == ["2", "50", "10000.0", "20000.0"]
    assert row[6:] == ["2.00", "600.0", "9.5"]


def test_a_text_of_one_chunk_has_no_time_per_token(capsys):
    texts = [text | {"later_tokens": 0} for text in GENERATED["texts"]]
    generation.print_rates([typed(GENERATED | {"texts": texts})], CONSOLE)
    assert " nan " in capsys.readouterr().out


def test_the_bound_is_that_of_one_text_and_the_better_bandwidth(capsys):
    """B 1: 10 ms a token, 100 tokens/s; 2 kB at 1 MB/s: 500 tokens/s."""
    texts = [text | {"batch": 1} for text in GENERATED["texts"]]
    texts += [text | {"batch": 64, "later": 9.0} for text in texts]
    texts += [text_of(1, 30, 0.5, 0.3, 30)] * 2
    measured = {
        "token_bytes": 2000,
        "bandwidths": {"memory": [1e6, 0.5e6], "weights": [2e6, 4e6]},
    }
    generation.print_bounds(
        [typed(GENERATED | measured | {"texts": texts}), typed(GENERATED)],
        CONSOLE,
    )
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    (row,) = [t.split() for t in shown.splitlines() if t.startswith(" Keras")]
    assert row[2:4] == ["2", "100"]
    assert row[4:] == ["0.0", "500", "5.00", "0.0", "2,000", "20.00"]


def test_memory_is_read_by_every_thread_and_whole(monkeypatch):
    """So many bytes are read in each of the measurements."""
    seen = []

    def read(part, passes):
        seen.append((part.nbytes, passes))

    monkeypatch.setattr(bandwidth, "read", read)
    monkeypatch.setattr(bandwidth, "LEAST", 4000)
    assert bandwidth.read_bandwidth(1000, 2) > 0
    assert seen == [(500, 4)] * 2 * bandwidth.REPEATS
    seen.clear()
    bandwidth.read_bandwidth(8000, 1)
    assert seen == [(8000, 1)] * bandwidth.REPEATS


@pytest.mark.parametrize(
    ("model", "numbers"),
    [
        # A row of E, two layers of 3·((D + H + 1)·H) + 3·H, a head.
        ({}, 3 + 3 * (3 + 4 + 2) * 4 + 3 * (4 + 4 + 2) * 4 + 4 * 7 + 7),
        # The table of V rows is the head's: no other row of it is read.
        (
            {"tie_weights": True, "embedding_size": 4},
            2 * 3 * (4 + 4 + 2) * 4 + 7 * 4 + 7,
        ),
        # One row of W of the first layer.
        (
            {"input": "onehot"},
            3 * (1 + 4 + 2) * 4 + 3 * (4 + 4 + 2) * 4 + 4 * 7 + 7,
        ),
    ],
)
def test_a_token_reads_every_weight_but_other_rows(model, numbers):
    fields = {"input": "embedding", "embedding_size": 3, **model}
    spec = ModelSpec(
        model="language_model",
        cell="gru",
        input_size=7,
        output_size=7,
        hidden_size=4,
        num_layers=2,
        **fields,
    )
    assert token_bytes(spec) == 4 * numbers


@pytest.mark.parametrize(
    ("flops", "available", "steps"),
    [(4e9, 100, 8), (10e9, 100, 4), (200e9, 100, 2), (20e9, 1, 1)],
)
def test_a_round_has_few_steps_at_any_size(flops, available, steps):
    assert training.round_steps(flops, available) == steps


@pytest.fixture
def in_process(monkeypatch, tmp_path):
    """Commands whose jobs run here, and the flags of a tiny text."""
    importlib.import_module("pytorch_impl")  # its environment is set
    before = torch.get_num_threads(), torch.get_default_dtype()

    def ask(job, run, timeout, **fields):
        return do_job(job, run, fields, print)

    monkeypatch.setattr(records, "ask_once", ask)
    monkeypatch.setattr(training, "SIZE", 16)
    monkeypatch.setattr(timed_texts, "MEMORY", 2**16)
    monkeypatch.setattr(bandwidth, "LEAST", 2**16)
    path = tmp_path / "text.txt"
    path.write_text(TEXT)
    yield (
        *("--frameworks", "pytorch", "--cells", "rnn", "--data", str(path)),
        *("--bptt", "5", "--embedding-size", "4", "--threads", "1"),
        *("--quiet", "--out", str(tmp_path)),
    )
    torch.set_num_threads(before[0])
    torch.set_default_dtype(before[1])


def stored(folder):
    lines = (folder / "runs.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_training_is_timed_at_each_hidden_size(in_process, tmp_path, capsys):
    flags = ("--batch-size", "3", "--epochs", "4", *in_process)
    sizes = ("--hidden-sizes", "6,3")
    assert dispatch(["bench", "--task", "charlm", *sizes, *flags]) == 0
    found = stored(tmp_path)
    assert [record["hidden_size"] for record in found] == [6, 3]
    for record in found:
        assert record["kind"] == "bench-rounds"
        assert record["tokens"] == 15
        assert record["steps"] == 8
        assert len(record["ours"]) == len(record["minimal"]) == 3
        assert len(record["product_rates"]) == training.PRODUCTS
        times = (*record["ours"], *record["minimal"])
        assert all(seconds > 0 for seconds in times)
    assert found[0]["flops"] > 2 * found[1]["flops"]
    rows = re.findall(r"PyTorch +RNN +(\d+) ", capsys.readouterr().out)
    assert rows == ["6", "3"]


def test_generation_is_timed_at_each_length(in_process, tmp_path, capsys):
    flags = ("--lengths", "9", "3", "--hidden-size", "4", *in_process)
    assert dispatch(["bench", "generation", *flags]) == 0
    (record,) = stored(tmp_path)
    assert record["kind"] == "generation"
    assert record["task"] == "charlm"
    counts = [(text["batch"], text["length"]) for text in record["texts"]]
    turns = generation.TURNS
    assert counts == [*[(1, 3), (1, 9)] * turns, *[(64, 3), (64, 9)] * turns]
    for text in record["texts"]:
        assert text["first_tokens"] + text["later_tokens"] == text["length"]
    shown = capsys.readouterr().out
    rows = re.findall(r"PyTorch +RNN +(\d+) ", shown)
    assert rows[:2] == ["1", "64"]
    assert record["token_bytes"] == token_bytes(
        ModelSpec(**record["spec"]["model"])
    )
    assert record["bandwidths"].keys() == {"memory", "weights"}
    for rates in record["bandwidths"].values():
        assert len(rates) == 2
        assert min(rates) > 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("generation --task names", "task 'names' has no .* charlm, wordlm"),
        ("generation --lengths 0", "--lengths must be at least 1, not 0"),
        ("--task charlm --hidden-sizes 64 0", "at least 1, not 0"),
        ("--task charlm --hidden-sizes big", "'big' is not a whole number"),
        (
            "--task charlm --hidden-sizes 64 --hidden-size 32",
            "--hidden-size and --hidden-sizes exclude each other",
        ),
        ("--task charlm --preset paper", "minimal loops have no input onehot"),
        ("--task charlm --stateful off", "no stateful off; choices: on"),
        ("--task charlm --optimizer sgd", "no optimizer sgd; choices: adam"),
        ("--task charlm --cells rnn-relu", "no cell rnn-relu; choices: rnn, "),
        ("--task charlm --epochs 1", "epochs must be at least 2, not 1"),
        ("--task tagging", "minimal loops have no model tagger"),
    ],
)
def test_impossible_options_are_refused(
    arguments, message, tmp_path, monkeypatch
):
    monkeypatch.setattr(records, "ask_once", None)  # no worker is started
    out = ["--out", str(tmp_path / "out")]
    with pytest.raises(UserError, match=message):
        dispatch(["bench", *arguments.split(), *out])
    assert not list(tmp_path.iterdir())
