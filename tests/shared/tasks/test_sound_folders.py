"""One's own recordings: a folder of WAV or FLAC files for each class."""

import numpy as np
import pytest
import soundfile

from comparisons.arguments.options import parse_options
from shared.errors import DataError, SpecError
from shared.files.user_file import pinned
from shared.tasks.audio.digits import load, summarize
from shared.tasks.audio.recordings import parts_of
from shared.tasks.audio.sound_folder import RATE, OwnSound, read_folder
from shared.tasks.audio.speech_data import SpokenData

PARTS = ("train", "validation", "test")


def write(path, hertz, seconds=0.1, rate=RATE):
    path.parent.mkdir(parents=True, exist_ok=True)
    times = np.arange(int(seconds * rate)) / rate
    soundfile.write(path, 0.5 * np.sin(2 * np.pi * hertz * times), rate)


@pytest.fixture
def folder(tmp_path):
    """Ten recordings of each of two classes, of any length, rate and kind."""
    for n in range(10):
        ending, rate = ("wav", RATE) if n % 2 else ("flac", 44_100)
        name = f"{n}.{ending}"
        write(tmp_path / "bark" / name, 200 + n, 0.1 + n / 50, rate)
        write(tmp_path / "meow" / "home" / name, 3000 + n, 0.3, rate)
    return tmp_path


def test_folders_are_classes_whatever_the_length_and_the_rate(folder):
    dataset = load(SpokenData(data=str(folder)), 0)
    splits = [getattr(dataset, part) for part in PARTS]
    assert [np.bincount(split.y).tolist() for split in splits] == [
        *([8, 8], [1, 1], [1, 1])
    ]
    assert dataset.metadata["classes"] == ["bark", "meow"]
    lengths = np.concatenate([split.lengths for split in splits])
    assert sorted(lengths.tolist()) == [
        *(10, 12, 14, 16, 18, 20, 22, 24, 26, 28),
        *[30] * 10,
    ]
    # Barks are low, meows are high, at the rate of the features.
    x, y = dataset.train.x[:, :9], dataset.train.y
    energies = [x[y == one].mean(axis=(0, 1)) for one in (0, 1)]
    assert energies[0].argmax() < 10 < 20 < energies[1].argmax()
    assert summarize(dataset) == [
        "16 / 2 / 2 recordings (train / validation / test), 2 classes, at most "
        "30 frames",
        "  of 10 ms",
        "10 recordings of 44,100 samples a second are resampled to 16,000",
    ]


def test_parts_may_have_folders_of_their_own(tmp_path):
    for part, count in (("train", 10), ("val", 3), ("Test", 2)):
        for n in range(count):
            write(tmp_path / part / "low" / f"{n}.wav", 200 + n)
            write(tmp_path / part / "high" / f"{n}.wav", 3000 + n)
    dataset = load(SpokenData(data=str(tmp_path)), 0)
    sizes = [len(getattr(dataset, part).y) for part in PARTS]
    assert sizes == [20, 6, 4]
    assert dataset.metadata["classes"] == ["high", "low"]


def test_without_validation_it_is_a_tenth_of_training():
    sounds = [
        OwnSound("a", part, str(n), np.zeros(1))
        for part, count in (("train", 20), ("test", 5))
        for n in range(count)
    ]
    parts = parts_of(sounds, 0)
    assert [parts.count(part) for part in PARTS] == [18, 2, 5]
    assert parts[20:] == ["test"] * 5


def test_equal_files_are_in_one_part():
    sounds = [OwnSound("a", "", str(n // 2), np.zeros(1)) for n in range(40)]
    parts = parts_of(sounds, 0)
    assert parts[::2] == parts[1::2]
    assert len(set(parts)) == 3


def test_a_sound_that_changes_is_another_run(folder):
    data = {"data": str(folder)}
    first = pinned(data, (".wav", ".flac"))["data_sha256"]
    (folder / "bark" / "notes.txt").write_text("no sound")
    assert pinned(data, (".wav", ".flac"))["data_sha256"] == first
    write(folder / "bark" / "1.wav", 999)
    second = pinned(data, (".wav", ".flac"))["data_sha256"]
    (folder / "bark").rename(folder / "barks")  # another class
    third = pinned(data, (".wav", ".flac"))["data_sha256"]
    assert len({first, second, third}) == 3
    with pytest.raises(DataError, match="has changed: its sha256 begins with"):
        load(SpokenData(**data, data_sha256=first), 0)


def test_what_is_no_recording_is_named(folder):
    (folder / "read.me").write_text("hidden nor a class")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "1.wav").write_bytes(b"no sound")
    assert read_folder(folder)[1][-1] == (
        "1 files are left out: no WAV or FLAC in the folder of a class"
    )
    for content, fault in (
        (b"", "meow/new.wav is no sound"),
        (b"RIFF", "meow/new.wav is no sound"),
    ):
        (folder / "meow" / "new.wav").write_bytes(content)
        with pytest.raises(DataError, match=fault):
            read_folder(folder)
    write(folder / "meow" / "new.wav", 440, 0.0)
    with pytest.raises(DataError, match=r"meow/new.wav holds no sample"):
        read_folder(folder)
    write(folder / "meow" / "new.wav", 440, 0.004)
    with pytest.raises(DataError, match=r"new.wav is too short: 64 samples"):
        read_folder(folder)


def test_a_folder_without_classes_or_speakers_is_refused(folder, tmp_path):
    for name in ("target", "split"):
        data = SpokenData(data=str(folder), **{name: "speaker"})
        with pytest.raises(SpecError, match=f"--{name} speaker needs an"):
            load(data, 0)
    with pytest.raises(DataError, match="has no sub-folder with WAV or FLAC"):
        load(SpokenData(data=str(folder / "bark")), 0)


def test_few_recordings_of_a_class_are_for_training_alone(folder):
    write(folder / "moo" / "1.wav", 100)
    dataset = load(SpokenData(data=str(folder)), 0)
    assert np.bincount(dataset.train.y).tolist() == [8, 8, 1]
    assert "in training alone: moo" in " ".join(dataset.metadata["notes"])
    limited = load(SpokenData(data=str(folder), max_train_takes=3), 0)
    assert np.bincount(limited.train.y).tolist() == [3, 3, 1]


def test_only_sounds_may_be_in_a_folder(folder):
    words = ["--data", str(folder)]
    options = parse_options(["--task", "digits", *words])
    assert options.run.data.data_sha256
    with pytest.raises(DataError, match="is a folder, not a file"):
        parse_options(["--task", "names", *words])
