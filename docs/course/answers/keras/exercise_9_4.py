import tensorflow as tf
from keras import ops


def train_step(x, y, w_ih, w_hh, b, w_out, lr, max_norm):
    """The weights after a step of gradient descent with clipping."""
    weights = [w_ih, w_hh, b, w_out]
    with tf.GradientTape() as tape:
        tape.watch(weights)
        loss = ops.mean((forward(x, *weights) - y) ** 2)
    gradients = tape.gradient(loss, weights)
    gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
    return tuple(w - lr * g for w, g in zip(weights, gradients))


def forward(x, w_ih, w_hh, b, w_out):
    """The forecast from the last state: (B, T, D) -> (B, K)."""
    h = ops.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(x.shape[1]):
        h = ops.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    return h @ w_out
