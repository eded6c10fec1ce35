"""Music: frames and the next ones, likelihoods, baselines."""

from __future__ import annotations

import numpy as np
import pytest

from comparisons.arguments.options import parse_options
from comparisons.runs.plan import matched_sizes
from shared.datasets.piano_rolls import read_rolls
from shared.errors import DataError
from shared.reference.losses import frame_cross_entropy
from shared.tasks import sized
from shared.tasks.audio import music
from shared.tasks.audio.music import MusicData, load
from shared.tasks.audio.piano_rolls import baselines, details, score


def test_a_frame_is_followed_by_the_next(data_dir):
    dataset = load(MusicData(), 0)
    pieces = read_rolls("jsb")
    assert dataset.metadata["pieces"] == [229, 76, 77]
    assert dataset.metadata["frames"] == [13807, 4602, 4725]
    split = dataset.test
    for row, piece in enumerate(pieces[2][:3]):
        end = len(piece) - 1
        assert split.lengths[row] == end
        assert (split.x[row, :end] == piece[:-1]).all()
        assert (split.y[row, :end] == piece[1:]).all()
        assert (split.y[row, end:] == -1).all()
        assert not split.x[row, end:].any()


def test_the_likelihood_is_pooled_over_frames():
    y = np.full((2, 3, 88), -1, np.int8)
    y[0, :3] = 0
    y[1, :1] = 1
    lengths = np.array([3, 1], np.int32)
    split = music.Split(np.zeros((2, 3, 88), np.float32), y, lengths)
    dataset = music.Dataset(split, split, split, 88, 88)
    logits = np.full((2, 3, 88), np.log(3.0))  # a key sounds with 3/4
    found = score(logits, "test", dataset)
    expected = 88 * (3 * np.log(4) + np.log(4 / 3)) / 4
    assert found["nll"] == pytest.approx(expected)
    assert found["f1"] == pytest.approx(2 * 88 / (4 * 88 + 88))
    loss, gradient = frame_cross_entropy(logits, y)
    assert loss == pytest.approx(expected)
    assert not gradient[1, 1:].any()


def test_baselines_are_their_closed_forms(data_dir):
    dataset = load(MusicData(), 0)
    found = baselines(dataset)
    # Held keys predict better than frequencies, worse than a network (8.5).
    assert 9.0 < found["keys held"]["nll"] < found["key frequencies"]["nll"]
    even = score(np.zeros(dataset.test.y.shape), "test", dataset)
    assert even["nll"] == pytest.approx(88 * np.log(2))


def test_a_report_shows_the_keys_that_sound(data_dir):
    dataset = load(MusicData(), 0)
    sure = 40.0 * (dataset.test.y == 1) - 20.0
    found = details(sure, dataset)
    assert np.array(found["sounded"]) == pytest.approx(
        np.array(found["probs"]), abs=1e-3
    )


def test_a_damaged_file_is_named(tmp_path, monkeypatch):
    from shared.datasets import piano_rolls

    path = tmp_path / "a.mat"
    path.write_bytes(b"MATLAB 5.0 MAT-file" + bytes(300))
    monkeypatch.setattr(piano_rolls.catalogue, "locate", lambda name: path)
    with pytest.raises(DataError, match=r"a.mat is no whole file of rolls"):
        read_rolls("jsb")


def test_the_paper_preset_has_the_published_sizes(data_dir):
    dataset = load(MusicData(train_pieces=8), 0)
    words = "--task music --cells gru rnn lstm rnn-relu --match-parameters"
    choices = parse_options([*words.split(), "20000"])
    sizes = matched_sizes(choices, sized(choices.run, dataset))
    assert sizes.pop("rnn-relu") == 78  # 19,978: none is published
    assert sizes == {"gru": 46, "rnn": 100, "lstm": 36}
    choices = parse_options([*words.split(), "30000"])
    sizes = matched_sizes(choices, sized(choices.run, dataset))
    assert sizes["rnn"] == sizes["rnn-relu"] == 106  # 30,086 parameters
