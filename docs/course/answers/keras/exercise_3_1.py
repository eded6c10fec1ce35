from keras import ops


def lstm_step(x, h, c, w_ih, w_hh, b):
    """One step of an LSTM: the new hidden and cell state, each (B, H)."""
    i, f, g, o = ops.split(x @ w_ih + h @ w_hh + b, 4, axis=1)
    c = ops.sigmoid(f) * c + ops.sigmoid(i) * ops.tanh(g)
    h = ops.sigmoid(o) * ops.tanh(c)
    return h, c
