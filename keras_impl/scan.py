"""All steps of a linear recurrence h' = a h + b at once."""

from typing import Any

from keras import ops

Steps = tuple[Any, Any]
"""a and b of some steps, each (B, T, H)."""

IDENTITY = (1.0, 0.0)
"""a and b of a step that keeps h."""


def compose(first: Steps, second: Steps) -> Steps:
    """Two steps as one: c (a h + b) + d."""
    (a, b), (c, d) = first, second
    return a * c, c * b + d


def associative_scan(steps: Steps, reverse: bool) -> Steps:
    """All steps up to each one as one: a and b, each (B, T, H)."""
    length = ops.shape(steps[0])[1]
    if isinstance(length, int):
        whole = ops.associative_scan(compose, steps, reverse, axis=1)
        # On TensorFlow the result has no static shape.
        return tuple(ops.reshape(x, ops.shape(steps[0])) for x in whole)
    # It fails on TensorFlow where T varies: there 2, 4, 8, ... steps are
    # composed (Hillis and Steele 1986).
    order = ops.arange(length)[:, None]  # (T, 1)
    if reverse:
        order = length - 1 - order

    def double(count, *steps) -> tuple:
        shift = -count if reverse else count
        before = [
            ops.where(order < count, same, ops.roll(x, shift, axis=1))
            for x, same in zip(steps, IDENTITY)
        ]
        return 2 * count, *compose(before, steps)

    _, *whole = ops.while_loop(
        lambda count, *_: count < length,
        double,
        (1, *steps),
        maximum_iterations=length,  # XLA needs one
    )
    return tuple(whole)
