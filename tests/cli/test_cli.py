"""The command line: flags from the records, errors that help, the plan."""

import dataclasses
from dataclasses import replace

import pytest

from comparisons import compare
from comparisons.arguments.flags.fields import FIXED
from comparisons.arguments.options import parse_options, words
from comparisons.frameworks import FRAMEWORKS
from comparisons.runs.plan import make_plan
from shared.errors import UserError
from shared.specs import CELLS
from shared.tasks import get_task, task_names
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


def flagged():
    for task in TASKS:
        found = get_task(task)
        for kind in ("model", "train", "data"):
            for item in dataclasses.fields(getattr(found, kind)):
                models = item.metadata.get("models") or [found.model.model]
                if item.name not in FIXED and found.model.model in models:
                    yield task, kind, item.name


TEXTS = {
    "data": __file__,
    "encoding": "latin-1",
    "text_column": "review",
    "label_column": "stars",
    "time_column": "when",
    "target_column": "price",
}
"""A value of each field that is a text."""

NEEDED = {
    "weight_decay": ("--optimizer", "adamw"),
    "clip_value": ("--clip-norm", "0"),
    **dict.fromkeys(TEXTS, ("--data", __file__)),
}
"""Field -> the flags without which it is refused."""

UNTIED = ("--tie-weights", "off")
ONE_WAY = ("--bidirectional", "off")
NEEDED_BY = {
    ("charlm", "tie_weights"): ("--embedding-size", "256"),
    ("digits", "speaker"): ("--split", "speaker"),
    ("chatbot", "hidden_size"): ONE_WAY,
    ("chatbot", "tie_weights"): ("--embedding-size", "256"),
    ("translate", "hidden_size"): ONE_WAY,
    ("translate", "tie_weights"): ("--embedding-size", "256"),
    ("wordlm", "embedding_size"): UNTIED,
    ("wordlm", "hidden_size"): UNTIED,
    ("wordlm", "folder"): ("--dataset", "ptb"),
}
"""The same of one task alone."""

VALUES = {
    ("seqmnist", "pixels"): 56,
    ("echo", "steps"): 50,
    ("digits", "speaker"): "george",
}
"""An admitted value, where the next number is none."""


def another(task, kind, name):
    """An admitted value of a field that is not its default."""
    if (task, name) in VALUES:
        return VALUES[task, name]
    record = getattr(get_task(task), kind)
    (item,) = [f for f in dataclasses.fields(record) if f.name == name]
    value, choices = getattr(record, name), item.metadata.get("choices")
    if isinstance(value, bool):
        return not value
    if choices:
        return choices[-1]
    if isinstance(value, str):
        return TEXTS.get(name, "a/folder")
    return value + 1 if isinstance(value, int) else value * 0.5 + 1e-3


@pytest.mark.parametrize(("task", "kind", "name"), list(flagged()))
def test_every_field_of_a_record_has_its_flag(task, kind, name):
    value = another(task, kind, name)
    text = {"True": "on", "False": "off"}.get(str(value), str(value))
    needed = NEEDED_BY.get((task, name), NEEDED.get(name, ()))
    given = ["--task", task, *needed]
    given += [f"--{name.replace('_', '-')}", text]
    choices = parse_options(given)
    assert name in choices.given
    found = getattr(getattr(choices.run, kind), name)
    assert found == value
    assert type(found) is type(value)


def test_a_field_that_the_model_ignores_has_no_flag():
    with pytest.raises(UserError, match="unknown flag '--pooling'"):
        parse_options(["--task", "sine", "--pooling", "mean"])
    with pytest.raises(UserError, match="unknown flag '--char-encoder'"):
        parse_options(["--task", "names", "--char-encoder", "on"])


def test_a_record_changed_in_the_specs_changes_the_run():
    choices = parse_options(
        [
            *("--task", "sine", "--hidden-size", "7", "--bidirectional"),
            *("--epochs", "2", "--window", "9", "--preset", "quick"),
            *("--cells", "gru", "--frameworks", "pytorch", "--seeds", "2"),
        ]
    )
    runs = make_plan(choices, "").runs
    assert [run.seed for run in runs] == [0, 1]
    for run in runs:
        assert (run.model.hidden_size, run.model.bidirectional) == (7, True)
        assert (run.train.epochs, run.data.window) == (2, 9)
        assert run.train.learning_rate == 2e-2  # of the preset
        assert run.train.seed == run.seed


def test_omitted_flags_are_left_to_the_preset():
    choices = parse_options(["--task", "sine"])
    task = choices.task
    assert choices.given == []
    assert (choices.run.data, choices.run.threads) == (task.data, task.threads)
    assert replace(choices.run.model, cell="lstm") == task.model
    assert choices.run.train == task.train
    assert choices.frameworks == ["pytorch", "keras", "jax"]
    assert choices.cells == ["rnn", "gru", "lstm"]
    assert (choices.seeds, choices.named) == (3, False)
    assert str(choices.out) == "results/sine"
    assert parse_options(["--task", "sine", "--preset", "quick"]).seeds == 1


@pytest.mark.parametrize("text", ["a b a", "a,b", "a, b", ",a,,b"])
def test_lists_take_spaces_and_commas(text):
    assert words(text.split()) == ["a", "b"]


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
        ("--task sine --learning-rate nan", "must be above 0.0, not nan"),
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


def test_ctrl_c_exits_130_and_says_that_records_are_saved(command, monkeypatch):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("comparisons.commands.run.main", interrupted)
    code, _, err = command("--task", "sine")
    assert code == 130
    assert "interrupted; what was measured is kept" in err


@pytest.mark.parametrize("goal", ["500", "20000"])
def test_matched_sizes_are_the_nearest_of_all(goal):
    choices = parse_options(
        f"--task sine --match-parameters {goal} --frameworks pytorch".split()
    )
    choices.cells = list(CELLS)
    data = choices.task.load(choices.task.data, 0)
    sizes = set()
    for run in make_plan(choices, "").runs:
        spec = run.model
        assert spec.output_size == data.output_size
        counts = {
            size: abs(
                count_parameters(dataclasses.replace(spec, hidden_size=size))
                - int(goal)
            )
            for size in range(1, 300)
        }
        assert counts[spec.hidden_size] == min(counts.values())
        sizes.add((run.cell, spec.hidden_size))
    assert len(sizes) == len(CELLS)


def test_a_framework_that_is_missing_is_an_error_only_by_name(monkeypatch):
    missing = {"jax": ["flax"]}
    monkeypatch.setattr(
        "comparisons.runs.plan.missing_modules",
        lambda name: missing.get(name, []),
    )
    plan = make_plan(parse_options(["--task", "sine"]), "")
    assert plan.unavailable == {"jax": "not installed: flax"}
    named = parse_options(["--task", "sine", "--frameworks", "pytorch", "jax"])
    with pytest.raises(UserError, match="'jax' is not installed: flax"):
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
