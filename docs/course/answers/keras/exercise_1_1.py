from keras import ops


def rnn_step(x, h, w_ih, w_hh, b):
    """One step of a vanilla RNN: (B, D), (B, H) -> (B, H)."""
    return ops.tanh(x @ w_ih + h @ w_hh + b)
