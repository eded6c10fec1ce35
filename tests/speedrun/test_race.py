"""The clock, the table, and the runs that are left to do."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from factories.specs import run_spec
from factories.speedruns import attempt

from comparisons.arguments.command_line import command_of, parse
from comparisons.records.store import Store
from comparisons.runs.progress import Silence
from comparisons.speedrun import race
from comparisons.speedrun.plan import make_speedruns
from comparisons.speedrun.table import TABLE, goal_of, goals_in
from comparisons.worker.jobs import do_job
from comparisons.worker.speedrun import Finish, compile_seconds
from shared.errors import UserError

TINY = """
threads = 1
seeds = 2

[sine]
metric = "rmse"
target = {target}
data_options = ["train_sequences"]
preset = "quick"
cells = ["gru"]
epochs = 3
hidden-size = 8

[sine.pytorch]
epochs = 4
batch_size = 128
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.toml"
    path.write_text(TINY.format(target=0.2))
    return path


def planned(table, *flags):
    words = ["--task=sine", "--table", str(table), "--frameworks", "pytorch"]
    return make_speedruns([*words, *flags])


def finish(better, target, scores, validate_from=1):
    """The laps of a training that validates these scores, one an epoch."""
    task = SimpleNamespace(validation_better=better)
    train = SimpleNamespace(epochs=len(scores))
    values, events = iter(scores), []
    recorder = SimpleNamespace(
        task=task,
        train=train,
        emit=lambda message: events.append(message["event"]),
        validate=lambda: next(values),
    )
    found = Finish(recorder, target, validate_from, since=0.0)
    any(found.on_epoch_end(epoch, 1.0) for epoch in range(len(scores)))
    return found.laps, events


@pytest.mark.parametrize(
    ("better", "target", "scores", "epochs"),
    [
        ("higher", 0.8, (0.7, 0.79, 0.8, 0.9), 3),
        ("lower", 1.5, (1.7, 1.51, 1.5, 1.4), 3),
        ("higher", 0.8, (0.7, 0.7), 2),
    ],
)
def test_a_training_stops_at_the_target_and_not_before(
    better, target, scores, epochs
):
    laps, events = finish(better, target, scores)
    assert [lap["validation"] for lap in laps] == [*scores[:epochs]]
    assert events.count("reached") == (target in scores)


def test_no_validation_counts_before_the_first_epoch_validated():
    laps, _ = finish("higher", 0.8, (0.9, 0.9), validate_from=2)
    assert ["validation" in lap for lap in laps] == [False, True]


def test_compilation_is_what_the_first_epoch_takes_beyond_the_later():
    assert compile_seconds([5.0, 2.0, 3.0, 2.0]) == 3.0
    assert compile_seconds([5.0]) is None


class Clock:
    """A clock that a process' start and its training move."""

    now = 0.0

    def perf_counter(self):
        return self.now


def test_the_clock_starts_before_the_process_and_stops_at_the_score(
    monkeypatch,
):
    clock = Clock()

    class Process:
        def __init__(self, cores, env):
            clock.now += 2.0

        def ask(self, job, run, timeout, on_event, since, **request):
            assert since == 0.0
            clock.now += 3.0
            on_event({"event": "reached"})
            clock.now += 10.0  # after the score
            return {"result": {"attempt": attempt(0, None)}}

        def end(self):
            pass

    monkeypatch.setattr(race, "Worker", Process)
    monkeypatch.setattr(race, "time", clock)
    run = run_spec("sine", "pytorch", "gru")
    found = race.cold_run(run, {}, 1.0, (), print)
    assert found["attempt"]["reached"] == 5.0
    assert found["seconds"] == 15.0


def test_settings_come_from_the_table_unless_they_are_given(table):
    words = ["--task=sine", "--hidden-size", "4"]
    speedruns = planned(table, *words[1:])
    (run, _) = (run for _, run in speedruns.runs)
    assert run.model.hidden_size == 4  # given
    assert (run.train.epochs, run.train.batch_size) == (4, 128)  # of PyTorch
    assert (run.preset, run.threads, run.cell) == ("quick", 1, "gru")
    jax = goal_of("sine", table).words(words, "jax")
    assert "--epochs=3" in jax
    assert not any("batch" in word for word in jax)


def test_each_setting_of_the_table_can_be_parsed():
    for task, goal in goals_in().items():
        for framework in ("pytorch", *goal.frameworks):
            words = goal.words([f"--task={task}"], framework)
            assert parse("speedrun", words).device == "cpu"


def test_the_task_is_named_with_and_without_its_flag():
    flags = ["--epochs", "3"]
    named = ("speedrun", ["--task=names", *flags])
    assert command_of(["speedrun", "names", *flags]) == named
    assert command_of(["speedrun", *named[1]]) == named


def test_what_is_not_in_the_table_is_refused(table):
    with pytest.raises(UserError, match="did you mean 'names'"):
        goal_of("name", TABLE)
    with pytest.raises(UserError, match=r"noise.*may change.*train_sequences"):
        planned(table, "--noise", "0.5")
    with pytest.raises(UserError, match="not exact"):
        planned(table, "--precision", "bf16")
    table.write_text('[sine]\nmetric = "mae"\ntarget = 1.0\n')
    with pytest.raises(UserError, match="validates by 'rmse'"):
        goal_of("sine", table)
    table.write_text('[sine]\nmetric = "rmse"\n')
    with pytest.raises(UserError, match="lacks target"):
        goal_of("sine", table)


def test_an_interrupted_command_continues(table, tmp_path, monkeypatch):
    speedruns = planned(table, "--out", str(tmp_path / "out"))
    ran = []

    def cold_run(run, *others):
        if len(ran) == 1:
            ran.append(None)
            raise KeyboardInterrupt
        ran.append(run.seed)
        return {"attempt": attempt(run.seed, 5.0), "status": "ok"}

    monkeypatch.setattr(race, "cold_run", cold_run)
    store = Store(speedruns.out)
    with pytest.raises(KeyboardInterrupt):
        race.race(speedruns, store, Silence())
    found = race.race(speedruns, store, Silence())
    store.close()
    assert ran == [0, None, 1]
    assert [r.attempt.seed for r in found] == [0, 1]


@pytest.mark.torch
def test_a_training_reports_its_times_and_scores(table):
    ((group, run), _) = planned(table).runs
    events = []
    request = {"target": 1e9, "validate_from": 2, "since": 0.0}
    found = do_job("speedrun", run, request, events.append)
    laps = found["attempt"]["laps"]
    assert [lap["epoch"] for lap in laps] == [0, 1]  # every RMSE is below
    assert [e["event"] for e in events] == ["epoch", "reached", "epoch"]
    parts = found["attempt"]["parts"]
    assert sum(parts.values()) == pytest.approx(laps[-1]["seconds"], abs=0.5)
    assert group.fields(run)["target"] == 0.2
