"""Moving digits: walls, directions, splits, baselines, scores, refusals."""

import numpy as np
import pytest
from factories.small_datasets import video_dataset

from shared.errors import DataError, SpecError
from shared.files import limits
from shared.specs import ModelSpec
from shared.specs.video import DIRECTIONS, HEADS
from shared.task.examples import AGGREGATES
from shared.tasks.video import video
from shared.tasks.video.baselines import baselines, centroids, cut_out
from shared.tasks.video.moving_digits import (
    VideoData,
    draw_digits,
    draw_motion,
    move,
    render,
    targets,
)
from shared.tasks.video.scores import details, score, score_examples

SMALL = {"train_videos": 30, "validation_videos": 8, "test_videos": 9}


def moved(start, velocity, frames, room):
    """Places and names of directions of one digit."""
    found = move(np.array([start]), np.array([velocity]), frames, room)
    names = [DIRECTIONS[k] for k in found.directions[0]]
    return found.places[0].tolist(), names


def test_a_digit_that_would_cross_a_wall_turns_around():
    """Columns 2, 3, then 4 and 5 are past the wall: 3 and 2, going west."""
    places, names = moved((1, 2), (0, 1), 5, 3)
    assert [column for _, column in places] == [2, 3, 3, 2, 1, 0]
    assert {row for row, _ in places} == {1}
    assert names == ["E", "E", "W", "W", "W"]


def test_each_axis_is_reflected_by_itself():
    """Up and right by 2: the upper wall turns NE into SE, the right into SW."""
    places, names = moved((1, 0), (-2, 2), 3, 4)
    assert places == [[1, 0], [0, 2], [2, 4], [4, 3]]
    assert names == ["NE", "SE", "SE"]
    places, names = moved((0, 0), (1, 1), 1, 4)
    assert (places, names) == ([[0, 0], [1, 1]], ["SE"])


def test_a_place_says_nothing_about_the_direction():
    """From each place and direction once, each is reached once."""
    for speed in (1, 2, 3):
        grid = np.array([(0, column) for column in range(4)] * 2)
        steps = np.repeat([[0, speed], [0, -speed]], 4, axis=0)
        for frames in range(1, 9):
            found = move(grid, steps, frames, 3)
            reached = zip(
                found.places[:, frames - 1, 1], found.directions[:, -1]
            )
            assert len(set(reached)) == 8


def test_directions_speeds_and_places_are_uniform():
    data = VideoData(frames=6, max_speed=2)
    motion = draw_motion(np.random.default_rng(0), 16_000, data)
    counts = np.bincount(motion.directions[:, -1], minlength=8)
    assert np.abs(counts / 16_000 - 1 / 8).max() < 0.012  # 4.6 deviations
    rows = np.bincount(motion.places[:, -2, 0], minlength=19)
    assert np.abs(rows / 16_000 - 1 / 19).max() < 0.008
    steps = np.abs(np.diff(motion.places, axis=1)).max(axis=(1, 2))
    assert set(steps) == {1, 2}


def test_frames_show_the_digit_at_its_place():
    images = np.arange(1.0, 197.0, dtype=np.float32).reshape(1, 14, 14)
    places = np.array([[[0, 1], [2, 2], [1, 0]]])
    x = render(images, places, 16)
    assert x.shape == (1, 3, 256)
    frames = x.reshape(3, 16, 16)
    for frame, (row, column) in zip(frames, places[0]):
        assert (frame[row : row + 14, column : column + 14] == images[0]).all()
        assert frame.sum() == images.sum()


def test_targets_are_of_this_frame_and_the_next_position():
    """A frame of 16: corners 0 to 2, centers -1 to 1 from its center."""
    motion = move(np.array([[0, 2]]), np.array([[0, -1]]), 2, 2)
    y = targets(motion, np.array([7]), 16)
    west = DIRECTIONS.index("W")
    np.testing.assert_allclose(
        y, [[[west, 7, -1 / 3, 0.0], [west, 7, -1 / 3, -1 / 3]]]
    )


def test_splits_have_different_images_and_the_seed_draws_those_of_training(
    data_dir,
):
    rng = np.random.default_rng
    every = [draw_digits(rng(0), part, 40)[0] for part in ("train", "test")]
    every.append(draw_digits(rng(0), "validation", 5000)[0])
    flat = np.concatenate(every).reshape(-1, 196)
    assert len(np.unique(flat, axis=0)) == 5080
    assert (flat.min(), flat.max()) == (0.0, 1.0)
    data = VideoData(**SMALL)
    first, again, other = (video.load(data, seed) for seed in (0, 0, 1))
    assert first.train.x.shape == (30, 20, 1024)
    assert np.array_equal(first.train.x, again.train.x)
    assert not np.array_equal(first.train.x, other.train.x)
    for part in ("validation", "test"):
        for one, its in zip(getattr(first, part), getattr(other, part)):
            assert np.array_equal(one, its)
    assert first.train.y.shape == (30, 20, 4)
    assert (first.test.y[:, :, 1] == first.test.y[:, :1, 1]).all()


def test_one_frame_says_nothing_and_two_say_nearly_all(data_dir):
    data = VideoData(train_videos=600, validation_videos=1, test_videos=400)
    found = baselines(video.load(data, 0))
    one, two = found["single frame"], found["difference of centroids"]
    assert abs(one["accuracy"] - 1 / 8) < 0.06  # 3.6 deviations
    # One of the last steps in 12 is a reflection, on one axis or both.
    assert 0.88 < two["accuracy"] < 0.97
    assert two["rmse"] < 0.9 < one["rmse"] < 1.6
    assert 0.6 < one["digit_accuracy"] == two["digit_accuracy"] < 0.9


def test_centroids_and_the_pixels_around_them():
    frames = np.zeros((2, 20, 20))
    frames[0, 5, 9], frames[1, 0, 0], frames[1, 0, 2] = 2.0, 1.0, 3.0
    assert centroids(frames).tolist() == [[5.0, 9.0], [0.0, 1.5]]
    cut = cut_out(frames).reshape(2, 14, 14)
    assert cut.sum(axis=(1, 2)).tolist() == [2.0, 4.0]


def perfect(y):
    """Outputs (N, T, 20) that are right about every step."""
    outputs = np.zeros((*y.shape[:2], 20))
    for column, head in enumerate(HEADS[:2]):
        size = head.stop - head.start
        outputs[..., head] = 9.0 * np.eye(size)[y[..., column].astype(int)]
    outputs[..., HEADS.position] = y[..., 2:]
    return outputs


def test_scores_are_of_the_last_frame_in_pixels():
    dataset = video_dataset()
    outputs = perfect(dataset.test.y)
    outputs[:, :-1] = 0.0
    right = {"accuracy": 1.0, "digit_accuracy": 1.0, "rmse": 0.0}
    assert score(outputs, "test", dataset) == right
    outputs[0, -1] = np.roll(outputs[0, -1], 1)  # another of each class
    outputs[:, -1, HEADS.position] = dataset.test.y[:, -1, 2:] + 0.5
    found = score(outputs, "test", dataset)
    assert found["accuracy"] == pytest.approx(29 / 30)
    assert found["rmse"] == pytest.approx(0.5 * 3)
    sums = score_examples(outputs, dataset).statistics.sum(axis=0)
    assert AGGREGATES["accuracy"](sums) == pytest.approx(found["accuracy"])


def test_details_count_by_frame_and_name_the_first_video():
    dataset = video_dataset()
    y = dataset.test.y
    outputs = perfect(y)
    outputs[:, 0, HEADS.direction] *= -1.0
    found = details(outputs, dataset)
    assert found["by_frame"]["direction"] == [0.0, 1.0, 1.0, 1.0, 1.0]
    assert found["by_frame"]["digit"] == [1.0] * 5
    assert np.trace(found["confusion"]) == np.sum(found["confusion"]) == 30
    shown = found["video"]
    assert shown["truth"] == shown["predicted"]
    assert shown["truth"] == f"3 moving {DIRECTIONS[int(y[0, -1, 0])]}"
    assert [len(row) for row in shown["frames"]] == [4 * 16] * 16
    last = np.rint(9 * dataset.test.x[0, -1]).astype(int).tolist()
    assert "".join(row[-16:] for row in shown["frames"]) == "".join(
        map(str, last)
    )
    lit = sum(c != "0" for row in shown["frames"] for c in row)
    assert lit == 4 * 14 * 14  # each pixel of a digit is above 0.1


REFUSED = {
    "frames": ({"frames": 1}, "frames must be at least 2, not 1"),
    "small": ({"frame_size": 13}, "frame_size 13 is smaller than a digit"),
    "no room": ({"frame_size": 14}, "max_speed 2 is more than the 0 pixels"),
    "fast": ({"max_speed": 19}, "max_speed 19 is more than the 18 pixels"),
    "images": ({"test_videos": 10_001}, "test_videos must be .*10,?000"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_options_are_refused_in_one_line(name):
    options, fault = REFUSED[name]
    with pytest.raises(SpecError, match=fault) as refused:
        VideoData(**options)
    assert "\n" not in str(refused.value)


def test_too_many_pixels_are_refused_before_they_are_drawn(monkeypatch):
    monkeypatch.setattr(limits, "FRAMES", 47 * 20 * 32**2 * 4 - 1)
    with pytest.raises(DataError, match=r"^47 videos of 20 frames of 32 by 32"):
        video.load(VideoData(**SMALL), 0)


def test_frames_that_are_not_square_are_refused():
    with pytest.raises(SpecError, match="1000 is not that of a square frame"):
        ModelSpec(model="video_model", input_size=1000)


def test_a_video_model_does_not_read_backward():
    with pytest.raises(SpecError, match="video model cannot be bidirectional"):
        ModelSpec(model="video_model", bidirectional=True)
