"""A table of command lines: what each is refused with, on one line."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from factories.damage.refused_lines import (
    CONTRADICTIONS,
    EMPTY,
    OUT_OF_RANGE,
    SINE,
    UNKNOWN,
)

from comparisons import compare
from comparisons.arguments import memory
from comparisons.runs import processes

LONGEST = 520
CONTROL = "\x1b]0;title\x07"


class StartError(Exception):
    """A process was about to start: the command was taken."""


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """Runs a command here, on a machine of 16 GB without a GPU."""

    def start(self):
        raise StartError

    monkeypatch.setattr(compare.signal, "signal", lambda *args: None)
    monkeypatch.setattr(processes.Worker, "__init__", start)
    monkeypatch.setattr(memory, "memory_limit", lambda: 16 * 10**9)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    monkeypatch.chdir(tmp_path)

    def call(words):
        line = ["compare.py", *words]
        monkeypatch.setattr(compare.sys, "argv", line)
        with pytest.raises((SystemExit, StartError)) as left:
            compare.main()
        return getattr(left.value, "code", "started"), *capsys.readouterr()

    return call


def assert_refused(done, text):
    code, out, err = done
    assert (code, out) == (2, ""), done
    assert err.startswith("compare.py: "), err
    assert err.endswith("\n"), err
    assert err[:-1].isprintable(), err
    assert len(err) <= LONGEST
    assert text in err


TABLE = EMPTY | OUT_OF_RANGE | CONTRADICTIONS | UNKNOWN


@pytest.mark.parametrize("line", TABLE)
def test_a_line_of_the_table_is_refused(command, line, tmp_path):
    assert_refused(command(shlex.split(line)), TABLE[line])
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if path.stat().st_size] == []


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--task", "sine\nsine"), r"unknown task 'sine\nsine'"),
        (("--task", f"a{CONTROL}"), r"unknown task 'a\x1b]0;title\x07'"),
        (("--task", "\u202eenis"), r"unknown task '\u202eenis'"),
        (("--task", "e" * 10_000), "e ... e"),
        (("--task", "sine", f"--a{CONTROL}"), r"unknown flag '--a\x1b]0;"),
        (("--task", "sine", "--hidden-size", "9" * 5000), "--hidden-size"),
        (("--task", "sine", "--noise", "1\r2"), r"'1\r2' is not a number"),
        (("--task", "forecast", "--data", CONTROL), r"\x1b]0;title\x07"),
        (("--task", "forecast", "--data", "\udcff"), r"not UTF-8: '\udcff'"),
        (("--task", "sine", "--out", "a\0b"), "--out has a NUL character"),
        (("report", f"a{CONTROL}"), r"a\x1b]0;title\x07"),
        (("score", f"a{CONTROL}"), r"a\x1b]0;title\x07"),
        ((f"a{CONTROL}",), r"unknown command 'a\x1b]0;title\x07'"),
    ],
)
def test_foreign_text_of_a_message_is_one_short_line(command, words, text):
    assert_refused(command(words), text)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (['out = ""'], "--out is empty"),
        (['dataset = " "'], "--dataset is empty"),
        (['out = "a\\u0000b"'], "--out has a NUL character"),
        (["learning_rate = nan"], "--learning-rate must be finite"),
        (["hidden-size = 100000"], "GB of memory"),
        (["seeds = 1000000"], "--seeds must be at most 1000"),
        (["frameworks = []"], "--frameworks: expected at least one"),
        (['device = "gpu"'], "device gpu needs a GPU"),
        (["match-parameters = 9", "hidden_size = 5"], "leave --hidden-size"),
        (['sweep = "noise=0,1"', "noise = 2"], "--sweep varies --noise"),
        (['"a\\u001b" = 1'], r"unknown key 'a\x1b'"),
        (['"a\\nb" = 1'], r"unknown key 'a\nb'"),
    ],
)
def test_a_file_of_flags_is_refused_as_they_are(command, lines, text):
    Path("flags.toml").write_text("\n".join(['task = "sine"', *lines]))
    assert_refused(command(["--config", "flags.toml"]), text)


@pytest.mark.parametrize(
    "line",
    [
        f"{SINE} --match-parameters 0 --hidden-size 5",
        f"{SINE} --epochs 1000000000000 --dropout 1e-320 --threads 1024",
        f"{SINE} --timeout 1e9 --seeds 1",
        f"{SINE} --frameworks pytorch pytorch --cells rnn,rnn",
        f"{SINE} --sweep noise=0,1 --sweep seeds=1,2",
        f"{SINE} --config flags.toml --sweep noise=0,1",
    ],
)
def test_a_lawful_line_starts_its_processes(command, line):
    Path("flags.toml").write_text("noise = 2\n")
    code, _, err = command(shlex.split(line))
    assert code == "started", err


@pytest.mark.parametrize(
    "line",
    ["--help", "--list", "--version", "list", f"{SINE} --help", "code --help"],
)
def test_a_question_is_answered(command, line):
    code, out, err = command(shlex.split(line))
    assert (code, err) == (0, "")
    assert out
