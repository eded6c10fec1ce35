"""`compare.py exercise`: list, start, check, hint."""

import ast
import json

import pytest
from exercises.plants import answer_path
from factories.processes import assert_refused, compare, without

from comparisons.commands.exercise import check as command
from comparisons.compare import dispatch
from comparisons.exercises import check as client
from comparisons.exercises.files import template
from comparisons.exercises.progress import Progress, load_progress
from comparisons.frameworks import DEFAULT
from shared.errors import UserError
from shared.exercises import MILESTONES, exercises, get_exercise
from shared.exercises.grading import Verdict

RIGHT = Verdict("right", "largest deviation 0.0e+00 in 3 cases", (), 0.0)
TEXT = "bias lost: b is not added"
WRONG = Verdict("wrong", TEXT, (TEXT,), 0.5, "printed\n")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("framework", DEFAULT)
def test_a_started_file_is_signature_and_task_alone(framework):
    for exercise in exercises():
        text = template(exercise, framework)
        assert max(map(len, text.splitlines())) <= 80, exercise.number
        (function,) = ast.parse(text).body
        assert function.name == exercise.function
        assert [a.arg for a in function.args.args] == list(exercise.arguments)
        (docstring,) = function.body
        task = " ".join(docstring.value.value.split())
        for part in (exercise.title, *exercise.arguments.values()):
            assert " ".join(part.split()) in task
        for line in exercise.statement.splitlines():
            assert not line.startswith("    ") or f"    {line}\n" in text
        words = set(exercise.statement.split())
        assert words <= set(task.split())


def test_start_writes_once(folder, capsys):
    assert dispatch(["exercise", "start", "3.2", "--framework", "jax"]) == 0
    path = folder / "exercise_3_2_jax.py"
    assert capsys.readouterr().out == (
        "file: exercise_3_2_jax.py; check it: compare.py exercise check "
        "exercise_3_2_jax.py\n"
    )
    text = path.read_text()
    assert text.startswith("# exercise 3.2, framework jax\n")
    with pytest.raises(UserError, match="exists; move it"):
        dispatch(["exercise", "start", "3.2", "--framework", "jax"])
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("start 3.21 --framework jax", "unknown exercise '3.21'; did you mean"),
        ("start 3.2 --framework jx", "unknown framework 'jx'; did you mean"),
        ("start 3.2", "the following arguments are required: --framework"),
        ("strat 3.2", "unknown command 'strat'; did you mean 'start'?"),
        ("check nothing.py", "there is no file 'nothing.py'"),
        ("check .", "'.' is a folder, not the file of an answer"),
        ("check plain.py", "has no line '# exercise N, framework NAME'; give"),
        ("check old.py", "unknown framework 'torch'"),
        ("list --chapter 11", "unknown chapter '11'"),
        ("list --level 4", "--level must be at most 3"),
        ("list --progress plain.py", "'plain.py' is no file of progress; move"),
        ("list --progress list.json", "'list.json' is no file of progress"),
    ],
)
def test_wrong_words_are_one_line(folder, words, message):
    (folder / "plain.py").write_text("def f(): pass\n")
    (folder / "old.py").write_text("# exercise 1.1, framework torch\n")
    (folder / "list.json").write_text("[1]")
    with pytest.raises(UserError) as refused:
        dispatch(["exercise", *words.split()])
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_framework_that_is_not_installed_is_named(folder, tmp_path):
    path = folder / "a.py"
    path.write_text("# exercise 1.1, framework jax\n")
    env = without(tmp_path / "site", "jax", "flax")
    done = compare("exercise", "check", path, env=env)
    assert_refused(done, "'jax' is not installed (no jax and flax): pip ")


def test_the_check_is_recorded_and_milestones_are_ticked(
    folder, capsys, monkeypatch
):
    verdicts = [WRONG, *[RIGHT] * 5]
    monkeypatch.setattr(command, "check", lambda *_: verdicts.pop(0))
    numbers = MILESTONES["An RNN, a GRU and an LSTM from scratch"]
    codes = []
    for number in ("1.1", *numbers, "1.1"):
        (folder / "a.py").write_text(f"# exercise {number}, framework keras\n")
        codes.append(dispatch(["exercise", "check", "a.py"]))
    assert codes == [1, 0, 0, 0, 0, 0]
    done = capsys.readouterr()
    assert done.err == "printed\n"
    out = done.out.splitlines()
    assert out[0] == f"1.1 in Keras: wrong: {TEXT}"
    assert out[1] == "a hint: compare.py exercise hint 1.1"
    assert out[2].startswith("1.1 in Keras: right: largest deviation")
    milestone = "milestone: An RNN, a GRU and an LSTM from scratch"
    assert (out[-2], out.count(milestone)) == (milestone, 1)
    assert dispatch(["exercise"]) == 0
    out = capsys.readouterr().out
    assert "[x] An RNN, a GRU and an LSTM from scratch (4 of 4)\n" in out
    assert "[ ] Gradients through time (0 of 3): 2.1, 2.3, 2.4 to solve" in out
    row = next(line for line in out.splitlines() if "One step of a v" in line)
    assert row.split()[-1] == "x"
    stored = json.loads((folder / "results/exercises.json").read_text())
    entry = stored["answers"]["1.1"]["keras"]
    assert (entry["attempts"], entry["mistakes"]) == (3, [TEXT])
    assert entry["solved"].endswith("+00:00")


def test_a_chapter_and_a_level_are_listed_alone(folder, capsys):
    assert dispatch(["exercise", "--chapter", "7", "--level", "3"]) == 0
    out = capsys.readouterr().out
    assert "Beam search" in out
    assert "Teacher forcing" not in out
    assert "Truncated" not in out


def test_hints_come_one_by_one(folder, capsys):
    exercise = get_exercise("2.3")
    for _ in range(3):
        assert (
            dispatch(["exercise", "hint", "2.3", "--progress", "p.json"]) == 0
        )
    out = capsys.readouterr().out.splitlines()
    first, second = exercise.hints
    assert out == [
        f"hint 1 of 2: {first}",
        *2 * [f"hint 2 of 2: {second}"],
    ]
    assert load_progress(folder / "p.json").hints == {"2.3": 2}


def test_progress_is_restored_and_drops_what_is_no_more(tmp_path):
    progress = Progress(tmp_path / "p.json")
    progress.add("1.1", "jax", RIGHT)
    progress.add("1.1", "keras", WRONG)
    progress.add("99.1", "jax", RIGHT)
    progress.save()
    found = load_progress(progress.path)
    assert found.answers == {"1.1": progress.answers["1.1"]}
    assert found.solved("1.1", "jax")
    assert not found.solved("1.1", "keras")


def checked(path, source, seconds=60.0):
    """The verdict of a process of PyTorch."""
    return client.check(
        get_exercise("9.2"), "pytorch", source, path, seconds, 512
    )


def test_a_process_that_ends_or_hangs_is_a_verdict(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "GRACE", 1.0)
    start = "import os, time\ndef early_stopping(losses, patience):\n"
    path = tmp_path / "a.py"
    ends = checked(path, f"{start}    os._exit(3)\n")
    assert ends.text == "ends its process: exit status 3"
    hangs = checked(
        path,
        f"{start}    while True:\n        try: time.sleep(9)\n"
        "        except BaseException: pass\n",
        seconds=2.0,
    )
    assert hangs.text.startswith("too slow: no result after 2 s")
    hog = checked(path, f"{start}    return [0.0] * 10**10, 0\n")
    assert hog.text == "too much memory, line 3 of a.py"


def test_a_framework_that_cannot_be_imported_is_no_wrong_answer(
    tmp_path, monkeypatch
):
    class Ended:
        def __init__(self, module):
            self.reply = self.end = lambda *_: None

        def receive(self, timeout, on_event):
            raise client.WorkerError("failed", "the worker ended", "a\nno b\n")

    monkeypatch.setattr(client, "Worker", Ended)
    with pytest.raises(UserError, match="cannot be imported: no b"):
        checked(tmp_path / "a.py", "")


def test_the_command_checks_a_model_answer(folder):
    source = answer_path("3.2", "pytorch").read_text()
    path = folder / "answer.py"
    path.write_text(f"# exercise 3.2, framework pytorch\n{source}")
    done = compare("exercise", "check", path, "--progress", folder / "p.json")
    assert done.code == 0, done
    assert done.out.startswith("3.2 in PyTorch: right: largest deviation ")
    assert done.err == ""
    path.write_text(path.read_text().replace("r * u_n", "u_n"))
    done = compare("exercise", "check", path, "--progress", folder / "p.json")
    assert done.code == 1, done
    assert done.out.splitlines()[0] == (
        "3.2 in PyTorch: wrong: no reset gate: the candidate reads all of u_n"
    )
    assert load_progress(folder / "p.json").solved("3.2", "pytorch")
