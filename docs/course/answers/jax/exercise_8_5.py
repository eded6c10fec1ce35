import jax.numpy as jnp
from jax import Array


def forecast_ahead(
    x: Array, w_ih: Array, w_hh: Array, b: Array, w_out: Array, steps: int
) -> Array:
    """Recursive forecasts: (B, T, D) -> (B, S, D)."""
    h = jnp.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(x.shape[1]):
        h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    forecasts = []
    for _ in range(steps):
        value = h @ w_out  # (B, D)
        forecasts.append(value)
        h = jnp.tanh(value @ w_ih + h @ w_hh + b)
    return jnp.stack(forecasts, axis=1)
