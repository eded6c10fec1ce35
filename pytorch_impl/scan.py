"""All steps of a linear recurrence h' = a h + b at once."""

import torch
from torch import Tensor
from torch.nn import functional as F

Steps = tuple[Tensor, Tensor]
"""a and b of some steps, each (B, T, H)."""

IDENTITY = (1.0, 0.0)
"""a and b of a step that keeps h."""


def compose(first: Steps, second: Steps) -> Steps:
    """Two steps as one: c (a h + b) + d."""
    (a, b), (c, d) = first, second
    return a * c, c * b + d


def associative_scan(steps: Steps, reverse: bool) -> Steps:
    """All steps up to each one as one: a and b, each (B, T, H)."""
    # PyTorch 2.13 has no public one: pairs of steps are composed and scanned,
    # then the steps between them follow from the pairs (Blelloch 1990).
    length = steps[0].shape[1]
    if length == 1:
        return steps
    if reverse:
        flipped = tuple(x.flip(1) for x in steps)
        return tuple(x.flip(1) for x in associative_scan(flipped, False))
    if length % 2:
        steps = [
            F.pad(x, (0, 0, 0, 1), value=same)
            for x, same in zip(steps, IDENTITY)
        ]
    pairs = [x.unflatten(1, (-1, 2)).unbind(2) for x in steps]
    even, odd = zip(*pairs)  # each of a and b (B, T/2, H)
    odd = associative_scan(compose(even, odd), False)
    before = [
        F.pad(x[:, :-1], (0, 0, 1, 0), value=same)
        for x, same in zip(odd, IDENTITY)
    ]
    even = compose(before, even)
    whole = (torch.stack(two, 2).flatten(1, 2) for two in zip(even, odd))
    return tuple(x[:, :length] for x in whole)
