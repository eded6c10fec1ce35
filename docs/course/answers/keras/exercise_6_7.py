import tensorflow as tf
from keras import ops


def tbptt(x, y, w_ih, w_hh, b, window):
    """The gradient of each window's loss by U: (B, T, D) -> (S, H, H)."""
    h = ops.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    gradients = []
    for start in range(0, x.shape[1], window):
        with tf.GradientTape() as tape:  # a new one knows no earlier step
            tape.watch(w_hh)
            states = []
            for t in range(start, start + window):
                h = ops.tanh(x[:, t] @ w_ih + h @ w_hh + b)
                states.append(h)
            targets = y[:, start : start + window]
            loss = ops.mean((ops.stack(states, axis=1) - targets) ** 2)
        gradients.append(tape.gradient(loss, w_hh))
    return ops.stack(gradients)
