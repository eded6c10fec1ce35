import keras
from keras import ops


def perplexity(logits, targets):
    """e to the mean loss of all tokens: (B, T, V), (B, T) -> ()."""
    losses = keras.losses.sparse_categorical_crossentropy(
        targets, logits, from_logits=True
    )  # (B, T)
    loss = ops.mean(losses)
    return ops.exp(loss)
