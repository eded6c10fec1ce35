"""Random examples of each kind on which implementations are checked."""

from collections.abc import Callable

import numpy as np

from shared.specs import Array, ModelSpec
from shared.specs.ctc import frames_needed, label_targets
from shared.specs.video import HEADS

BATCH, STEPS, FEATURES, INDICES = 6, 7, 3, 8
EMBEDDING, HIDDEN, OUTPUTS = 4, 5, 4
CHARACTERS, WORD_LENGTH, SHAPES = 6, 4, 6
PIXELS, CHANNELS = 36, 12
LENGTHS = (4, 1, STEPS, 2, 6, 5)
LABELS = (2, 1, 3, 3, 0, 4)
"""Labels of an example, unless its frames are too few."""

Random = np.random.Generator


def _values(rng: Random, present: Array, spec: ModelSpec) -> Array:
    """Values (N, T, D), 0 past the ends."""
    values = rng.normal(size=(*present.shape, spec.input_size)).astype("f4")
    return values * present[:, :, None]


def _indices(rng: Random, present: Array, spec: ModelSpec) -> Array:
    """Indices (N, T), 0 past the ends."""
    indices = rng.integers(1, spec.input_size, present.shape, dtype=np.int32)
    return indices * present


def _words(rng: Random, present: Array, spec: ModelSpec) -> Array:
    """Indices and characters (N, T, 1 + C); words of 1 to C characters.

    With shapes (N, T, 2 + C): these are in the second column.
    """
    shape = (*present.shape, WORD_LENGTH)
    characters = rng.integers(
        1, spec.char_size or CHARACTERS, shape, dtype=np.int32
    )
    ends = rng.integers(1, WORD_LENGTH + 1, present.shape)
    characters *= np.arange(WORD_LENGTH) < ends[:, :, None]
    columns = [_indices(rng, present, spec)[:, :, None], characters]
    if spec.shape_size:
        shapes = rng.integers(1, spec.shape_size, present.shape, np.int32)
        columns.insert(1, shapes[:, :, None])
    return np.concatenate(columns, 2) * present[:, :, None]


def _pairs(rng: Random, present: Array, spec: ModelSpec) -> Array:
    """Sources and decoder inputs (N, T, 2)."""
    inputs = rng.integers(0, spec.output_size, present.shape, dtype=np.int32)
    return np.stack([_indices(rng, present, spec), inputs], axis=2)


def _targets(rng: Random, present: Array, outputs: int) -> Array:
    """Values (N, K)."""
    return rng.normal(size=(len(present), outputs)).astype("f4")


def _values_of_steps(rng: Random, present: Array, outputs: int) -> Array:
    """Values (N, T, K)."""
    return rng.normal(size=(*present.shape, outputs)).astype("f4")


def _classes(rng: Random, present: Array, outputs: int) -> Array:
    """Classes (N,); one logit has two."""
    return rng.integers(0, max(2, outputs), len(present), np.int32)


def _tags(rng: Random, present: Array, outputs: int) -> Array:
    """Tags (N, T), -1 past the ends."""
    tags = rng.integers(0, outputs, present.shape, np.int32)
    return np.where(present, tags, np.int32(-1))


def _keys(rng: Random, present: Array, outputs: int) -> Array:
    """Keys (N, T, K), 0 or 1, -1 past the ends."""
    keys = rng.integers(0, 2, (*present.shape, outputs), np.int8)
    return np.where(present[..., None], keys, np.int8(-1))


def _label_sequences(rng: Random, present: Array, outputs: int) -> Array:
    """Frames and labels (N, 1 + U): repeated ones, none, as many as fit."""
    frames = present.sum(axis=1)
    sequences = [
        fitting(rng.integers(1, outputs, count), end)
        for count, end in zip(np.resize(LABELS, len(frames)), frames)
    ]
    return label_targets(sequences, frames)


def _moves(rng: Random, present: Array, outputs: int) -> Array:
    """Direction, digit and position at each step (N, T, 4)."""
    directions, digits = (
        rng.integers(0, head.stop - head.start, (*present.shape, 1))
        for head in HEADS[:2]
    )
    position = rng.normal(size=(*present.shape, 2))
    return np.concatenate([directions, digits, position], 2).astype("f4")


def fitting(labels: Array, frames: int) -> Array:
    """The first labels, the second repeated, that so many frames can have."""
    labels[1:2] = labels[:1]
    while frames_needed(labels) > frames:
        labels = labels[:-1]
    return labels


EXAMPLES: dict[str, Callable[[Random, Array, ModelSpec], Array]] = {
    "forecaster": _values,
    "classifier": _indices,
    "classifier values": _values,
    "tagger": _words,
    "language_model": _indices,
    "frame_model": _values,
    "sequence_forecaster": _values,
    "seq2seq": _pairs,
    "autoencoder": _values,
    "speech_recognizer": _values,
    "video_model": _values,
}
TARGETS: dict[str, Callable[[Random, Array, int], Array]] = {
    **dict.fromkeys(("squared_error", "pinball"), _targets),
    "autoencoder": _values_of_steps,
    "sequence_forecaster": _values_of_steps,
    "cross_entropy": _classes,
    "binary_cross_entropy": _classes,
    **dict.fromkeys(("masked_cross_entropy", "crf"), _tags),
    "frame_cross_entropy": _keys,
    "ctc": _label_sequences,
    "multi_task": _moves,
}
