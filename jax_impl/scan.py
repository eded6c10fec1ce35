"""All steps of a linear recurrence h' = a h + b at once."""

from jax import Array, lax

Steps = tuple[Array, Array]
"""a and b of some steps, each (B, T, H)."""

IDENTITY = (1.0, 0.0)
"""a and b of a step that keeps h."""


def compose(first: Steps, second: Steps) -> Steps:
    """Two steps as one: c (a h + b) + d."""
    (a, b), (c, d) = first, second
    return a * c, c * b + d


def associative_scan(steps: Steps, reverse: bool) -> Steps:
    """All steps up to each one as one: a and b, each (B, T, H)."""
    return lax.associative_scan(compose, steps, reverse, axis=1)
