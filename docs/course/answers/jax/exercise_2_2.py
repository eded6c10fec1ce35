import jax.numpy as jnp
from jax import Array


def rescale(w_hh: Array, radius: float) -> Array:
    """The matrix (H, H) with this spectral radius."""
    eigenvalues = jnp.linalg.eigvals(w_hh)  # (H) complex
    return w_hh * radius / jnp.abs(eigenvalues).max()
