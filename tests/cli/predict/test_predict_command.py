"""What `compare.py predict` reads, prints and refuses; no worker starts."""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from factories.specs import run_spec

from comparisons.arguments import extras
from comparisons.arguments.texts import STEPS
from comparisons.commands.trained import predict
from comparisons.commands.trained.predict_output import Answer, print_table
from comparisons.compare import dispatch
from comparisons.equivalence.case import Case
from comparisons.records.checkpoints import load_checkpoint
from shared.batching.chunks import PREDICTION_CHUNK
from shared.errors import UserError
from shared.reference import model as reference_model
from shared.task import Prediction
from shared.weights.checkpoints import WEIGHTS, Checkpoint, save_checkpoint

CASE = Case("classifier", "gru", "embedding", "native", 1, True, True)
LABELS = ["A", "Be", "[red]", "Delta"]
METADATA = {"characters": "abcdef", "classes": LABELS}


@pytest.fixture
def folder(tmp_path):
    """A folder as of best/, for names in six letters."""
    run = run_spec("names", "jax", "gru", seed=3)
    weights = {name: 3.0 * w for name, w in CASE.weights().items()}
    result = {"metric": "accuracy", "validation": 0.5}
    saved = Checkpoint(run, CASE.spec(), weights, METADATA, result)
    save_checkpoint(tmp_path / "jax-gru" / WEIGHTS, saved)
    return tmp_path / "jax-gru"


@pytest.fixture
def shapes(monkeypatch):
    """The numpy reference in place of a worker; the shapes that it gets."""
    shapes = []

    def ask(job, path, x, lengths):
        assert job == "predict"
        shapes.append(np.shape(x))
        found = load_checkpoint(Path(path))
        outputs = reference_model.forward(
            found.model, found.weights, x, lengths
        )
        return {"outputs": outputs}

    @contextmanager
    def model_worker(trained, framework, timeout):
        yield ask

    monkeypatch.setattr(predict, "model_worker", model_worker)
    return shapes


def say(capsys, folder, *arguments):
    """The lines that the command prints."""
    words = ["predict", "--checkpoint", str(folder), *map(str, arguments)]
    assert dispatch(words) == 0
    return capsys.readouterr().out.splitlines()


def words(count):
    """Distinct names in six letters, of many lengths."""
    rng = np.random.default_rng(0)
    sizes = rng.integers(1, 40, count)
    return ["".join(rng.choice(list("abcdef"), size)) for size in sizes]


def test_many_lines_are_batched_and_printed_in_order(
    tmp_path, folder, shapes, capsys
):
    texts, file = words(2 * PREDICTION_CHUNK + 3), tmp_path / "names.txt"
    file.write_text("\n".join(texts))
    lines = say(capsys, folder, "--file", file, "--format", "json")
    shown = [json.loads(line) for line in lines]
    assert [line["text"] for line in shown] == texts
    assert [shape[0] for shape in shapes] == [
        PREDICTION_CHUNK,
        PREDICTION_CHUNK,
        3,
    ]
    assert all(shape[1] % STEPS == 0 for shape in shapes)
    alone = say(capsys, folder, "--text", texts[-1], "--format", "json")
    one = json.loads(alone[0])
    np.testing.assert_allclose(one["outputs"], shown[-1]["outputs"], atol=1e-6)
    (says,) = one["predictions"]
    assert says["label"] == LABELS[int(np.argmax(one["outputs"]))]
    assert sorted(says["probabilities"]) == sorted(LABELS)
    assert sum(says["probabilities"].values()) == pytest.approx(1.0)


def test_the_table_shows_the_most_probable_labels(folder, shapes, capsys):
    arguments = ("--text", "abc", "--text", "fed", "--top", "2")
    heading, reader, names, *rows = say(capsys, folder, *arguments)
    assert heading == (
        "names GRU, seed 3, trained with JAX (validation accuracy 50.0 %)"
    )
    assert reader == "computed with JAX"
    assert names.split() == ["label", "probability", "text"]
    assert [row.split()[2:] for row in rows] == [["abc"], [], ["fed"], []]
    for likely, next_one in (rows[:2], rows[2:]):
        assert float(likely.split()[1]) >= float(next_one.split()[1])
    assert len(say(capsys, folder, *arguments[:4])) == 5


def test_each_word_of_a_text_has_its_line(capsys):
    predictions = [
        Prediction("the", "DET", 0.9),
        Prediction("cat", "NOUN", 0.8),
    ]
    print_table(
        iter([[Answer("the cat", np.zeros((2, 2)), predictions)]]), "", 1
    )
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]
    assert rows == [["DET", "0.9000", "the"], ["NOUN", "0.8000", "cat"], []]


def test_a_closed_output_pipe_gives_no_traceback(folder, tmp_path):
    """`compare.py predict ... | head` ends in silence."""
    program = (
        "from contextlib import contextmanager\n"
        "import numpy as np\n"
        "from comparisons.commands.trained import predict\n"
        "@contextmanager\n"
        "def model_worker(trained, framework, timeout):\n"
        "    yield lambda job, x, **_: {'outputs': np.zeros((len(x), 4))}\n"
        "predict.model_worker = model_worker\n"
        "import sys; sys.exit(predict.main(sys.argv[1:]))\n"
    )
    file = tmp_path / "names.txt"
    file.write_text("\n".join(words(20 * PREDICTION_CHUNK)))
    for form in ("json", "table"):
        arguments = ("--checkpoint", folder, "--file", file, "--format", form)
        with subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""


BAD = {
    "--text=": "the text is empty",
    "--text=a\udcff": "is not UTF-8",
    "--text=abz": "text 'abz' has 'z'",
    "--file=absent": "cannot read 'absent': No such file",
    "--file=.": "cannot read '.': Is a directory",
    "--file=empty": "'empty' has no line",
    "--file=bytes": "bytes, line 1: not UTF-8 (byte 0xff, character 1)",
    "--file=blank": "'blank' has only blank lines",
    "--text=a --format=jsn": "did you mean 'json'?",
    "--text=a --top=0": "top must be at least 1, not 0",
    "--top=2": "give --text or --file",
}


@pytest.mark.parametrize("arguments", BAD)
def test_unreadable_input_is_an_error_of_one_line(
    tmp_path, monkeypatch, folder, shapes, arguments
):
    monkeypatch.chdir(tmp_path)
    Path("empty").touch()
    Path("bytes").write_bytes(b"\xff\xfe\nabz\n")
    Path("blank").write_text("\n \n")
    with pytest.raises(UserError) as refused:
        dispatch(
            ["predict", "--checkpoint", str(folder), *arguments.split(" ")]
        )
    assert BAD[arguments] in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_framework_that_is_unknown_or_absent_is_named(folder, monkeypatch):
    arguments = ["predict", "--checkpoint", str(folder), "--text", "abc"]
    with pytest.raises(UserError, match=r"did you mean 'keras'\?"):
        dispatch([*arguments, "--framework", "kers"])
    monkeypatch.setattr(extras, "missing_modules", lambda name: ["flax"])
    with pytest.raises(UserError, match=r"'jax' is not installed \(no flax\)"):
        dispatch(arguments)


def test_a_task_without_text_and_a_folder_without_model_are_refused(
    tmp_path, folder
):
    run, case = run_spec("sine", "jax", "gru"), CASE
    save_checkpoint(
        tmp_path / "a.safetensors", Checkpoint(run, case.spec(), case.weights())
    )
    for path, words in (
        (
            tmp_path / "a.safetensors",
            "task 'sine' has no model that labels texts",
        ),
        (tmp_path / "jax-gr", f"did you mean '{folder}'?"),
        (tmp_path, f"did you mean '{folder}'?"),
    ):
        with pytest.raises(UserError) as refused:
            dispatch(["predict", "--checkpoint", str(path), "--text", "a"])
        assert words in str(refused.value)
