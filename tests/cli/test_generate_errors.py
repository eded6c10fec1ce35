"""What `compare.py generate` refuses: code 2 and one line each."""

import shutil
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from factories.generated import BEST, FOLDER, VOCABULARY, command, saved
from factories.processes import assert_refused
from factories.specs import run_spec

from comparisons.commands.trained import generate, models
from shared.errors import UserError
from shared.tasks import get_task
from shared.weights.checkpoints import WEIGHTS, save_checkpoint

FILE = FOLDER / WEIGHTS
TRAIN = "compare.py --task charlm --frameworks jax --cells gru"


@pytest.fixture
def refused(tmp_path, monkeypatch, capsys):
    """Runs the command with a valid model; its error has all the texts."""
    monkeypatch.chdir(tmp_path)
    save_checkpoint(FILE, saved())
    # What is not refused fails here instead of starting a process.
    monkeypatch.delattr(models, "model_worker")
    say = command(monkeypatch, capsys)

    def call(arguments, *texts):
        done = say(*arguments)
        assert_refused(done, *texts)
        assert done.out == ""

    return call


BAD = {
    "--prompt=aXbYX": ("prompt: the vocabulary", "lacks 'X', 'Y';"),
    "--prompt=a\udcfe": (r"lacks '\udcfe'",),
    "--prompt=XY": ("lacks 'X', 'Y', so nothing of it is known\n",),
    "--file=a.txt": ("--file is of music",),
    "--prompt=": ("the prompt is empty",),
    "--prompt=XY --unknown=skip": ("nothing is left of the prompt", "'X'"),
    "--unknown=skp": (
        "unknown value of --unknown 'skp'; did you mean 'skip'?",
    ),
    "--temperature=-0.5": ("temperature must be at least 0.0, not -0.5",),
    "--temperature=nan": ("temperature", "not nan"),
    "--temperature=warm": ("--temperature", "'warm'"),
    "--top-p=0": ("top_p must be above 0.0, not 0.0",),
    "--top-p=1.5": ("top_p must be at most 1.0, not 1.5",),
    "--top-p=nan": ("--top-p", "not nan"),
    "--top-k=-1": ("top_k must be at least 0, not -1",),
    "--length=0": ("length must be at least 1, not 0",),
    "--length=1000000000000": (
        "--length 1000000000000 are too many",
        "at most",
    ),
    "--length=99999 --samples=9999": ("--samples 9999 of --length 99999 are",),
    "--samples=0": ("samples must be at least 1, not 0",),
    "--seed=-1": ("seed must be at least 0, not -1",),
    "--framework=jaks": ("unknown framework 'jaks'; did you mean 'jax'?",),
    "--cell=gruu": ("unknown cell 'gruu'; did you mean 'gru'?",),
    "--task=charln": ("unknown task 'charln'; did you mean 'charlm'?",),
    "--task=sine": ("unknown task 'sine'; choices: charlm, music, wordlm",),
    "--precision=float": ("unknown precision 'float'; did you mean 'float",),
    "--device=gpuu": ("unknown device 'gpuu'; did you mean 'gpu'?",),
    "--format=jsn": ("unknown format 'jsn'; did you mean 'json'?",),
    "--promt=a": ("unknown flag '--promt'; did you mean '--prompt'?",),
    f"--checkpoint={FILE}": ("--checkpoint", "--out"),
}


def test_music_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    run = run_spec("music", "jax", "gru")
    model = SimpleNamespace(
        trained=SimpleNamespace(run=run),
        codec=get_task("music").codec,
        framework="jax",
        options=Namespace(file=tmp_path / "file" / "a.mid"),
    )
    with pytest.raises(UserError, match=r"cannot write '.*a\.mid': "):
        generate.save_music(
            model, np.zeros((1, 88)), lambda show: show(np.zeros((1, 2, 88)))
        )


@pytest.mark.parametrize("arguments", BAD)
def test_a_wrong_flag_is_named(refused, arguments):
    more = ["--out", "results/charlm", *arguments.split(" ")]
    refused([*BEST, *more], *BAD[arguments])


@pytest.mark.parametrize(
    ("given", "missing"),
    [((), "task"), (BEST[:2], "framework"), (BEST[:4], "cell")],
)
def test_a_missing_model_flag_is_an_error(refused, given, missing):
    refused(given, f"--{missing} is missing (or give --checkpoint); choices:")


def test_a_missing_model_lists_those_that_exist(refused):
    given = [*BEST[:2], "--framework", "keras", "--cell", "gru"]
    other = FOLDER.with_name("jax-rnn")
    shutil.copytree(FOLDER, other)
    shutil.copytree(FOLDER, FOLDER.with_name(".jax-lstm.partial"))
    refused(
        given,
        "has no keras-gru, only jax-gru, jax-rnn;",
        f"--checkpoint {FOLDER} --framework keras",
        f"or train it: {TRAIN.replace('jax', 'keras')}",
    )
    shutil.rmtree(FOLDER)
    refused(BEST, "no jax-gru, only jax-rnn;", f"--checkpoint {other} ")
    shutil.rmtree(other)
    refused(BEST, "holds no trained model; train one first: " + TRAIN)
    refused([*BEST, "--out", "new"], "'new/best'", f"{TRAIN} --out new")


def test_a_model_of_another_task_or_cell_is_refused(refused):
    given = ["--checkpoint", FOLDER]
    refused([*given, "--task", "wordlm"], "'charlm', not 'wordlm'")
    refused([*given, "--cell", "lstm"], "of cell 'gru', not 'lstm'")
    save_checkpoint(FILE, saved("sine"))
    refused(given, "task 'sine' has no language model", "charlm, wordlm")
    refused([*given, "--task", "charlm"], "of task 'sine', not 'charlm'")
    save_checkpoint(FILE, saved(metadata=None))
    refused(given, f"'{FOLDER}'", "without its vocabulary")


SHAPE = f"({len(VOCABULARY)},)"
"""Of the head's bias."""


def with_bias(value):
    """Saves a model that has this in place of the head's bias."""

    def spoil():
        good = saved()
        weights = {**good.weights, "head.bias": value}
        weights = {n: w for n, w in weights.items() if w is not None}
        save_checkpoint(FILE, good._replace(weights=weights))

    return spoil


def cut(end):
    """Truncates the file to this part."""
    return lambda: FILE.write_bytes(FILE.read_bytes()[:end])


SPOILT = {
    "a missing tensor": (with_bias(None), ("head.bias is missing", SHAPE)),
    "a misshapen tensor": (
        with_bias(np.zeros(99, "f4")),
        ("head.bias is (99,)", SHAPE),
    ),
    "a truncated header": (cut(100), (WEIGHTS, "not a whole one")),
    "a truncated tensor": (cut(-4), (WEIGHTS, "not a whole one")),
    "an empty file": (cut(0), (WEIGHTS, "no safetensors file")),
    "a text": (
        lambda: FILE.write_text("ROMEO: what is this?\n" * 9),
        (WEIGHTS, "no safetensors file"),
    ),
    "a folder without one": (FILE.unlink, (f"'{FOLDER}' holds no",)),
    "no folder": (lambda: shutil.rmtree(Path("results")), ("no such file",)),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_an_incomplete_model_file_is_refused(refused, spoilt):
    spoil, texts = SPOILT[spoilt]
    spoil()
    refused(["--checkpoint", FOLDER], *texts)
