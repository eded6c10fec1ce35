"""Name the direction and the digit of a video, and where the digit is next."""

import numpy as np

from shared.datasets import mnist
from shared.errors import DataError
from shared.exhibits.video import video_exhibits
from shared.files import catalogue, limits
from shared.specs import PARTS, ModelSpec, Split, cosine_training
from shared.specs.video import OUTPUTS
from shared.task import Dataset, Splits, Task
from shared.tasks.video.baselines import baselines
from shared.tasks.video.moving_digits import (
    VideoData,
    draw_digits,
    draw_motion,
    render,
    targets,
)
from shared.tasks.video.scores import details, score, score_examples


def load(data: VideoData, seed: int) -> Dataset:
    """Pixels (N, T, side²) and targets (N, T, 4), as `shared.specs.video` has.

    The direction is that of the velocity at a frame, after the reflections up
    to it. Each seed draws other training videos; all are scored on the same.
    """
    check_size(data)
    seeds = ([seed, 7], [0, 8], [0, 9])
    return Dataset(
        *Splits(*(draw(data, p, s) for p, s in zip(PARTS, seeds, strict=True))),
        input_size=data.frame_size**2,
        output_size=OUTPUTS,
        hashes=catalogue.hashes(catalogue.names_under(mnist.FOLDER)),
        metadata={"frame_size": data.frame_size, "max_speed": data.max_speed},
    )


def draw(data: VideoData, part: str, seed: list[int]) -> Split:
    """The videos of a split, of images that no other split has."""
    rng = np.random.default_rng(seed)
    videos, side = getattr(data, f"{part}_videos"), data.frame_size
    images, digits = draw_digits(rng, part, videos)
    motion = draw_motion(rng, videos, data)
    x = render(images, motion.places[:, :-1], side)
    return Split(x, targets(motion, digits, side), None)


def check_size(data: VideoData) -> None:
    """DataError where the frames take too much memory."""
    videos = data.train_videos + data.validation_videos + data.test_videos
    size = videos * data.frames * data.frame_size**2 * 4
    if size > limits.FRAMES:
        raise DataError(
            f"{videos:,} videos of {data.frames:,} frames of "
            f"{data.frame_size} by {data.frame_size} pixels take more than "
            f"{limits.FRAMES >> 30} GiB; give fewer, or smaller ones"
        )


def summarize(dataset: Dataset) -> list[str]:
    side, speed = (dataset.metadata[n] for n in ("frame_size", "max_speed"))
    return [
        f"{dataset.sizes('videos')} of {dataset.test.x.shape[1]} frames of "
        f"{side} by {side} pixels, in which a digit moves in one of 8 "
        f"directions by 1 to {speed} pixels per frame"
    ]


TASK = Task(
    name="video",
    summary="moving digits: direction, digit, next position",
    model=ModelSpec(model="video_model", input="values", hidden_size=64),
    train=cosine_training(epochs=10, batch_size=32, learning_rate=5e-3),
    data=VideoData(),
    presets={
        "quick": {
            "model": {"conv_channels": 24},
            "train": {"epochs": 4, "batch_size": 16},
            "data": {
                "train_videos": 800,
                "validation_videos": 200,
                "test_videos": 300,
            },
        },
        "standard": {},
    },
    threads=1,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    examples=score_examples,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetchers={"moving-mnist": mnist.fetch},
    exhibits=video_exhibits,
)
