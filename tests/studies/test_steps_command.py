"""The command that prints every step of a cell."""

import csv
import importlib
import sys
from dataclasses import replace

import numpy as np
import pytest
from factories.processes import compare, run
from factories.specs import run_spec

from comparisons.compare import dispatch
from comparisons.equivalence.case import Case
from comparisons.studies.steps import command
from comparisons.studies.steps.example import expected
from comparisons.worker.jobs import Job
from comparisons.worker.messages import dumps, loads
from comparisons.worker.requests import Example
from comparisons.worker.studies.unroll import unroll_example
from shared.errors import UserError
from shared.specs import ModelSpec
from shared.weights.checkpoints import Checkpoint, save_checkpoint

SINE = (
    *("study", "steps", "--task", "sine", "--preset", "quick"),
    *("--hidden-size", "4", "--train-sequences", "80", "--quiet"),
    *("--threads", "1"),
)


@pytest.fixture
def here(monkeypatch):
    """Frameworks answer in this process."""

    def ask(job, run, timeout, **request):
        assert job == "unroll"
        implementation = importlib.import_module(f"{run.framework}_impl")
        found = unroll_example(Job(run, implementation, request))
        return loads(dumps({n: np.array(a) for n, a in found.items()}))

    monkeypatch.setattr(command, "ask_once", ask)


def lines(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_command_shows_and_writes_every_step(here, tmp_path, capsys):
    flags = ("--cell", "gru", "--example", "2", "--out", str(tmp_path))
    assert dispatch([*SINE, *flags]) == 0
    out = capsys.readouterr().out
    shown = [line for line in out.splitlines() if not line.startswith("files")]
    assert max(map(len, shown)) <= 80
    for name in ("PyTorch", "Keras", "JAX"):
        assert f"\n {name} " in out
    rows = lines(tmp_path / "steps-gru.csv")
    values = {}
    for row in rows:
        key = (row["framework"], row["quantity"])
        values.setdefault(key, []).append(float(row["value"]))
    frameworks = {framework for framework, _ in values}
    assert frameworks == {"pytorch", "keras", "jax", "reference"}
    window = 20
    for name in ("r", "z", "n", "h"):
        for framework in frameworks:
            found = values[framework, f"rnn.0.{name}"]
            assert len(found) == window * 4
            np.testing.assert_allclose(
                found, values["reference", f"rnn.0.{name}"], atol=1e-5
            )
    ends = {row["step"] for row in rows if row["quantity"] == "outputs"}
    assert ends == {str(window)}
    command = [int(row["step"]) for row in rows if row["quantity"] == "endings"]
    assert sorted(set(command)) == list(range(1, window + 1))
    picture = tmp_path / "steps-gru.png"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_framework_that_deviates_is_named_and_ends_with_1(
    tmp_path, monkeypatch, capsys
):
    def ask(job, run, timeout, **request):
        request["model"] = ModelSpec(**request["model"])
        found = expected(Example(**request), run.seed)
        wrong = found["rnn.0.z"] + (run.framework == "keras") * 1e-3
        return {**found, "rnn.0.z": wrong}

    monkeypatch.setattr(command, "ask_once", ask)
    arguments = [*SINE, "--cell", "gru", "--out", str(tmp_path)]
    assert dispatch(arguments) == 1
    out = capsys.readouterr().out
    assert "Keras: rnn.0.z deviates from the reference by 1.3e-03" in out
    assert "JAX: rnn" not in out
    assert dispatch([*arguments, "--framework", "jax"]) == 0


LATE = ("torch", "tensorflow", "keras", "jax", "pandas", "pyarrow")
"""What stays out of the process of the command."""

LIGHT = (
    *("studies.steps.command", "records.schema", "compare"),
    *("commands.run", "commands.sweep", "bench.steps", "commands.score"),
    *("runs.runner", "runs.best_checkpoints", "worker.train"),
)


def test_the_commands_process_imports_nothing_heavy():
    names = ", ".join(f"comparisons.{name}" for name in LIGHT)
    program = (
        f"import sys, {names}; print(sorted(sys.modules.keys() & set({LATE})))"
    )
    done = run([sys.executable, "-c", program])
    assert done.out.strip() == "[]", done


def test_a_checkpoint_is_unrolled_with_its_own_weights(tmp_path):
    path = tmp_path / "a.safetensors"
    case = Case("forecaster", "rnn", "values", "native", 1, False, False)
    model = replace(case.spec(), input_size=1, output_size=1)
    weights = {
        "rnn.0.w_ih": np.zeros((1, 5), np.float32),
        "rnn.0.w_hh": np.zeros((5, 5), np.float32),
        "rnn.0.b_ih": np.full(5, 0.5, np.float32),
        "head.weight": np.ones((5, 1), np.float32),
        "head.bias": np.zeros(1, np.float32),
    }
    run = run_spec("sine", "jax", "rnn", seed=1)
    save_checkpoint(path, Checkpoint(run, model, weights))
    words = ["study", "steps", "--checkpoint", str(path)]
    arguments = (*words, "--out", tmp_path)
    done = compare(*arguments, "--framework", "pytorch")
    assert done.code == 0, done
    assert "trained weights" in done.out
    for row in lines(tmp_path / "steps-rnn.csv"):
        if row["quantity"] == "rnn.0.h":
            assert float(row["value"]) == pytest.approx(np.tanh(0.5))
    for flags, message in (
        (("--task", "names"), "sine rnn.* names"),
        (("--cell", "gru"), "sine rnn.* gru"),
        (("--hidden-size", "9"), "--hidden-size"),
    ):
        with pytest.raises(UserError, match=message):
            dispatch([*words, *flags])


@pytest.mark.parametrize(
    ("arguments", "texts"),
    [
        (("study",), ["steps"]),
        (("study", "step"), ["'step'", "did you mean 'steps'?"]),
        ((*SINE, "--text", "Ivan"), ["'sine' reads no text", "--example"]),
        ((*SINE, "--example", "99999"), ["99999", "only 0 to"]),
        ((*SINE, "--text", "a", "--example", "0"), ["choose one"]),
        ((*SINE, "--init", "native"), ["--init native"]),
        ((*SINE, "--cell", "lst"), ["'lst'", "did you mean 'lstm'?"]),
        (("study", "steps"), ["--task is missing"]),
    ],
)
def test_impossible_options_are_refused_in_one_line(arguments, texts):
    with pytest.raises(UserError) as refused:
        dispatch([*arguments])
    assert "\n" not in str(refused.value)
    for text in texts:
        assert text in str(refused.value)


def test_outputs_at_each_step_are_labelled_as_of_a_prefix(here, tmp_path):
    flags = ("--task", "echo", "--preset", "quick", "--steps", "12")
    flags += ("--framework", "pytorch", "--cell", "gru", "--quiet")
    flags += ("--threads", "1", "--out", str(tmp_path))
    assert dispatch(["study", "steps", *flags]) == 0
    values = {"outputs": [], "endings": []}
    for row in lines(tmp_path / "steps-gru.csv"):
        if row["framework"] == "reference" and row["quantity"] in values:
            values[row["quantity"]].append(float(row["value"]))
    assert len(values["outputs"]) % 12 == 0
    np.testing.assert_allclose(values["endings"], values["outputs"])
