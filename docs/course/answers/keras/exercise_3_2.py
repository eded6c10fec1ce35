from keras import ops


def gru_step(x, h, w_ih, w_hh, b_ih, b_hh):
    """One step of a GRU, the reset gate after the product: (B, H)."""
    a_r, a_z, a_n = ops.split(x @ w_ih + b_ih, 3, axis=1)
    u_r, u_z, u_n = ops.split(h @ w_hh + b_hh, 3, axis=1)
    r = ops.sigmoid(a_r + u_r)
    z = ops.sigmoid(a_z + u_z)
    n = ops.tanh(a_n + r * u_n)
    return (1 - z) * n + z * h
