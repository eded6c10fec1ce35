import jax
import jax.numpy as jnp
from jax import Array


def generate(
    prompt: Array,
    table: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    steps: int,
) -> Array:
    """The most probable continuation, token by token: (B, P) -> (B, S)."""

    def read(h: Array, tokens: Array) -> tuple[Array, None]:
        return jnp.tanh(table[tokens] @ w_ih + h @ w_hh + b), None

    def extend(h: Array, _: None) -> tuple[Array, Array]:
        tokens = jnp.argmax(h @ w_out, axis=1)  # (B)
        h, _ = read(h, tokens)
        return h, tokens

    h = jnp.zeros((prompt.shape[0], w_hh.shape[0]))  # (B, H)
    h, _ = jax.lax.scan(read, h, prompt.T)
    _, generated = jax.lax.scan(extend, h, length=steps)  # (S, B)
    return generated.T
