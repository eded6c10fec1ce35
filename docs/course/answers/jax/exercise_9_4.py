import jax
import jax.numpy as jnp
import optax
from jax import Array


def train_step(
    x: Array,
    y: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    lr: float,
    max_norm: float,
) -> tuple[Array, ...]:
    """The weights after a step of gradient descent with clipping."""
    weights = w_ih, w_hh, b, w_out
    optimizer = optax.chain(optax.clip_by_global_norm(max_norm), optax.sgd(lr))
    gradients = jax.grad(compute_loss)(weights, x, y)
    updates, _ = optimizer.update(gradients, optimizer.init(weights))
    return optax.apply_updates(weights, updates)


def compute_loss(weights: tuple[Array, ...], x: Array, y: Array) -> Array:
    """Mean squared error of the forecast from the last state."""
    w_ih, w_hh, b, w_out = weights
    h = jnp.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(x.shape[1]):
        h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    return jnp.mean((h @ w_out - y) ** 2)
