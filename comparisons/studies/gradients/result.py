"""What the study of gradients measures."""

from __future__ import annotations

from typing import NamedTuple


class GradientNorms(NamedTuple):
    """The norms of one case in one framework, by distance from the end.

    whole: the norm of the weights' gradient, before clipping.
    """

    framework: str
    cell: str
    case: str
    norms: list[float]
    deviation: float
    whole: float
