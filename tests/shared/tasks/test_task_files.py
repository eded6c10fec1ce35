"""Tasks of one's own: from a file, its errors, and from entry points."""

import os
from importlib.metadata import EntryPoint

import pytest

from comparisons.arguments.command_line import with_task_file
from comparisons.arguments.options import parse_options
from comparisons.commands import new_task
from comparisons.compare import dispatch
from comparisons.runs.plan import make_plan
from shared import tasks
from shared.errors import UserError
from shared.tasks import distributions, files, get_task, task_names

ONE = ("--frameworks", "pytorch", "--cells", "gru", "--seeds", "1")


@pytest.fixture
def wave(tmp_path, monkeypatch, capsys):
    """A new task's file; no file may be run yet."""
    monkeypatch.setenv(files.NAMED, "")
    path = tmp_path / "wave.py"
    assert new_task.main(["wave", "--out", str(path)]) == 0
    assert f"--task-file {path}" in capsys.readouterr().out
    return path


def options_of(path, *more):
    words = with_task_file("run", ["--task-file", str(path), *ONE, *more])
    return parse_options(words)


def plan_of(path):
    return make_plan(options_of(path, "--quiet"), "")


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_new_task_runs_from_its_file_with_its_own_flags(wave):
    options = options_of(wave, "--window", "12")
    assert options.run.task == str(wave)
    assert options.run.data.window == 12
    assert options.out.parts == ("results", "wave")
    (run,) = plan_of(wave).runs
    assert run.model.input_size == 1
    assert "wave" not in task_names()
    assert str(wave) in os.environ[files.NAMED]  # for the workers


def test_a_file_is_run_only_if_the_user_names_it(wave):
    with pytest.raises(UserError, match=f"--task-file {wave}"):
        get_task(str(wave))
    assert with_task_file("report", ["x", "--task-file", str(wave)]) == ["x"]
    assert get_task(str(wave)).name == "wave"


def test_a_relative_task_is_that_file(wave, monkeypatch):
    monkeypatch.chdir(wave.parent)
    run = parse_options(["--task", "wave.py", *ONE]).run
    assert run.task == str(wave)


def test_a_run_is_keyed_by_the_code_of_its_file(wave):
    before = plan_of(wave)
    keys = [before.key(k, before.runs[0]) for k in ("run", "baselines")]
    assert keys == [
        plan_of(wave).key(k, before.runs[0]) for k in ("run", "baselines")
    ]
    edit(wave, "uniform(8.0", "uniform(9.0")
    after = plan_of(wave)
    changed = [after.key(k, after.runs[0]) for k in ("run", "baselines")]
    assert not set(keys) & set(changed)


@pytest.mark.parametrize(
    "old, new, text",
    [
        ("def score(", "def score(:", ", line 47: invalid syntax"),
        ("= rng.uniform(0.0", "= rng.unifrm(0.0", ", line 34: load: Attrib"),
        ("import mae", "import mea", "line 12: ImportError"),
        ("TASK =", "MINE =", ": defines no TASK"),
        (
            '"forecaster"',
            '"forcaster"',
            "line 62: unknown model 'forcaster'",
        ),
        ('metric="rmse"', 'metric="rsme"', "gives 'rmse', 'mae', not the m"),
        ('better="lower"', 'better="low"', ": better: unknown value 'low'"),
        ('name="wave"', 'name="My wave"', ": name: 'My wave' is no name"),
        ('name="wave"', 'name="sine"', ": name: 'sine' is a task of this p"),
        ("data=Data()", "data=Data", ": data: is no instance"),
        ("load=load", "load=None", ": load: None is no function"),
        ('"epochs": 2', '"epoch": 2', ": presets: quick: train: unknown opt"),
        ('"epochs": 2', '"epochs": 2.5', "epochs must be a whole number, n"),
        ("hidden_size=32", 'hidden_size="32"', "line 62: hidden_size must be"),
        ('{"epochs": 2}', "2", ": presets: quick: train: 2 is no dict"),
        ('"seeds": 3', '"seeds": 0', ": presets: standard: seeds: 0 is no n"),
        ("@dataclass(", "raise SystemExit(3)\n@dataclass(", "SystemExit: 3"),
        ("scores_of(score, forecasts, dataset)", "[1]", "baselines: [1] is no"),
        ("threads=1", 'threads="one"', ": threads: 'one' is no int"),
        ("threads=1", "exhibits=3", ": exhibits: 3 is no function"),
        ("threads=1", 'monitor=("mae",)', ": monitor: ('mae',) is no pair"),
        ("threads=1", 'monitor=("mae", "low")', ": monitor: unknown value"),
        ("threads=1", "published=(1,)", ": published: 1 is no Published"),
        ('"epochs": 2', '"epochs": 0', ": presets: quick: train: epochs must"),
        ('"standard"', '"usual"', ": presets: 'standard', the default, is"),
        ('"seeds": 3', '"sedes": 3', "standard: unknown key 'sedes'; did"),
        ("    baselines=baselines,\n", "", "required positional argument: 'b"),
        (
            "np.random.default_rng(0)",
            "open('no.csv')",
            "load: FileNotFoundError",
        ),
        ("float32), y", "float64), y", ": load: train.x: is float64, not"),
        ("input_size=1", "input_size=2", "(N, T, D) with D = input_size 2"),
        ("output_size=1", "output_size=3", "(N, K) with K = output_size 3"),
        ("waves +=", "waves[-1, -1] += np.nan\n    waves +=", "test.y: 1 val"),
        ("    return Dataset(", "    return (", ""),
        ("waves[:, -1:] ", "waves[1:, -1:] ", "test.y: 199 targets of 200"),
        ('"last value"', '"last value": {}, "x"', "baselines: "),
    ],
)
def test_an_error_names_the_file_and_the_field(wave, old, new, text):
    edit(wave, old, new)
    with pytest.raises(UserError) as refused:
        plan = plan_of(wave)
        get_task(str(wave)).baselines(
            get_task(str(wave)).load(plan.runs[0].data, 0)
        )
    assert str(refused.value).startswith(str(wave))
    assert text in str(refused.value)


def test_a_missing_file_and_two_tasks_are_refused(wave):
    for words, text in (
        (["--task-file", "no.py"], "cannot read task file"),
        (["--task-file", "no.txt"], "does not end in .py"),
        (["--task-file", "a.py", "--task", "sine"], "name two tasks"),
    ):
        with pytest.raises(UserError, match=text):
            dispatch(words)


def test_a_new_task_overwrites_nothing(wave):
    for words, text in (
        (["wave", "--out", str(wave)], "exists; move it"),
        (["sine"], "a task has the name 'sine'"),
        (["My wave"], "is no name"),
    ):
        with pytest.raises(UserError, match=text):
            new_task.main(words)


@pytest.fixture
def installed(monkeypatch):
    def install(name, value="shared.tasks.template:TASK"):
        point = EntryPoint(name, value, distributions.GROUP)
        for module in (files, distributions, tasks):
            monkeypatch.setattr(module, "installed", lambda: {name: point})
        distributions.task_of_entry_point.cache_clear()

    yield install
    distributions.task_of_entry_point.cache_clear()


def test_a_distribution_brings_a_task(installed):
    assert files.source_digest("sine") == ""
    installed("template")
    assert "template" in task_names()
    run = parse_options(["--task", "template", *ONE]).run
    assert run.task == "template"
    assert len(files.source_digest("template")) == 64


@pytest.mark.parametrize(
    "name, value, text",
    [
        ("other", "shared.tasks.template:TASK", "'template' is not 'other'"),
        ("lost", "no_such_module:TASK", "lost = no_such_module:TASK'"),
        ("sine", "shared.tasks.fundamentals.sine", "a task of this package"),
    ],
)
def test_an_entry_point_that_is_wrong_is_named(installed, name, value, text):
    installed(name, value)
    with pytest.raises(UserError, match="entry point") as refused:
        get_task(name)
    assert text in str(refused.value)


@pytest.mark.parametrize(
    "made, text",
    [
        ("1 / 0", "line 66: details: ZeroDiv"),
        ("object()", ": details: TypeErr"),
    ],
)
def test_details_that_fail_or_are_no_json_are_located(wave, made, text):
    edit(wave, "threads=1", f"details=lambda *given: {made}")
    plan_of(wave)
    task = get_task(str(wave))
    with pytest.raises(UserError) as refused:
        task.details(None, None)
    assert text in str(refused.value)
