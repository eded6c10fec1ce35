import tensorflow as tf
from keras import ops


def input_gradient_norms(x, w_ih, w_hh, b):
    """The norm of the gradient of the last state by each input: (B, T)."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = ops.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
        for t in range(x.shape[1]):
            h = ops.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        loss = ops.sum(h)
    d_x = tape.gradient(loss, x)  # (B, T, D)
    return ops.norm(d_x, axis=2)
