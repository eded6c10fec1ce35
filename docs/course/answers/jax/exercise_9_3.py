import jax.numpy as jnp
from jax import Array


def adam_step(
    w: Array, g: Array, m: Array, v: Array, t: int, lr: float, epsilon: float
) -> tuple[Array, Array, Array]:
    """Weight and both means after a step of Adam."""
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - lr * m_hat / (jnp.sqrt(v_hat) + epsilon), m, v
