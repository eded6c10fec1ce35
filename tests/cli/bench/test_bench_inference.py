"""What `compare.py bench inference` times, compares, prints, and refuses."""

from __future__ import annotations

import importlib
import json
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from factories.specs import run_spec
from rich.console import Console

from comparisons.bench import inference
from comparisons.bench.latency import rounds, rows
from comparisons.bench.latency.rounds import in_rounds
from comparisons.bench.latency.rows import ONNX, batches, planned
from comparisons.bench.latency.table import (
    errors,
    print_inference,
    times_fastest,
)
from comparisons.compare import dispatch
from comparisons.records.measurements import BenchInference
from comparisons.records.record import record_of
from comparisons.worker.jobs import do_job
from comparisons.worker.timing import inference as timing
from shared.errors import UserError
from shared.specs import ModelSpec, Split

ROUNDS = 6
TINY = ("--hidden-size", "3", "--threads", "1", "--device", "cpu", "--quiet")


def record(framework, seconds, cell="gru", deviation=1e-7):
    """Calls of so many seconds, and one under load in each round."""
    calls = [[seconds, seconds, 9.0]] * ROUNDS
    run = replace(run_spec("sine", "pytorch", cell), framework=framework)
    found = record_of(
        *("inference", "", run),
        "compare.py bench inference",
        versions={},
        group="a",
        sizes={"batch_size": 4, "steps": 7, "single_steps": 5},
        latency=calls,
        throughput=[[2 * s for s in turn] for turn in calls],
        deviations={"latency": 1e-8, "throughput": deviation},
    )
    assert isinstance(found, BenchInference)
    return found


def run_of(cell="gru", **model):
    return run_spec(
        *("sine", "pytorch", cell),
        model={"hidden_size": 3, **model},
        device="cpu",
        threads=1,
    )


def sequences(count=9, steps=4, lengths=None):
    x = np.arange(count * steps, dtype="f4").reshape(count, steps, 1)
    return Split(x / 99, np.zeros((count, 1), "f4"), lengths)


def test_every_round_begins_with_the_next_row():
    log = []

    def turn(name):
        log.append(name)
        return f"{name}{len(log)}"

    names = "abc"
    found = in_rounds([lambda n=n: turn(n) for n in names], 4)
    assert "".join(log) == "abc" + "bca" + "cab" + "abc"
    assert found[1] == ["b2", "b4", "b9", "b11"]


def test_one_sequence_has_the_median_length_of_the_many():
    lengths = np.array([4, 1, 2, 2, 3, 1, 1, 2, 2], np.int32)
    split = sequences(lengths=lengths)
    single, many = batches(split, 9)
    assert single.x.shape == (1, 2, 1)
    assert many.x.shape == (9, 4, 1)
    _, few = batches(split._replace(lengths=np.minimum(lengths, 2)), 9)
    assert few.x.shape == (9, 2, 1)
    with pytest.raises(UserError, match="10 is more than the 9 examples"):
        batches(split, 10)


def answers(run, examples, calls, job="inference", **more):
    fields = {"examples": str(examples), "calls": calls, **more}
    return do_job(job, run, fields, print)


@pytest.fixture
def said():
    return []


@pytest.fixture(autouse=True)
def fresh():
    """Models and files are kept by a process, which here is that of tests."""
    yield
    for kept in (timing.first_model, timing.examples, timing.onnx_session):
        kept.cache_clear()


def planned_rows(run, tmp_path, said):
    splits = batches(sequences(), 5)
    return list(planned([run], splits, tmp_path, said.append))


@pytest.fixture
def torch_here():
    """PyTorch in this process, as it was before."""
    importlib.import_module("pytorch_impl")  # its environment is set
    torch = importlib.import_module("torch")
    before = torch.get_num_threads(), torch.get_default_dtype()
    yield
    torch.set_num_threads(before[0])
    torch.set_default_dtype(before[1])


def test_a_row_times_its_calls_and_other_weights_deviate(
    torch_here, tmp_path, said
):
    row, *_ = planned_rows(run_of(), tmp_path, said)
    _, many = row.files
    assert answers(row.sent, many, 0)["deviation"] < 1e-5
    seconds = answers(row.sent, many, 4)["seconds"]
    assert len(seconds) == 4
    assert min(seconds) > 0
    other = replace(row.sent, seed=1)  # other initial weights
    assert answers(other, many, 0)["deviation"] > 1e-2


def test_onnx_runtime_has_a_row_with_the_outputs_of_the_reference(
    tmp_path, said
):
    pytest.importorskip("onnxruntime", reason="the extra export")
    ragged = {"model": "classifier", "input": "embedding", "input_size": 6}
    stateful = {"model": "language_model", "input": "onehot", "input_size": 6}
    for number, model in enumerate(({}, ragged, stateful)):
        run = run_of()
        spec = ModelSpec(cell="gru", hidden_size=3, output_size=2, **model)
        run = replace(run, model=spec)
        split = sequences()
        if model:
            split = split._replace(x=np.arange(36).reshape(9, 4) % 6)
        if model is ragged:
            ends = np.array([4, 1, 2, 2, 3, 1, 1, 2, 2], np.int32)
            split = split._replace(lengths=ends)
        place = tmp_path / str(number)
        place.mkdir()
        _, row = planned([run], batches(split, 5), place, said.append)
        assert row.run.framework == ONNX
        for file in row.files:
            found = answers(row.sent, file, 0, row.job, **row.request)
            assert found["deviation"] < 1e-5
        timed = answers(row.sent, file, 2, row.job, **row.request)
        assert len(timed["seconds"]) == 2
        timing.onnx_session.cache_clear()
    assert not said


def test_without_onnx_runtime_a_line_says_how_to_add_it(
    tmp_path, said, monkeypatch
):
    monkeypatch.setattr("comparisons.export.formats.find_spec", lambda m: None)
    (row,) = planned_rows(run_of(), tmp_path, said)
    assert row.job == "inference"
    (line,) = said
    assert line.startswith("no rows of ONNX Runtime: ")
    assert "pip install 'rnn-comparisons[export]'" in line


def test_a_cell_that_cannot_be_exported_has_no_row_of_onnx_runtime(
    tmp_path, said
):
    pytest.importorskip("onnxruntime", reason="the extra export")
    run = run_of("mgu", impl="scratch")
    (row,) = planned_rows(run, tmp_path, said)
    assert row.job == "inference"
    (line,) = said
    assert "no row of ONNX Runtime" in line
    assert "no cell 'mgu'" in line


def test_a_gpu_has_no_row_of_onnx_runtime(monkeypatch):
    pytest.importorskip("onnxruntime", reason="the extra export")
    monkeypatch.setattr(rows, "may_have_gpu", lambda: True)
    run = run_of()
    assert rows.onnx_fault(run) == ""
    for device in ("auto", "gpu"):
        assert "--device cpu" in rows.onnx_fault(replace(run, device=device))


def test_a_ratio_is_to_the_fastest_row_of_the_cell(capsys):
    found = [
        *(record("pytorch", 0.002), record("jax", 0.001)),
        record("keras", 0.0004, "rnn"),
    ]
    slow, fast, other = (times_fastest("latency", r, found) for r in found)
    assert slow.value == pytest.approx(2.0)
    assert fast is other is None
    print_inference(found, Console(width=80, highlight=False))
    shown = capsys.readouterr().out
    lines = [t.split() for t in shown.splitlines() if t.startswith(" PyTorch")]
    latency, throughput = lines
    # 2 ms; and 4 sequences in 4 ms: the slow call of a round does not count.
    assert latency[2:4] == ["2.00", "(2.00–2.00)"]
    assert throughput[2:4] == ["1,000", "(1,000–1,000)"]
    assert latency[4] == throughput[4] == "2.00"
    assert max(map(len, shown.splitlines())) <= 80
    assert "error" not in shown


def test_a_row_of_onnx_runtime_is_a_record_and_in_the_table(capsys):
    """It is none of the frameworks."""
    found = [record("pytorch", 0.002), record(ONNX, 0.001)]
    assert found[1].framework == found[1].spec.framework == ONNX
    print_inference(found, Console(width=80, highlight=False))
    assert "ONNX Runtime GRU" in capsys.readouterr().out


def test_outputs_that_deviate_are_an_error():
    assert errors([record("jax", 0.1, deviation=9e-5)]) == []
    (line,) = errors([record("jax", 0.1, deviation=2e-4)])
    assert line.startswith("error: JAX GRU, throughput: outputs deviate by 2e-")


@pytest.fixture
def in_process(torch_here, monkeypatch):
    """Jobs that run here."""

    @contextmanager
    def worker(name, run):
        yield lambda job, run, timeout, **fields: do_job(
            job, run, fields, print
        )

    monkeypatch.setattr(rounds, "fresh_worker", worker)
    monkeypatch.setattr(rows, "onnx_fault", lambda run: "absent")


def command(folder, *more):
    words = ["bench", "inference", "--task", "sine", "--frameworks", "pytorch"]
    words += ["--cells", "rnn", *TINY, "--out", str(folder), *more]
    return dispatch(words)


def test_raw_times_are_recorded_and_written(in_process, tmp_path, capsys):
    path = tmp_path / "times.json"
    more = ("--rounds", "6", "--inference-batch-size", "3")
    assert command(tmp_path, *more, "--json", str(path)) == 0
    (line,) = (tmp_path / "runs.jsonl").read_text().splitlines()
    found = json.loads(line)
    assert found["sizes"]["batch_size"] == 3
    assert found["sizes"]["hidden_size"] == 3
    counts = {kind: [len(c) for c in found[kind]] for kind in rounds.CALLS}
    assert counts == {k: [n] * 6 for k, n in rounds.CALLS.items()}
    assert max(found["deviations"].values()) < 1e-5
    names = [b["name"] for b in json.loads(path.read_text())["benchmarks"]]
    assert names == [
        "inference[pytorch-rnn-1 sequence]",
        "inference[pytorch-rnn-3 sequences]",
    ]
    assert "PyTorch RNN" in capsys.readouterr().out


def test_a_deviating_row_fails_the_command(in_process, tmp_path, monkeypatch):
    right = rows.forward
    monkeypatch.setattr(rows, "forward", lambda *a: 1.001 * right(*a))
    more = ("--rounds", "6", "--inference-batch-size", "3")
    assert command(tmp_path, *more) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--task translate", "'translate' decodes, step by step"),
        ("--task chatbot", "compare.py bench attention times that"),
        ("--task sine --init native", "needs --init matched, not native"),
        ("--task sine --precision float64", "float32, not float64"),
        ("--task sine --rounds 5", "--rounds must be at least 6, not 5"),
    ],
)
def test_what_has_no_comparable_outputs_is_refused(
    words, message, tmp_path, monkeypatch
):
    monkeypatch.setattr(inference, "measured", None)  # no process is started
    out = ["--out", str(tmp_path / "out")]
    with pytest.raises(UserError, match=message):
        dispatch(["bench", "inference", *words.split(), *out])
    assert not list(tmp_path.iterdir())
