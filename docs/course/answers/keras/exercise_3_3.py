from keras import ops


def initial_bias(hidden_size, value):
    """The bias (4H) of an LSTM, not 0 at the forget gate."""
    zeros, forget = ops.zeros(hidden_size), ops.full((hidden_size,), value)
    return ops.concatenate([zeros, forget, zeros, zeros])
