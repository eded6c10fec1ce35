"""What the study of gradients measures."""

from __future__ import annotations

from typing import NamedTuple


class GradientNorms(NamedTuple):
    """Norms of one case in one framework, by distance from the end.

    whole: norm of the gradient of all weights, before clipping.
    """

    framework: str
    cell: str
    case: str
    norms: list[float]
    deviation: float
    whole: float
