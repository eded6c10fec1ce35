"""What `compare.py transcribe` reads, prints and refuses."""

from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from factories.processes import Finished, assert_refused
from factories.sounds import tone, wav
from factories.specs import run_spec

from comparisons import compare
from comparisons.commands.trained import models
from comparisons.records.checkpoints import load_checkpoint
from shared.decoding.ctc import decode
from shared.reference import model as reference_model
from shared.specs import ModelSpec
from shared.tasks.audio.digit_strings import CLASSES
from shared.tasks.audio.sound_codec import encode
from shared.weights.checkpoints import WEIGHTS, Checkpoint, save_checkpoint
from shared.weights.layout import weight_shapes

FOLDER = Path("results", "speech", "best", "jax-gru")
METADATA = {
    "digits": list(CLASSES),
    "n_mels": 10,
    "frame_stack": 3,
    "per_recording": False,
    "mean": [-5.0] * 10,
    "deviation": [3.0] * 10,
    "beam": 1,
}


def saved() -> Checkpoint:
    """A checkpoint of random weights."""
    rng = np.random.default_rng(0)
    spec = ModelSpec(
        model="speech_recognizer",
        cell="gru",
        input_size=30,
        hidden_size=5,
        output_size=11,
        bidirectional=True,
    )
    weights = {
        name: rng.normal(0.0, 1.5, shape).astype("f4")
        for name, shape in weight_shapes(spec).items()
    }
    run = run_spec("speech", "jax", "gru", seed=3, threads=1)
    result = {"metric": "wer", "validation": 0.5}
    return Checkpoint(run, spec, weights, METADATA, result)


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Runs the command with a model: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    save_checkpoint(FOLDER / WEIGHTS, saved())
    monkeypatch.setattr(compare.signal, "signal", lambda *given: None)
    # What is not refused fails here instead of starting a process.
    monkeypatch.delattr(models, "model_worker")

    def call(*arguments):
        words = ["compare.py", "transcribe", *map(str, arguments)]
        monkeypatch.setattr(compare.sys, "argv", words)
        with pytest.raises(SystemExit) as left:
            compare.main()
        return Finished(left.value.code, *capsys.readouterr())

    return call


@pytest.fixture
def worker(monkeypatch, say):
    """The numpy reference in place of a worker; its requests."""
    requests = []

    def ask(job, path, x, lengths):
        requests.append((job, x.shape))
        trained = load_checkpoint(Path(path))
        given = trained.model, trained.weights, np.array(x)
        return {"outputs": reference_model.forward(*given, np.array(lengths))}

    @contextmanager
    def model_worker(trained, framework, timeout, device, precision):
        requests.append(framework)
        yield ask

    monkeypatch.setattr(models, "model_worker", model_worker, raising=False)
    return requests


def expected(samples, beam=1):
    trained = saved()
    x, lengths = encode(samples, METADATA)
    logits = reference_model.forward(trained.model, trained.weights, x, lengths)
    (labels,) = decode(logits, lengths, beam)
    return " ".join(CLASSES[label] for label in labels)


def sounds():
    """File -> samples; the lengths are no multiples of the padding."""
    rng = np.random.default_rng(1)
    return {
        f"{n}.wav": rng.normal(size=size) * 0.1
        for n, size in enumerate((4000, 900, 13_000))
    }


@pytest.mark.parametrize("beam", [1, 8])
def test_each_file_has_its_line_in_order(say, worker, beam):
    for name, samples in sounds().items():
        Path(name).write_bytes(wav(samples))
    given = ("--checkpoint", FOLDER, "--framework", "keras", "--beam", beam)
    done = say(*given, *sounds())
    assert done.code == 0, done
    read = [np.round(s * 2**15) / 2**15 for s in sounds().values()]  # 16 bits
    assert done.out.splitlines() == [expected(s, beam) for s in read]
    assert any(done.out.split())
    assert worker[0] == "keras"
    assert [shape for _, shape in worker[1:]] == [
        (1, 32, 30),
        (1, 16, 30),
        (1, 64, 30),
    ]
    assert "speech GRU, seed 3, trained with JAX" in done.err


def test_another_rate_is_resampled_with_a_note(say, worker):
    Path("a.wav").write_bytes(wav(tone(440, 0.5, 16_000), 16_000))
    done = say("--framework", "jax", "--cell", "gru", "a.wav")
    assert done.code == 0
    assert worker[1] == ("predict", (1, 32, 30))  # of 0.5 s
    assert "a.wav: 16,000 samples a second, resampled" in done.err


BAD = {
    "absent.wav": (None, "'absent.wav' cannot be read: No such file"),
    "empty.wav": (b"", "'empty.wav' is empty"),
    "text.wav": (b"one two three", "'text.wav' is no sound"),
    "none.wav": (wav(np.zeros(0)), "'none.wav' holds no sample"),
    "short.wav": (wav(tone(440)[:30]), "'short.wav' is too short: 30 samples"),
    "slow.wav": (wav(tone(440), 500), "'slow.wav' has 500 samples a second"),
    "cut.wav": (wav(tone(440))[:900], "'cut.wav' is cut short"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_without_a_sound_is_named_before_a_process_starts(say, name):
    content, text = BAD[name]
    Path("good.wav").write_bytes(wav(tone(440)))
    if content is not None:
        Path(name).write_bytes(content)
    done = say("--framework", "jax", "--cell", "gru", "good.wav", name)
    assert_refused(done, text)
    assert done.out == ""


def test_one_frame_is_transcribed(say, worker):
    Path("frame.wav").write_bytes(wav(tone(440)[:80]))
    done = say("--framework", "jax", "--cell", "gru", "frame.wav")
    assert (done.code, done.out.count("\n")) == (0, 1)
    assert len(done.out.split()) <= 1


def test_a_folder_and_a_model_of_another_kind_are_refused(say):
    done = say("--framework", "jax", "--cell", "gru", ".")
    assert_refused(done, "'.' cannot be read: Is a directory")
    done = say("--task", "translate", "a.wav")
    assert_refused(done, "unknown task 'translate'; choices: speech")
