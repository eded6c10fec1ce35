import keras
from keras import ops


def tagging_loss(logits, targets):
    """Mean cross-entropy of the valid steps: (B, T, K), (B, T) -> ()."""
    mask = ops.cast(targets >= 0, logits.dtype)  # (B, T)
    losses = keras.losses.sparse_categorical_crossentropy(
        ops.maximum(targets, 0), logits, from_logits=True
    )  # (B, T)
    return ops.sum(losses * mask) / ops.sum(mask)
