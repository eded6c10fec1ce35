"""Strings of spoken digits: how they are joined, framed, scored, refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories.sounds import archive, tone

from shared.datasets.fsdd import RATE, Recording, read_recordings
from shared.errors import DataError, SpecError
from shared.specs import Split
from shared.specs.ctc import label_sequences, label_targets
from shared.task.examples import AGGREGATES
from shared.tasks.audio import segmentation, speech
from shared.tasks.audio.digit_strings import (
    LEVEL,
    StringData,
    draw_strings,
    stacked,
)
from shared.tasks.audio.sound_codec import decode, encode, metadata
from shared.tasks.audio.word_errors import score, score_examples, word_errors

SMALL = {"train_strings": 24, "held_out_strings": 8, "n_mels": 10}


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    """Takes 0, 5 and 10 of three digits by two speakers, a tone each."""
    takes = {
        f"{digit}_{speaker}_{take}": (tone(hertz + shift), RATE)
        for digit, hertz in ((0, 300), (4, 900), (9, 2500))
        for speaker, shift in (("ann", 0), ("bob", 100))
        for take in (0, 5, 10)
    }
    return archive(tmp_path_factory.mktemp("sounds") / "a.tar", **takes)


@pytest.fixture(scope="module")
def dataset(sounds):
    return speech.load(StringData(data=str(sounds), **SMALL), 0)


def test_labels_follow_the_digits_and_frames_the_lengths(dataset):
    for split in (dataset.train, dataset.validation, dataset.test):
        frames, labels = zip(*label_sequences(split.y))
        assert list(frames) == list(split.lengths)
        assert all(2 <= len(one) <= 5 for one in labels)
        assert set(np.concatenate(labels)) <= {1, 5, 10}
        assert split.x.shape[2] == dataset.input_size == 3 * 10
        mask = np.arange(split.x.shape[1]) < split.lengths[:, None]
        assert not split.x[~mask].any()


def test_the_seed_draws_the_training_strings_alone(sounds, dataset):
    data = StringData(data=str(sounds), **SMALL)
    again, other = speech.load(data, 0), speech.load(data, 1)
    assert np.array_equal(again.train.x, dataset.train.x)
    assert other.train.y.tolist() != dataset.train.y.tolist()
    for part in ("validation", "test"):
        same, own = getattr(other, part).y, getattr(dataset, part).y
        assert np.array_equal(same, own)


def test_a_string_has_one_speaker_pauses_and_levels():
    takes = [
        Recording(digit, speaker, take, np.full(size, value, np.float32))
        for speaker, value in (("ann", 0.1), ("bob", -0.1))
        for digit in range(3)
        for take, size in ((10, 400), (11, 500))
    ]
    strings = draw_strings(takes, 40, StringData(max_pause=0.1), [0])
    assert {len(string.digits) for string in strings} == {2, 3, 4, 5}
    gaps, levels, sizes = [], [], []
    for number, string in enumerate(strings):
        speech_like = np.abs(string.samples) > 0.02
        edges = np.flatnonzero(np.diff(speech_like.astype(int))) + 1
        starts, ends = edges[::2], edges[1::2]
        values = [string.samples[a:b].mean() for a, b in zip(starts, ends)]
        assert (np.sign(values) == (1, -1)[number % 2]).all()
        gaps += [starts[0], *(starts[1:] - ends[:-1])]
        levels += np.abs(values).tolist()
        sizes += (ends - starts).tolist()
    assert min(gaps) >= 0 and 600 < max(gaps) <= 801
    assert min(sizes.count(size) for size in (400, 500)) > 40
    decibels = 20 * np.log10(np.array(levels) / 0.1)
    assert np.abs(decibels).max() < LEVEL + 0.3
    assert decibels.std() > LEVEL / 3


def test_stacked_frames_repeat_the_last_to_fill_up():
    frames = np.arange(10.0).reshape(5, 2)
    assert stacked(frames, 1).tolist() == frames.tolist()
    assert stacked(frames, 3).tolist() == [
        [0, 1, 2, 3, 4, 5],
        [6, 7, 8, 9, 8, 9],
    ]


def test_a_string_with_fewer_steps_than_labels_is_refused(sounds):
    data = StringData(data=str(sounds), max_pause=0, frame_stack=20, **SMALL)
    with pytest.raises(DataError, match=r"need \d time steps for CTC.* has \d"):
        speech.load(data, 0)


def test_options_that_exclude_each_other_are_refused():
    with pytest.raises(SpecError, match="min_digits 6 is more than max_digits"):
        StringData(min_digits=6)


def test_a_sound_is_encoded_as_the_training_strings_are(sounds, dataset):
    data = StringData(data=str(sounds), **SMALL)
    takes = [r for r in read_recordings(sounds)[0] if r.take == 10]
    string = draw_strings(takes, 1, data, [0, 7])[0]
    x, lengths = encode(string.samples, metadata(dataset))
    assert lengths.tolist() == [dataset.train.lengths[0]]
    assert x[0] == pytest.approx(dataset.train.x[0, : lengths[0]], abs=1e-5)


def test_digits_are_decoded_from_logits(dataset):
    logits = 9 * np.eye(11)[[1, 1, 0, 1, 0, 10]][None]
    assert decode(logits, metadata(dataset), 0) == "0 0 9"
    assert decode(logits, metadata(dataset), 5) == "0 0 9"


PAIRS = {  # spoken, found -> substitutions, deletions, insertions
    "right": ([1, 2], [1, 2], (0, 0, 0)),
    "substitution": ([1, 2], [1, 3], (1, 0, 0)),
    "deletions": ([1, 2, 3], [2], (0, 2, 0)),
    "insertion": ([10, 1], [10, 4, 1], (0, 0, 1)),
    "nothing found": ([1, 2], [], (0, 2, 0)),
    "more than spoken": ([1], [2, 3, 4], (1, 0, 2)),
}


@pytest.mark.parametrize("spoken, found, errors", PAIRS.values(), ids=PAIRS)
def test_errors_of_an_alignment_with_the_fewest(spoken, found, errors):
    assert tuple(word_errors([spoken], [found])[0]) == errors


def test_the_word_error_rate_divides_by_the_spoken_words(dataset):
    strings = [[1, 2, 3], [4], [1]]
    frames = np.array([6, 6, 6])
    y = label_targets([np.array(one) for one in strings], frames)
    split = Split(np.zeros((3, 6, 30), np.float32), y, frames.astype(np.int32))
    paths = [[1, 0, 2, 0, 3, 0], [4, 0, 5, 0, 6, 0], [0] * 6]
    outputs = 9 * np.eye(11)[paths]
    small = dataset.__class__(
        *(split, split, split), 30, 11, metadata=dataset.metadata
    )
    scores = score(outputs, "test", small)
    assert scores == {
        "wer": pytest.approx(3 / 5),
        "exact": pytest.approx(1 / 3),
    }
    sums = score_examples(outputs, small).statistics
    assert sums.tolist() == [[0, 3], [2, 1], [1, 1]]
    assert AGGREGATES["wer"](sums.sum(axis=0)) == pytest.approx(scores["wer"])


def test_segments_are_where_the_energy_is():
    energy = np.full(100, -8.0)
    energy[20:45] = energy[60:85] = 2.0
    energy[30:34] = -8.0  # too short for a pause
    energy[2:6] = 2.0  # too short for a digit
    found = segmentation.segments_of(energy)
    assert found == [slice(20, 45), slice(60, 85)]


def test_the_baseline_recognizes_tones_with_pauses(sounds):
    data = StringData(data=str(sounds), **SMALL)
    found = speech.baselines(speech.load(data, 0))
    assert found["nearest mean of segments"]["wer"] < 0.6


def test_the_baseline_reads_no_target_of_test(dataset):
    found = segmentation.recognize(dataset)
    test = dataset.test._replace(y=dataset.test.y[::-1])
    assert segmentation.recognize(replace(dataset, test=test)) == found
    assert any(found)


@pytest.mark.slow
def test_recordings_of_test_are_in_no_training_string(data_dir):
    dataset = speech.load(StringData(train_strings=60, held_out_strings=20), 0)
    assert dataset.output_size == 11
    found = speech.baselines(dataset)["nearest mean of segments"]
    assert 0.1 < found["wer"] < 0.9
