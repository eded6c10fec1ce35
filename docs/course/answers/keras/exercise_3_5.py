from keras import ops


def lstm_layer(x, h, c, w_ih, w_hh, b):
    """The hidden state after each step: (B, T, D) -> (B, T, H)."""
    outputs = []
    for t in range(x.shape[1]):
        gates = x[:, t] @ w_ih + h @ w_hh + b  # (B, 4H)
        i, f, g, o = ops.split(gates, 4, axis=1)
        c = ops.sigmoid(f) * c + ops.sigmoid(i) * ops.tanh(g)
        h = ops.sigmoid(o) * ops.tanh(c)
        outputs.append(h)
    return ops.stack(outputs, axis=1)
