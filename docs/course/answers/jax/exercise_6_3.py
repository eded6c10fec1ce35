import jax
from jax import Array


def temperature_probs(logits: Array, temperature: float) -> Array:
    """Probabilities at a temperature: (B, V) -> (B, V)."""
    return jax.nn.softmax(logits / temperature, axis=1)
