"""Spoken digits: archives, rates, features, held-out speakers."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from factories.sounds import archive, tone

from shared.datasets import fsdd
from shared.datasets.fsdd import RATE, read_recordings
from shared.errors import DataError, SpecError
from shared.tasks.audio.digits import baselines, load
from shared.tasks.audio.speech_data import (
    SpokenData,
    centered,
    log_mel,
    split_recordings,
)


def test_energy_is_in_the_band_of_the_tone():
    low, high = (log_mel(tone(f), RATE, 40).mean(axis=0) for f in (200, 3000))
    assert low.argmax() < 10 < 30 < high.argmax()
    assert log_mel(tone(500), RATE, 40).shape == (20, 40)
    again = log_mel(tone(500), RATE, 40)
    assert (again == log_mel(tone(500), RATE, 40)).all()


def test_normalization_removes_loudness_and_microphone():
    rng = np.random.default_rng(0)
    sound = rng.normal(size=1600) * np.linspace(1, 9, 1600)
    energies = log_mel(sound, RATE, 40)
    other = log_mel(3 * sound, RATE, 40) + np.linspace(0, 5, 40)
    assert centered(other) == pytest.approx(centered(energies), abs=1e-3)
    assert centered(energies).std() == pytest.approx(1.0, abs=1e-4)
    assert not centered(np.full((7, 40), -3.0, np.float32)).any()


@pytest.mark.parametrize(
    "split, normalize, each",
    [
        ("official", "auto", False),
        ("speaker", "auto", True),
        ("official", "recording", True),
        ("speaker", "training", False),
    ],
)
def test_features_are_normalized_by_their_own_statistics(
    split, normalize, each
):
    assert SpokenData(split=split, normalize=normalize).per_recording is each


def test_another_sample_rate_is_resampled_and_noted(tmp_path):
    path = archive(
        tmp_path / "my.tar",
        **{
            "3_ann_0": (tone(440), RATE),
            "4_ann_1": (tone(440, rate=16000), 16000),
        },
    )
    found, notes = read_recordings(path)
    assert [(r.digit, r.speaker, r.take) for r in found] == [
        (3, "ann", 0),
        (4, "ann", 1),
    ]
    same, resampled = (r.samples for r in found)
    assert len(same) == len(resampled) == 1600
    # The filter rings at the ends alone.
    assert resampled[50:-50] == pytest.approx(same[50:-50], abs=0.01)
    assert notes == [
        "1 recordings of 16,000 samples a second are resampled to 8,000"
    ]


def test_two_channels_are_averaged(tmp_path):
    both = np.stack([tone(440), np.zeros(1600)], axis=1)
    path = archive(tmp_path / "my.tar", **{"3_ann_0": (both, RATE)})
    ((*_, samples),) = read_recordings(path)[0]
    assert samples == pytest.approx(tone(440) / 2, abs=1e-3)


def test_a_bad_archive_is_named(tmp_path):
    path = archive(tmp_path / "a.tar", **{"3_ann_0": b"no sound"})
    with pytest.raises(DataError, match=r"recordings/3_ann_0.wav is no sound"):
        read_recordings(path)
    path = archive(tmp_path / "b.tar", three=(tone(440), RATE))
    with pytest.raises(DataError, match=r"no file named like 7_theo_12.wav"):
        read_recordings(path)
    path = archive(tmp_path / "c.tar", **{"3_ann_0": (tone(440), RATE)})
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(DataError, match=r"c.tar is no whole archive"):
        read_recordings(path)


@pytest.fixture(scope="module")
def unpacked_once():
    """The archive takes seconds to unpack."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fsdd, "read_recordings", cache(read_recordings))
        yield


@pytest.mark.usefixtures("unpacked_once")
def test_the_official_split(data_dir):
    dataset = load(SpokenData(), 0)
    sizes = [len(p.x) for p in (dataset.train, dataset.validation)]
    assert [*sizes, len(dataset.test.x)] == [2400, 300, 300]
    assert dataset.metadata["classes"] == list("0123456789")
    split = dataset.train
    rows = np.arange(split.x.shape[1]) < np.asarray(split.lengths)[:, None]
    assert split.x[rows].mean() == pytest.approx(0.0, abs=1e-3)
    assert split.x[rows].std() == pytest.approx(1.0, abs=1e-2)
    assert not split.x[~rows].any()
    found = baselines(dataset)
    assert found["majority class"]["accuracy"] == pytest.approx(0.1)
    assert 0.5 < found["logistic regression"]["accuracy"] < 0.97


@pytest.mark.usefixtures("unpacked_once")
def test_a_speaker_is_held_out(data_dir):
    data = SpokenData(split="speaker", speaker="george", max_train_takes=5)
    dataset = load(data, 0)
    sizes = [len(p.x) for p in (dataset.train, dataset.validation)]
    assert [*sizes, len(dataset.test.x)] == [5 * 50, 5 * 100, 500]
    length = dataset.test.lengths[0]
    # Each recording is centered; the scale of training then moves it little.
    assert abs(dataset.test.x[0, :length].mean(axis=0)).max() < 1e-3


@pytest.mark.usefixtures("unpacked_once")
def test_the_speaker_target_classifies_speakers(data_dir):
    dataset = load(SpokenData(target="speaker", max_train_takes=2), 0)
    assert len(dataset.metadata["classes"]) == 6
    assert np.bincount(dataset.test.y).tolist() == [50] * 6


def test_a_held_out_speaker_cannot_be_the_target():
    with pytest.raises(SpecError, match="split speaker holds a speaker out"):
        SpokenData(split="speaker", target="speaker")


def test_an_unknown_speaker_is_named(tmp_path):
    path = archive(tmp_path / "a.tar", **{"3_ann_0": (tone(440), RATE)})
    found, _ = read_recordings(path)
    data = SpokenData(split="speaker", speaker="anne")
    with pytest.raises(SpecError, match="unknown speaker 'anne'; did you mean"):
        split_recordings(found, data)
    with pytest.raises(DataError, match="no recording is for the train part"):
        split_recordings(found, SpokenData())
