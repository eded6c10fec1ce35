"""Videos of one digit that moves in a square and bounces off its walls.

Half-size Moving MNIST (Srivastava et al. 2015) of one digit: images of 14 by 14
pixels. A coordinate p, from 0 to R, and the sign of its velocity are a point of
a circle of 2(R + 1): p itself, or 2R + 1 - p on the way back. The velocity
turns that circle, so that a digit whose edge would cross a wall goes the other
way, and a place that is uniform and independent of the direction stays so: of a
frame alone, every direction is equally likely.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from shared.datasets import mnist
from shared.errors import SpecError
from shared.fields import check, count, option
from shared.specs.video import UNIT

DIGIT = mnist.SIDE // 2
"""Height and width of a digit, in pixels."""

STEPS = ((0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1))
"""Rows and columns of a step of each of `shared.specs.video.DIRECTIONS`."""

HELD_OUT = 5000
"""Last images of the training files, those of the validation split."""

IMAGES = {"train": 60_000 - HELD_OUT, "validation": HELD_OUT, "test": 10_000}
"""Split -> its images, of which each video takes another."""


@dataclass(frozen=True)
class VideoData:
    dataset: str = option(
        "moving-mnist", "data set of the digits", ("moving-mnist",)
    )
    frames: int = option(20, "frames T of a video", least=2)
    frame_size: int = count(32, "height and width of a frame, in pixels")
    max_speed: int = count(
        2, "fastest horizontal or vertical speed, in pixels per frame"
    )
    train_videos: int = count(
        8000, "videos of the training split", most=IMAGES["train"]
    )
    validation_videos: int = count(
        500, "videos of the validation split", most=IMAGES["validation"]
    )
    test_videos: int = count(
        1000, "videos of the test split", most=IMAGES["test"]
    )

    def __post_init__(self) -> None:
        check(self)
        if self.room < 0:
            raise SpecError(
                f"frame_size {self.frame_size} is smaller than a digit, which "
                f"has {DIGIT} pixels"
            )
        if self.max_speed > self.room:
            raise SpecError(
                f"max_speed {self.max_speed} is more than the {self.room} "
                f"pixels that a digit can move in frame_size {self.frame_size}"
            )

    @property
    def room(self) -> int:
        """R: rows, or columns, by which a digit can move."""
        return self.frame_size - DIGIT


class Motion(NamedTuple):
    """Paths of N digits.

    places (N, T + 1, 2): row and column of the upper left corner, one frame
    more than is shown; directions (N, T): classes of the velocity at each
    frame, after the reflections up to it.
    """

    places: np.ndarray
    directions: np.ndarray


def move(
    starts: np.ndarray, velocities: np.ndarray, frames: int, room: int
) -> Motion:
    """Paths from starts (N, 2) by velocities (N, 2), pixels per frame."""
    around = 2 * (room + 1)
    times = np.arange(frames + 1)[:, None]  # (T + 1, 1)
    points = (starts[:, None] + velocities[:, None] * times) % around
    back = points > room  # (N, T + 1, 2)
    places = np.where(back, around - 1 - points, points)
    signs = np.sign(velocities)[:, None] * np.where(back, -1, 1)
    steps = signs[:, :-1, None] == np.array(STEPS)  # (N, T, 8, 2)
    return Motion(places, steps.all(axis=3).argmax(axis=2))


def draw_motion(
    rng: np.random.Generator, videos: int, data: VideoData
) -> Motion:
    """Places, directions and speeds, each uniform and independent."""
    directions = rng.integers(0, len(STEPS), videos)
    speeds = rng.integers(1, data.max_speed + 1, (videos, 1))
    starts = rng.integers(0, data.room + 1, (videos, 2))
    velocities = speeds * np.array(STEPS)[directions]
    return move(starts, velocities, data.frames, data.room)


def draw_digits(
    rng: np.random.Generator, part: str, videos: int
) -> tuple[np.ndarray, np.ndarray]:
    """Different images of a split: pixels in [0, 1] (N, 14, 14), digits."""
    images, digits = mnist.read_mnist("t10k" if part == "test" else "train")
    first = IMAGES["train"] if part == "validation" else 0
    rows = first + rng.permutation(IMAGES[part])[:videos]
    blocks = images[rows].reshape(-1, DIGIT, 2, DIGIT, 2)
    halved = blocks.mean(axis=(2, 4), dtype=np.float32)
    return halved / np.float32(255), digits[rows]


def render(images: np.ndarray, places: np.ndarray, side: int) -> np.ndarray:
    """Images (N, 14, 14) at places (N, T, 2): pixels (N, T, side²)."""
    videos, frames = places.shape[:2]
    x = np.zeros((videos, frames, side, side), np.float32)
    rows, columns = np.moveaxis(places[..., None] + np.arange(DIGIT), 2, 0)
    each = np.arange(videos)[:, None, None]
    for t in range(frames):
        x[each, t, rows[:, t, :, None], columns[:, t, None]] = images
    return x.reshape(videos, frames, side * side)


def targets(motion: Motion, digits: np.ndarray, side: int) -> np.ndarray:
    """What `shared.specs.video` says of each step: (N, T, 4)."""
    y = np.zeros((*motion.directions.shape, 4), np.float32)
    y[..., 0], y[..., 1] = motion.directions, digits[:, None]
    y[..., 2:] = (motion.places[:, 1:] - (side - DIGIT) / 2) / UNIT
    return y
