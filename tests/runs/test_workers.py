"""Workers: what they answer, when they end, what they import."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from factories.processes import PYTORCH, TINY, run
from factories.specs import run_spec

import pytorch_impl
from comparisons.arguments.options import parse_options
from comparisons.records.store import Store, StoreError
from comparisons.runs.engines import alone
from comparisons.runs.plan import make_plan
from comparisons.runs.progress import make_progress
from comparisons.runs.runner import Runner
from comparisons.worker.check import short_job
from comparisons.worker.jobs import Job

CELLS = ("rnn", "gru", "lstm")
FLAGS = (*TINY, *PYTORCH, "--cells", *CELLS, "--seeds", "2")

RUNNER = (
    *("compare", "frameworks", "arguments.options", "runs.plan"),
    *("runs.progress", "runs.runner", "runs.processes", "report"),
    *("runs.best_checkpoints", "records.environment", "records.store"),
    *("analysis.findings", "analysis.statistics", "analysis.summary"),
    *("analysis.tables", "commands.run", "commands.verify", "bench.steps"),
    *("commands.inspect", "commands.trained.predict"),
)


def test_a_worker_answers_a_wrong_line_and_lives_on():
    lines = [
        '{"task": "sine"',
        '{"task": "sien", "framework": "pytorch", "cell": "rnn"}',
        '{"job": "baselines", "task": "sine", "framework": "pytorch", '
        '"cell": "rnn"}',
    ]
    command = [sys.executable, "-m", "comparisons.worker"]
    done = run(command, text="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [a["event"] for a in answers] == ["error", "error", "result"], done
    assert [a["fixable"] for a in answers[:2]] == [False, True]
    assert "did you mean 'sine'?" in answers[1]["message"]


def test_a_process_ends_with_the_last_run_of_its_row(tmp_path, monkeypatch):
    living, seen = set(), []

    class Idle:
        """A worker that does nothing but live."""

        alive = True

        def __init__(self):
            living.add(self)

        def send(self, job, run, extra):
            self.row = run.cell

        def receive(self, timeout, on_event):
            return {"result": {}}

        def ask(self, job, run, timeout, on_event, **extra):
            seen.append((run.cell, run.seed, {w.row for w in living}))
            return {"result": {"status": "diverged"}}

        def end(self):
            living.discard(self)

    monkeypatch.setattr(alone, "Worker", Idle)
    choices = parse_options([*FLAGS, "--out", str(tmp_path)])
    store = Store(tmp_path)
    progress = make_progress(True)
    Runner(make_plan(choices, ""), store, choices, progress).run()
    store.close()
    rows = {*CELLS}
    assert seen == [
        *((cell, 0, rows) for cell in CELLS),
        *(("rnn", 1, rows), ("gru", 1, rows - {"rnn"})),
        ("lstm", 1, {"lstm"}),
    ]
    assert not living


def moved(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def replaced(folder: Path) -> None:
    shutil.rmtree(folder)
    Store(folder).close()


@pytest.mark.parametrize("lose", [shutil.rmtree, moved, replaced])
@pytest.mark.parametrize("epochs", [0, 1])
def test_a_run_ends_when_its_folder_is_gone(
    tmp_path, monkeypatch, lose, epochs
):
    out, seen = tmp_path / "out", []

    class Losing:
        """A worker whose folder is lost while it trains."""

        alive = True

        def send(self, job, run, extra):
            pass

        def receive(self, timeout, on_event):
            if not epochs and "lost" not in seen:
                seen.append("lost")
                lose(out)
            return {"result": {}}

        def ask(self, job, run, timeout, on_event, **extra):
            seen.append("trained")
            lose(out)
            on_event({"event": "epoch"})
            seen.append("went on")

        def end(self):
            seen.append("ended")

    monkeypatch.setattr(alone, "Worker", Losing)
    choices = parse_options([*TINY, *PYTORCH, "--out", str(out)])
    store = Store(out)
    monkeypatch.setattr(store, "append", store.records.append)
    progress = make_progress(True)
    with pytest.raises(StoreError, match="removed or replaced"):
        Runner(make_plan(choices, ""), store, choices, progress).run()
    store.close()
    assert "went on" not in seen
    assert ("trained" in seen) == bool(epochs)
    assert "ended" in seen


@pytest.mark.parametrize("threads", [0, 1])
def test_equivalence_checks_do_not_change_the_threads_of_training(
    monkeypatch, threads
):
    # JAX has for good the number of threads that it starts with.
    seen = []
    monkeypatch.setattr(pytorch_impl, "configure", lambda *a: seen.append(a))
    spec = run_spec("sine", "pytorch", "rnn", init="native", threads=threads)
    assert short_job(Job(spec, pytorch_impl)) == {"deviations": []}
    assert seen == [("auto", threads, "float32", 0)]


def test_the_runner_imports_no_framework():
    program = (
        "import importlib, sys\n"
        f"for name in {RUNNER!r}:\n"
        "    importlib.import_module('comparisons.' + name)\n"
        "barred = {'torch', 'tensorflow', 'keras', 'jax', 'flax', 'optax'}\n"
        "print(sorted(barred & sys.modules.keys()))\n"
    )
    done = run([sys.executable, "-c", program])
    assert done.out == "[]\n", done
