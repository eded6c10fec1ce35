"""What tests of several models share."""

import jax
import pytest


@pytest.fixture
def quick():
    """JAX compiles in half the time, to slower programs."""
    jax.config.update("jax_disable_most_optimizations", True)
    yield
    jax.config.update("jax_disable_most_optimizations", False)
