"""What `compare.py translate` reads, prints and refuses."""

from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from factories.pairs import BEST, FOLDER, saved
from factories.processes import Finished, assert_refused
from factories.specs import run_spec

import pytorch_impl
from comparisons import compare
from comparisons.commands.trained import models
from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.inference import decode_targets
from comparisons.worker.jobs import Job
from shared.decoding.options import DecodingOptions
from shared.reference import decoding as reference_decoding
from shared.tasks.translation.codec import decode, encode
from shared.weights.checkpoints import WEIGHTS, save_checkpoint

FILE = FOLDER / WEIGHTS


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Runs the command with a model: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    save_checkpoint(FILE, saved())
    monkeypatch.setattr(compare.signal, "signal", lambda *given: None)

    def call(*arguments):
        words = ["compare.py", "translate", *map(str, arguments)]
        monkeypatch.setattr(compare.sys, "argv", words)
        with pytest.raises(SystemExit) as left:
            compare.main()
        return Finished(left.value.code, *capsys.readouterr())

    return call


@pytest.fixture
def worker(monkeypatch):
    """The numpy reference in place of a worker; its requests."""
    requests = []

    def ask(job, path, x, lengths, search):
        requests.append((job, search))
        trained = load_checkpoint(Path(path))
        tokens = reference_decoding.decode(
            trained.model,
            trained.weights,
            np.array(x),
            np.array(lengths),
            DecodingOptions(**search),
        )
        return {"tokens": tokens}

    @contextmanager
    def model_worker(trained, framework, timeout, device, precision):
        requests.append((framework, device, precision))
        yield ask

    monkeypatch.setattr(models, "model_worker", model_worker)
    return requests


def expected(text, **rule):
    trained = saved()
    x, lengths = encode(text, trained.metadata)
    found = reference_decoding.decode(
        trained.model, trained.weights, x, lengths, DecodingOptions(**rule)
    )
    return decode(found[0], trained.metadata)


TEXTS = ("The cat sleeps here.", "A dog runs.", "The horse eats alone.")


def test_each_text_has_its_line_in_order(say, worker):
    given = [word for text in TEXTS for word in ("--text", text)]
    done = say(*BEST, *given, "--max-new-tokens", "12")
    assert done.code == 0, done
    wanted = [expected(text, max_new_tokens=12) for text in TEXTS]
    assert len(set(wanted)) > 1
    assert done.out.splitlines() == wanted
    assert done.err == (
        "translate GRU, seed 3, trained with JAX (validation BLEU 1.5)\n"
        "computed with JAX\n"
    )
    assert worker[0] == ("jax", "cpu", "float32")


def test_a_file_is_read_by_another_framework_with_a_beam(say, worker):
    Path("in.txt").write_text("\n".join(TEXTS) + "\n", encoding="utf-8")
    rule = ("--beam", "3", "--length-penalty", "1", "--max-new-tokens", "6")
    given = ("--checkpoint", FOLDER, "--framework", "keras")
    done = say(*given, "--file", "in.txt", *rule)
    settings = {"beam": 3, "length_penalty": 1.0, "max_new_tokens": 6}
    rest = {"temperature": 0.0, "seed": 0}
    assert done.out.splitlines() == [expected(t, **settings) for t in TEXTS]
    assert worker == [
        ("keras", "cpu", "float32"),
        ("translate", settings | rest),
    ]


def test_a_source_that_is_too_long_is_truncated_with_a_note(say, worker):
    long = "The cat sleeps here today alone here here now again."
    done = say(*BEST, "--text", long, "--max-new-tokens", "5")
    assert done.code == 0
    assert (
        f"'{long}' is longer than the 8 words that were learnt; left out: "
        "now again ." in done.err
    )
    short = "The cat sleeps here today alone here here"
    assert done.out == f"{expected(short, max_new_tokens=5)}\n"


BAD = {
    "--text=": ("the text is empty",),
    "--text=xyz-qqq": ("no word of 'xyz-qqq' is in the vocabulary of",),
    "--text=cat --beam=0": ("beam must be at least 1, not 0",),
    "--text=cat --beam=two": ("--beam", "'two'"),
    "--text=cat --length-penalty=-1": ("length_penalty must be at least",),
    "--text=cat --max-new-tokens=0": (
        "max_new_tokens must be at least 1, not 0",
    ),
    "--text=cat --framework=jaks": ("unknown framework 'jaks'", "'jax'"),
    "--text=cat --cell=gruu": ("unknown cell 'gruu'; did you mean 'gru'?",),
    "--text=cat --task=sine": (
        "unknown task 'sine'; choices: chatbot, translate",
    ),
    "--text=cat --device=gpuu": ("unknown device 'gpuu'",),
    "--text=cat --precision=float": ("unknown precision 'float'",),
    "--text=cat --bean=2": ("unknown flag '--bean'; did you mean '--beam'?",),
    "": ("there is nothing to read; give --text or --file",),
    "--file=absent.txt": ("absent.txt",),
}


@pytest.mark.parametrize("arguments", BAD)
def test_a_wrong_flag_is_named(say, worker, arguments):
    words = [word for word in arguments.split(" ") if word]
    done = say(*BEST, *words)
    assert done.code == 2
    assert done.out == ""
    last = done.err.splitlines()[-1]
    assert all(text in last for text in BAD[arguments]), done


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\n\n", "'in.txt' has only blank lines"),
        (b"caf\xe9\n", "in.txt, line 1: not UTF-8"),
        (b"xyz\nqqq\n", "in.txt, line 1: no word of 'xyz' is in the"),
    ],
)
def test_a_file_of_bad_lines_is_refused(say, worker, content, text):
    Path("in.txt").write_bytes(content)
    assert_refused(say(*BEST, "--file", "in.txt"), text)


def test_a_line_without_a_translation_is_blank(say, worker):
    Path("in.txt").write_bytes(b"The cat.\n\nA dog.\r\nxyz\nA dog.")
    done = say(*BEST, "--file", "in.txt", "--max-new-tokens", "4")
    cat, dog = (
        expected(text, max_new_tokens=4) for text in ("The cat.", "A dog.")
    )
    assert done.code == 1
    assert done.out == f"{cat}\n\n{dog}\n\n{dog}\n"
    assert "in.txt, line 4: skipped: no word of 'xyz'" in done.err
    assert "line 2" not in done.err
    Path("in.txt").write_bytes(b"The cat.\n\n")
    done = say(*BEST, "--file", "in.txt", "--max-new-tokens", "4")
    assert (done.code, done.out) == (0, f"{cat}\n\n")


def test_a_missing_model_is_named(say):
    done = say(*BEST[:4], "--cell", "lstm", "--text", "cat")
    assert_refused(done, "has no jax-lstm, only jax-gru", "--task translate")


def test_the_worker_decodes_what_the_reference_decodes(say):
    trained = saved()
    x, lengths = encode(TEXTS[0], trained.metadata)
    rule = {"beam": 2, "length_penalty": 0.6, "max_new_tokens": 9}
    request = {
        "path": str(FILE.resolve()),
        "x": x.tolist(),
        "lengths": lengths.tolist(),
        "search": rule,
    }
    run = run_spec(
        "translate", "pytorch", "gru", threads=1, precision="float64"
    )
    found = decode_targets(Job(run, pytorch_impl, request))
    wanted = reference_decoding.decode(
        trained.model, trained.weights, x, lengths, DecodingOptions(**rule)
    )
    assert found["tokens"].tolist() == wanted.tolist()
