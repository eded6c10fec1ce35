import keras
from keras import ops


def pad(sequences, value):
    """Padded tokens (B, T), and the length of each sequence (B)."""
    tokens = keras.utils.pad_sequences(sequences, padding="post", value=value)
    lengths = ops.array([len(s) for s in sequences])
    return ops.array(tokens), lengths
