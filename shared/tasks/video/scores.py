"""Scores of a video at its last frame, and what its runs record."""

from typing import Any

import numpy as np

from shared import metrics
from shared.specs.video import DIGITS, DIRECTIONS, HEADS, UNIT
from shared.task import Dataset, Examples, Scores, means_of

STRIP = 4
"""Frames of the first test video that a report shows."""


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Of outputs (N, T, K) at the last frame.

    Accuracies of direction and digit, and the root of the mean squared error of
    a coordinate of the next position, in pixels.
    """
    last, truth = outputs[:, -1], getattr(dataset, part).y[:, -1]
    position = last[:, HEADS.position]
    return {
        "accuracy": metrics.accuracy(last[:, HEADS.direction], truth[:, 0]),
        "digit_accuracy": metrics.accuracy(last[:, HEADS.digit], truth[:, 1]),
        "rmse": UNIT * metrics.rmse(position, truth[:, 2:]),
    }


def score_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    """Whether the direction of each test video is correct."""
    predicted = outputs[:, -1, HEADS.direction].argmax(axis=1)
    return means_of(predicted == dataset.test.y[:, -1, 0], "videos")


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """Confused directions, accuracy by frame, and the first test video."""
    truth = dataset.test.y
    last, directions = outputs[:, -1], truth[:, -1, 0]
    confusion = metrics.confusion(last[:, HEADS.direction], directions)
    return {
        "classes": list(DIRECTIONS),
        "confusion": confusion.tolist(),
        "by_frame": {
            name: (outputs[..., head].argmax(axis=2) == truth[..., column])
            .mean(axis=0)
            .round(4)
            .tolist()
            for column, (name, head) in enumerate(
                zip(HEADS._fields[:2], HEADS[:2])
            )
        },
        "video": first_video(outputs, dataset),
    }


def first_video(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """Its last frames, a digit from 0 to 9 per pixel, and its classes."""
    side = dataset.metadata["frame_size"]
    frames = dataset.test.x[0, -STRIP:].reshape(-1, side, side)
    shades = np.rint(9 * np.concatenate(list(frames), axis=1)).astype(int)
    direction, digit = (int(outputs[0, -1, h].argmax()) for h in HEADS[:2])
    return {
        "frames": ["".join(map(str, row)) for row in shades.tolist()],
        "truth": named(*dataset.test.y[0, -1, :2]),
        "predicted": named(direction, digit),
    }


def named(direction: float, digit: float) -> str:
    return f"{DIGITS[int(digit)]} moving {DIRECTIONS[int(direction)]}"
