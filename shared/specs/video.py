"""Frames in which a digit moves: their encoder's sizes, and their targets.

x (N, T, D): the D = side² pixels of each frame, row by row, from 0 to 1.
y (N, T, 4) float32: of each step the class of the direction in which the digit
moves, the digit, and the row and column of its center in the next frame, in
UNIT pixels from the center of the frame.
"""

import math
from typing import Any, NamedTuple

from shared.errors import SpecError

DIRECTIONS = ("E", "NE", "N", "NW", "W", "SW", "S", "SE")
DIGITS = tuple("0123456789")

UNIT = 3.0
"""Pixels: with it the three losses are of like size."""

KERNEL, PADDING = 3, 1
"""Height and width of each kernel, and the zeros around what it reads."""


class Heads(NamedTuple):
    """The columns of the outputs that are of one head."""

    direction: slice = slice(0, 8)
    digit: slice = slice(8, 18)
    position: slice = slice(18, 20)


HEADS = Heads()
OUTPUTS = HEADS.position.stop


def check_frames(spec: Any) -> None:
    """SpecError where the frames of a `ModelSpec` are not square."""
    size = spec.input_size
    if spec.model == "video_model" and frame_side(size) ** 2 != size:
        raise SpecError(f"input_size {size} is not that of a square frame")


def frame_side(pixels: int) -> int:
    """Height and width of a frame of so many pixels, rounded down."""
    return math.isqrt(pixels)


def convolutions(last: int) -> tuple[tuple[int, int, int], ...]:
    """Channels read, channels made, and stride of each, given the last's."""
    first, second = last // 6, last // 3
    return (1, first, 2), (first, second, 2), (second, last, 1)


def map_side(side: int, stride: int) -> int:
    """Height and width of the maps of one convolution."""
    return (side + 2 * PADDING - KERNEL) // stride + 1


def frame_features(pixels: int, last: int) -> int:
    """Size of a frame's vector: a maximum per map, and one per place."""
    (_, _, stride), *_ = convolutions(last)
    return last + map_side(frame_side(pixels), stride) ** 2
