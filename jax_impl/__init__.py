"""The suite's models as jax_impl says them."""
