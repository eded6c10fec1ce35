from keras import ops


def forecast(x, w_ih, w_hh, b, w_out, b_out):
    """A forecast from the last state: (B, T, D) -> (B, K)."""
    h = ops.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    states = []
    for t in range(x.shape[1]):
        h = ops.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        states.append(h)
    return states[-1] @ w_out + b_out
