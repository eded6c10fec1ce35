"""What `compare.py generate` reads and prints, and how it is stopped."""

import importlib
import io
import json
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from factories.generated import (
    BEST,
    ENDLESS,
    FOLDER,
    command,
    reference,
    saved,
    texts,
)

from comparisons.commands.trained import models, text_stream
from comparisons.worker.inference import generate_tokens
from comparisons.worker.jobs import Job
from shared.weights.checkpoints import WEIGHTS, save_checkpoint


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder as of best/, where the command looks for it."""
    monkeypatch.chdir(tmp_path)
    save_checkpoint(FOLDER / WEIGHTS, saved())
    return FOLDER


@pytest.fixture
def worker(monkeypatch):
    """The numpy reference in place of a worker; its requests."""
    requests = []

    def ask(job, on_event, path, start, settings):
        requests.append((job, settings))
        tokens = reference(path, start, settings)
        for begin in range(0, tokens.shape[1], 7):
            rows = tokens[:, begin : begin + 7].tolist()
            on_event({"event": "tokens", "tokens": rows})
        return {}

    @contextmanager
    def model_worker(trained, framework, timeout, device, precision):
        requests.append((framework, device, precision))
        yield ask

    monkeypatch.setattr(models, "model_worker", model_worker)
    return requests


@pytest.fixture
def say(monkeypatch, capsys):
    """Runs the command here: exit code, standard output and error."""
    return command(monkeypatch, capsys)


ABOUT = (
    "charlm GRU, seed 3, trained with JAX (validation nats per token 1.500)\n"
)


def test_the_text_follows_its_prompt_and_the_heading_goes_to_stderr(
    folder, worker, say
):
    rule = ("--temperature", "0.8", "--top-k", "5", "--top-p", "0.9")
    done = say(*BEST, *rule, "--length", "50", "--seed", "2")
    assert done.code == 0, done
    settings = {"temperature": 0.8, "top_k": 5, "top_p": 0.9}
    settings |= {"length": 50, "samples": 1, "seed": 2}
    assert done.out == f"abba{texts(folder, settings)[0]}\n"
    assert done.err == (
        f"{ABOUT}computed with JAX in float32; "
        "temperature 0.8, top-k 5, top-p 0.9, seed 2\n"
    )
    assert worker[0] == ("jax", "cpu", "float32")
    assert {**worker[1][1], **settings} == worker[1][1]


def test_a_file_is_read_with_the_requested_framework(folder, worker, say):
    greedy = ("--temperature", "0", "--length", "9", "--prompt", "cab")
    given = ("--checkpoint", folder / WEIGHTS, *greedy)
    first = say(*given)
    assert (
        "computed with JAX in float32; the most probable token each"
        in first.err
    )
    done = say(
        *(*given, "--framework", "pytorch", "--precision", "float64"),
        *("--device", "auto"),
    )
    assert "computed with PyTorch in float64" in done.err
    assert done.out == first.out
    assert worker[2] == ("pytorch", "auto", "float64")
    best = say(*BEST, *greedy, "--out", folder.parent.parent)
    assert best.out == first.out


def test_several_texts_have_numbered_headings(folder, worker, say):
    given = (*BEST, "--length", "20", "--samples", "3", "--seed", "5")
    done = say(*given, "--format", "json")
    shown = [json.loads(line) for line in done.out.splitlines()]
    assert say(*given).out == "".join(
        f"sample {number} of 3\n{one['prompt']}{one['text']}\n\n"
        for number, one in enumerate(shown, 1)
    )
    rule = {"temperature": 1.0, "top_k": 0, "top_p": 1.0}
    settings = {**rule, "length": 20, "samples": 3, "seed": 5}
    where = {"precision": "float32", "device": "cpu"}
    wanted = texts(folder, settings)
    assert (len(set(wanted)), done.err) == (3, "")
    assert shown == [
        {
            "prompt": "abba",
            "text": text,
            "sample": number,
            "settings": {**settings, **where},
            "checkpoint": str(folder),
            "framework": "jax",
        }
        for number, text in enumerate(wanted, 1)
    ]


def test_skip_unknown_leaves_out_unknown_characters(folder, worker, say):
    given = (*BEST, "--length", "5", "--prompt", "xaXbx")
    done = say(*given, "--unknown", "skip")
    assert done.code == 0, done
    note, *heading = done.err.splitlines()
    assert note.startswith("compare.py: prompt: ")
    # What is in use already is not advised.
    assert note.endswith("lacks 'x', 'X'; left out")
    nothing = say(*BEST, "--prompt", "X", "--unknown", "skip")
    assert nothing.err.startswith("compare.py: nothing is left of the prompt")
    assert nothing.err.endswith("characters lacks 'X'\n")
    assert len(heading) == 2
    assert done.out == say(*BEST, "--length", "5", "--prompt", "ab").out
    assert done.out.startswith("ab")


def test_terminal_escapes_are_not_printed(monkeypatch, capsys):
    text = "a\tb\nc\x1b[2Jd\r\x07\x9b\u202e\udcffé\U0001f600"
    text_stream.send(text)
    assert capsys.readouterr().out == text.replace("\udcff", "?")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    text_stream.send(text)
    assert (
        capsys.readouterr().out
        == r"""a	b
c\x1b[2Jd\r\x07\x9b\u202e\udcffé"""
        + "\U0001f600"
    )


def test_a_chunk_is_flushed_in_the_encoding_of_the_output(monkeypatch):
    sent = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(sent, "ascii"))
    text_stream.send("aé")
    assert sent.getvalue() == b"a?"


@pytest.mark.parametrize("stopped", [True, False])
def test_ctrl_c_ends_an_endless_text_without_a_message(folder, stopped):
    """By Ctrl-C, or by a closed output pipe."""
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, "generate", *BEST],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout.read(10) == b"abbaababab"
        if stopped:
            process.send_signal(signal.SIGINT)
            assert process.stdout.read().endswith(b"\n")
        process.stdout.close()
        errors = process.stderr.read().decode()
    assert process.returncode == (130 if stopped else 0)
    assert errors.startswith(ABOUT)
    assert errors.count("\n") == 2


def test_a_worker_emits_each_token_as_it_is_sampled(folder):
    events, path, run = [], str(folder), saved().run
    settings = {"temperature": 0.8, "top_k": 10**12, "top_p": 0.9}
    settings |= {"length": 40, "samples": 3, "seed": 7}
    request = {"path": path, "start": [0, 1, 2], "settings": settings}
    implementation = importlib.import_module("pytorch_impl")
    exact = replace(run, precision="float64", device="cpu")
    job = Job(exact, implementation, request, events.append)
    assert generate_tokens(job) == {}
    assert [event["event"] for event in events] == ["tokens"] * 40
    torch = importlib.import_module("torch")
    assert torch.get_default_dtype() == torch.float64
    found = np.concatenate([event["tokens"] for event in events], axis=1)
    wanted = reference(path, [0, 1, 2], {**settings, "top_k": 0})
    np.testing.assert_array_equal(found, wanted)
