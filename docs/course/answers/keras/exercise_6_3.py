from keras import ops


def temperature_probs(logits, temperature):
    """Probabilities at a temperature: (B, V) -> (B, V)."""
    return ops.softmax(logits / temperature, axis=1)
