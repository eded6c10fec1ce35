"""Faults injected for real: one clear line, an exit code, nothing lost."""

import shutil

import pytest
from factories.processes import (
    PYTORCH,
    TINY,
    assert_refused,
    bytes_of,
    command,
    compare,
    outcomes,
    records,
    run,
    without,
)

from shared.files.catalogue import FILES

pytestmark = pytest.mark.usefixtures("numpy_training")

RNN = (*TINY, *PYTORCH, "--cells", "rnn")
NO_NETWORK = dict.fromkeys(
    ("http_proxy", "https_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9"
)
"""A proxy at a port where nothing listens: every download fails."""


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The folder of a small comparison that ran well."""
    folder = tmp_path_factory.mktemp("finished")
    done = compare(*RNN, "--out", folder)
    assert done.code == 0, done
    assert done.err == "", done
    return folder


@pytest.fixture
def measured(finished, tmp_path):
    """A copy of it, to be damaged."""
    return shutil.copytree(finished, tmp_path / "measured")


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        (("--task", "sien"), "did you mean 'sine'?"),
        (("--frameworks", "pytorc"), "did you mean 'pytorch'?"),
        (("--cells", "lsmt"), "did you mean 'lstm'?"),
        (("--preset", "quik"), "did you mean 'quick'?"),
        (("--hiden-size", "8"), "did you mean '--hidden-size'?"),
        (("--hidden-size", "0"), "hidden_size must be at least 1, not 0"),
        (("--learning-rate", "-1"), "must be above 0.0, not -1.0"),
        (("--seeds", "0"), "seeds must be at least 1, not 0"),
    ],
)
def test_a_wrong_command_or_value(measured, flags, text):
    before = bytes_of(measured)
    done = compare(*RNN, "--out", measured, *flags)
    assert_refused(done, text)
    assert bytes_of(measured) == before


def test_frameworks_not_installed_leave_the_others_running(tmp_path):
    env = without(tmp_path / "site", "flax", "tensorflow")
    out = tmp_path / "out"
    flags = ("--cells", "rnn", "--report", "on", "--out", out)
    done = compare(*TINY, *flags, env=env)
    assert (done.code, done.err) == (0, ""), done
    added = "pip install 'rnn-comparisons[keras,jax]' adds the rows"
    last = done.out.splitlines()[-1]
    assert last == f"not installed: Keras, JAX; {added}", done
    (found,) = records(out)
    assert (found["framework"], found["status"]) == ("pytorch", "ok")
    lines = (out / "results.csv").read_text().splitlines()[1:]
    assert [line.split(",")[2] for line in lines] == ["pytorch"]


def test_without_any_framework_nothing_is_run(tmp_path):
    env = without(tmp_path / "site", "torch", "tensorflow", "jax")
    done = compare(*TINY, "--out", tmp_path / "out", env=env)
    extras = "'rnn-comparisons[pytorch,keras,jax]'"
    text = f"no framework is installed: pip install {extras}, or one of them"
    assert_refused(done, text)
    assert not (tmp_path / "out").exists()


def test_a_framework_named_on_the_command_line_must_be_installed(
    measured, tmp_path
):
    env = without(tmp_path / "site", "flax")
    before = bytes_of(measured)
    flags = ("--frameworks", "pytorch", "jax", "--out", measured)
    done = compare(*TINY, *flags, env=env)
    assert_refused(
        done, "framework 'jax' is not installed (no flax): pip install "
    )
    assert bytes_of(measured) == before


def test_a_missing_gpu_is_an_error(measured):
    before = bytes_of(measured)
    env = {"CUDA_VISIBLE_DEVICES": ""}
    done = compare(*RNN, "--out", measured, "--device", "gpu", env=env)
    assert_refused(
        done, "device gpu needs a GPU: there is none on this machine"
    )
    assert bytes_of(measured) == before


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/results"])
def test_a_folder_that_cannot_be_written(tmp_path, place):
    (tmp_path / "file").write_text("not a folder")
    done = compare(*RNN, "--out", tmp_path / place)
    assert_refused(done, "cannot write results to", place, "--out")
    assert (tmp_path / "file").read_text() == "not a folder"


def test_what_cannot_be_saved_is_said_at_the_end(tmp_path):
    (tmp_path / "checkpoints").write_text("not a folder")
    (tmp_path / "report.html").mkdir()
    done = compare(*RNN, "--report", "on", "--out", tmp_path)
    assert done.code == 1, done
    first, second = done.err.splitlines()
    assert first.startswith("compare.py: PyTorch RNN seed 0: checkpoint not sa")
    assert first.endswith("; --fresh trains it again")
    assert second == (
        f"compare.py: the report in '{tmp_path}' is incomplete: cannot write "
        f"'{tmp_path}/report.html': Is a directory"
    )
    assert "warning: PyTorch RNN seed 0: checkpoint was not saved" in done.out
    assert "checkpoint was not saved" in (tmp_path / "report.md").read_text()
    assert outcomes(tmp_path) == [(0, "ok")]


def test_an_argument_that_is_no_text_is_one_line():
    done = run(command("list", b"caf\xe9.csv".decode(errors="surrogateescape")))
    assert_refused(done, r"unrecognized arguments: caf\udce9.csv")


def shell(line, *arguments):
    """Run `compare.py` with these arguments as "$@" of a line of a shell."""
    words = command(*arguments)
    return run(["bash", "-c", line, "bash", *words])


@pytest.mark.parametrize(
    ("line", "code", "err"),
    [
        ('"$@" > /dev/full', 1, "cannot write output: No space left on device"),
        ('"$@" >&-', 0, ""),
        ('"$@" | true', 0, ""),
        ('cd "$(mktemp -d)" && rmdir "$PWD" && "$@"', 2, "current folder was"),
    ],
)
def test_output_that_nobody_takes_is_one_line_or_silence(line, code, err):
    done = shell(line, "list")
    assert done.code == code, done
    assert done.err.count("\n") == bool(err), done
    assert err in done.err, done


NAMES = ("--task", "names", "--quiet", *PYTORCH, "--cells", "rnn")
NAMES += ("--report", "off")


def test_altered_data_is_named_with_its_checksum(measured, tmp_path):
    (tmp_path / "names").mkdir()
    names = sorted(name for name in FILES if name.startswith("names/"))
    for name in names:
        (tmp_path / name).write_text("Abc\n")
    before = bytes_of(measured)
    env = {"RNN_DATA_DIR": str(tmp_path)}
    done = compare(*NAMES, "--out", measured, env=env)
    digest = FILES[names[0]].sha256[:12]
    assert_refused(done, names[0], "altered or incomplete", digest)
    assert bytes_of(measured) == before


def test_absent_data_in_the_folder_that_was_named(tmp_path):
    env = {"RNN_DATA_DIR": str(tmp_path / "nothing")}
    done = compare(*NAMES, "--out", tmp_path, env=env)
    assert_refused(done, "does not exist: RNN_DATA_DIR is set", "https://")


def test_no_data_and_no_network(tmp_path):
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    env = {"RNN_DATA_DIR": "", "no_proxy": "", **NO_NETWORK, **home}
    done = compare(*NAMES, "--out", tmp_path / "out", env=env)
    assert_refused(
        done,
        "cannot be reached",
        "https://",
        "connect to the network and run again, or set RNN_DATA_DIR",
    )
    assert outcomes(tmp_path / "out") == []


def test_a_loss_that_is_not_finite(measured):
    before = bytes_of(measured)
    flags = (
        *("--cells", "rnn", "rnn-relu", "--epochs", "12", "--clip-norm", "0"),
        *("--optimizer", "sgd", "--learning-rate", "0.3"),
        *("--schedule", "constant", "--out", measured),
    )
    done = compare(*RNN, *flags)
    assert done.code == 1, done
    assert done.err == "compare.py: PyTorch RNN: diverged\n", done
    assert "PyTorch RNN, seed 0: diverged: the loss of epoch" in done.out
    bad, good = records(measured)[1:]
    assert bytes_of(measured).startswith(before)
    assert (bad["cell"], bad["status"]) == ("rnn", "diverged")
    assert 1 < len(bad["epochs"]) < 12
    assert (good["cell"], good["status"]) == ("rnn-relu", "ok")
    again = compare(*RNN, *flags)
    assert again.code == 1, again
    assert len(records(measured)) == 3


def test_a_foreign_line_is_named_and_left(measured):
    first, *rest = bytes_of(measured).splitlines(keepends=True)
    line = b'{"schema": 99, "kind": "run"}\n'
    damaged = first + line + b"".join(rest)
    (measured / "runs.jsonl").write_bytes(damaged)
    done = compare(*RNN, "--out", measured)
    assert_refused(done, "runs.jsonl", "line 2 has schema 99")
    assert bytes_of(measured) == damaged
