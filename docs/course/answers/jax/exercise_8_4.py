import jax.numpy as jnp
from jax import Array


def ctc_collapse(path: Array, blank: int) -> list[int]:
    """The labels of a path: repetitions merged, then blanks dropped."""
    changes = jnp.diff(path, prepend=-1) != 0
    return path[changes & (path != blank)].tolist()
