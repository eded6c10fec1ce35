import jax
import jax.numpy as jnp
import optax
from jax import Array


def train(
    x: Array,
    y: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    lr: float,
    decay: float,
    epochs: int,
    batch_size: int,
) -> Array:
    """The mean loss of each epoch: (E)."""
    weights = w_ih, w_hh, b, w_out
    steps = len(x) // batch_size
    schedule = optax.exponential_decay(lr, steps, decay, staircase=True)
    optimizer = optax.sgd(schedule)
    opt_state = optimizer.init(weights)
    means = []
    for _ in range(epochs):
        losses = []
        for start in range(0, len(x), batch_size):
            rows = slice(start, start + batch_size)
            loss, gradients = jax.value_and_grad(compute_loss)(
                weights, x[rows], y[rows]
            )
            updates, opt_state = optimizer.update(gradients, opt_state)
            weights = optax.apply_updates(weights, updates)
            losses.append(loss)
        means.append(sum(losses) / len(losses))
    return jnp.stack(means)


def compute_loss(weights: tuple[Array, ...], x: Array, y: Array) -> Array:
    """Mean squared error of the forecast from the last state."""
    w_ih, w_hh, b, w_out = weights
    h = jnp.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(x.shape[1]):
        h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    return jnp.mean((h @ w_out - y) ** 2)
