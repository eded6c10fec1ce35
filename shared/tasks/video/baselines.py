"""What a recurrent net must beat: one frame, and the difference of two."""

import numpy as np

from shared.specs.video import DIGITS, DIRECTIONS, HEADS, OUTPUTS, UNIT
from shared.task import Dataset, Scores, scores_of
from shared.tasks.video.moving_digits import DIGIT, STEPS
from shared.tasks.video.scores import score

LINEAR_VIDEOS = 2000
"""Training videos whose last frames the linear model is fitted to."""


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Direction, digit and position without a recurrent net.

    single frame: a logistic regression of the last frame's pixels for the
    direction, of which they say nothing, and its centroid for the position;
    difference of centroids: that of the last two frames, for the nearest
    direction, and once more for the position. Both take the digit of the
    nearest mean of digits cut out around the centroid of the last frame.
    """
    before, last = (frames_of(dataset.test.x[:, t], dataset) for t in (-2, -1))
    places = centroids(last)
    step = places - centroids(before)
    digits = nearest_digits(dataset)
    headings = {
        "single frame": (single_frame(dataset), places),
        "difference of centroids": (step @ unit_steps().T, places + step),
    }
    outputs = {
        name: joined(directions, digits, (found - middle(dataset)) / UNIT)
        for name, (directions, found) in headings.items()
    }
    return scores_of(score, outputs, dataset)


def frames_of(x: np.ndarray, dataset: Dataset) -> np.ndarray:
    """Pixels (N, side²) as frames (N, side, side)."""
    side = dataset.metadata["frame_size"]
    return x.reshape(-1, side, side)


def middle(dataset: Dataset) -> float:
    """Row, and column, of the center of a frame."""
    return (dataset.metadata["frame_size"] - 1) / 2


def centroids(frames: np.ndarray) -> np.ndarray:
    """Row and column of the center of mass of each frame: (N, 2)."""
    mass = frames.sum(axis=(1, 2))
    places = np.arange(frames.shape[1])
    rows, columns = frames.sum(axis=2) @ places, frames.sum(axis=1) @ places
    return np.stack([rows, columns], axis=1) / mass[:, None]


def unit_steps() -> np.ndarray:
    """A step of length 1 in each direction: (8, 2)."""
    steps = np.array(STEPS, float)
    return np.asarray(steps / np.linalg.norm(steps, axis=1, keepdims=True))


def single_frame(dataset: Dataset) -> np.ndarray:
    """Logits of directions (N, 8) from the pixels of the last frame."""
    from sklearn.linear_model import LogisticRegression

    train = dataset.train
    x, y = (a[:LINEAR_VIDEOS, -1] for a in (train.x, train.y))
    model = LogisticRegression(max_iter=100, tol=1e-2)
    model.fit(x, y[:, 0].astype(int))
    found = model.decision_function(dataset.test.x[:, -1])
    logits = np.full((len(found), len(DIRECTIONS)), -np.inf)
    logits[:, model.classes_] = found
    return logits


def nearest_digits(dataset: Dataset) -> np.ndarray:
    """Negative distances (N, 10) from the mean image of each digit."""
    train = cut_out(frames_of(dataset.train.x[:, -1], dataset))
    test = cut_out(frames_of(dataset.test.x[:, -1], dataset))
    digits = dataset.train.y[:, -1, 1]
    found = np.full((len(test), len(DIGITS)), -np.inf)
    for digit in np.unique(digits).astype(int):
        mean = train[digits == digit].mean(axis=0)
        found[:, digit] = -np.linalg.norm(test - mean, axis=1)
    return found


def cut_out(frames: np.ndarray) -> np.ndarray:
    """The pixels around the centroid of each frame: (N, 14²)."""
    padded = np.pad(frames, ((0, 0), (DIGIT, DIGIT), (DIGIT, DIGIT)))
    corners = np.rint(centroids(frames) - (DIGIT - 1) / 2).astype(int)
    rows, columns = (corners[..., None] + DIGIT + np.arange(DIGIT)).swapaxes(
        0, 1
    )
    each = np.arange(len(frames))[:, None, None]
    cut = padded[each, rows[:, :, None], columns[:, None]]
    return np.asarray(cut.reshape(len(frames), -1))


def joined(
    directions: np.ndarray, digits: np.ndarray, position: np.ndarray
) -> np.ndarray:
    """The outputs of all heads at the last frame alone: (N, 1, K)."""
    outputs = np.zeros((len(position), 1, OUTPUTS))
    for head, own in zip(HEADS, (directions, digits, position), strict=True):
        outputs[:, 0, head] = own
    return outputs
