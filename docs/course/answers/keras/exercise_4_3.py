import keras
from keras import ops


def class_loss(logits, targets):
    """Mean cross-entropy in nats: (B, K), (B) -> ()."""
    losses = keras.losses.sparse_categorical_crossentropy(
        targets, logits, from_logits=True
    )  # (B)
    return ops.mean(losses)
