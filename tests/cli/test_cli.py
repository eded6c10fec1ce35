"""The command line: flags from the records, errors that help, the plan."""

import dataclasses

import pytest

from comparisons import compare
from comparisons.arguments.options import DEFAULT_CELLS, parse_options
from comparisons.frameworks import FRAMEWORKS
from comparisons.runs.plan import make_plan
from shared.errors import UserError
from shared.specs import CELLS
from shared.tasks import task_names
from shared.weights.flops import count_parameters

TASKS = task_names()


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """Runs `compare.py` here: exit code, standard output and error."""
    monkeypatch.setattr(compare.signal, "signal", lambda *args: None)
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr(compare.sys, "argv", ["compare.py", *arguments])
        with pytest.raises(SystemExit) as left:
            compare.main()
        return left.value.code, *capsys.readouterr()

    return call


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--task sien", "unknown task 'sien'; did you mean 'sine'?"),
        ("--task sine --frameworks pytorh", "did you mean 'pytorch'?"),
        ("--task sine --frameworks jax,kers", "'kers'; did you mean 'keras'?"),
        (
            "--task sine --cells lsmt",
            "unknown cell 'lsmt'; did you mean 'lstm'",
        ),
        ("--task sine --preset quik", "did you mean 'quick'?"),
        ("--task sine --hiden-size 8", "did you mean '--hidden-size'?"),
        ("--task sine --init matchd", "did you mean 'matched'?"),
        ("--task sine --device gpus", "did you mean 'gpu'?"),
        ("--task sine --optimizer adan", "did you mean 'adam'?"),
        (
            "--task translate --attention bahdanu",
            "unknown attention 'bahdanu'; did you mean 'bahdanau'?",
        ),
        ("verfy", "unknown command 'verfy'; did you mean 'verify'?"),
        ("--quiet", "--task is missing; choices: "),
        ("--task", "--task: expected one argument"),
        (
            "--task sine --hidden-size 0",
            "hidden_size must be at least 1, not 0",
        ),
        (
            "--task sine --hidden-size big",
            "--hidden-size: 'big' is not a whole number",
        ),
        (
            "--task sine --learning-rate -0.1",
            "learning_rate must be above 0.0, not -0.1",
        ),
        ("--task sine --learning-rate nan", "must be finite, not nan"),
        ("--task sine --dropout 1", "dropout must be below 1.0, not 1.0"),
        ("--task sine --seeds 0", "seeds must be at least 1, not 0"),
        ("--task sine --timeout 0", "timeout must be at least 1, not 0.0"),
        ("--task sine --threads -1", "threads must be at least 0, not -1"),
        ("--task sine --frameworks ,", "',' names nothing"),
        ("--task sine --cells ,", "',' names nothing"),
        ("--task sine --bidirectional maybe", "'maybe' is neither on nor off"),
        ("--task sine --batch-size 99999", "batch_size 99999 is more than"),
        ("--task sine --weight-decay 0.1", "needs optimizer adamw, not adam"),
        ("--task sine --match-parameters 3", "match_parameters 3 is less than"),
        ("--task sine --match-parameters -3", "must be at least 0, not -3"),
    ],
)
def test_a_wrong_command_is_one_line_and_code_2(command, arguments, message):
    code, out, err = command(*arguments.split())
    assert (code, out) == (2, ""), err
    assert err.startswith("compare.py: ")
    assert message in err
    assert err.count("\n") == 1


def test_the_list_names_all_choices(command):
    code, out, _ = command("list")
    assert code == 0
    for task in TASKS:
        assert f"task {task}: " in out
    for name in FRAMEWORKS:
        assert f"framework {name}: " in out
    assert f"cells: {', '.join(CELLS)}" in out


def test_the_help_shows_flags_with_their_defaults(command):
    code, out, _ = command("--task", "sine", "--help")
    assert code == 0
    text = " ".join(out.split())
    hidden = "hidden units H of each recurrent layer (default: 32)"
    assert f"--hidden-size N {hidden}" in text
    assert "--optimizer adam|adamw|rmsprop|sgd" in text


def test_the_help_of_bench_names_its_own_flags(command):
    for tool, flag in (
        (("bench", "steps"), "--hidden-sizes N"),
        (("bench", "generation"), "--lengths N"),
    ):
        code, out, _ = command(*tool, "--help")
        assert code == 0
        assert out.startswith(f"usage: compare.py {' '.join(tool)} ")
        assert flag in out


@pytest.mark.parametrize(
    ("words", "module", "continued"),
    [
        ("--task sine", "comparisons.commands.run", True),
        ("bench --task sine", "comparisons.bench.steps", False),
    ],
)
def test_ctrl_c_exits_130_and_says_that_records_are_saved(
    command, monkeypatch, words, module, continued
):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"{module}.main", interrupted)
    code, _, err = command(*words.split())
    assert code == 130
    assert "interrupted; what was measured is kept" in err
    assert ("the same command continues" in err) is continued


@pytest.mark.parametrize("goal", ["500", "20000"])
def test_matched_sizes_are_the_nearest_of_all(goal):
    choices = parse_options(
        f"--task sine --match-parameters {goal} --frameworks pytorch "
        "--impl scratch".split()
    )
    choices.cells = list(CELLS)
    data = choices.task.load(choices.task.data, 0)
    sizes = set()
    for run in make_plan(choices, "").runs:
        spec, nearest = run.model, run.model.hidden_size
        assert spec.output_size == data.output_size
        counts = {
            size: abs(
                count_parameters(dataclasses.replace(spec, hidden_size=size))
                - int(goal)
            )
            for size in {*range(1, 300), *range(nearest - 1, nearest + 2)}
        }
        assert counts[nearest] == min(counts.values())
        sizes.add((run.cell, spec.hidden_size))
    assert len(sizes) == len(CELLS)


def test_a_framework_that_is_missing_is_an_error_only_by_name(monkeypatch):
    missing = {"jax": ["flax"]}
    monkeypatch.setattr(
        "comparisons.arguments.extras.missing_modules",
        lambda name: missing.get(name, []),
    )
    plan = make_plan(parse_options(["--task", "sine"]), "")
    assert plan.absent == ("jax",)
    assert {run.framework for run in plan.runs} == {"pytorch", "keras"}
    assert {run.seed for run in plan.proved} == {0}
    assert len(plan.proved) == 2 * len(DEFAULT_CELLS)
    named = parse_options(["--task", "sine", "--frameworks", "pytorch", "jax"])
    message = r"'jax' is not installed \(no flax\): pip install "
    with pytest.raises(UserError, match=message):
        make_plan(named, "")


def test_runs_are_ordered_in_rounds_of_seeds():
    cells = ("--cells", "rnn", "gru")
    choices = parse_options(["--task", "sine", "--seeds", "2", *cells])
    runs = make_plan(choices, "").runs
    rounds = [(r.framework, r.cell) for r in runs if r.seed == 0]
    assert rounds == [
        (framework, cell)
        for framework in ("pytorch", "keras", "jax")
        for cell in ("rnn", "gru")
    ]
    assert [(r.framework, r.cell) for r in runs] == rounds * 2
    assert [r.seed for r in runs] == [0] * 6 + [1] * 6
