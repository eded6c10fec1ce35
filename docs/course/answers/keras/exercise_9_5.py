import keras
import tensorflow as tf
from keras import ops


def train(x, y, w_ih, w_hh, b, w_out, lr, decay, epochs, batch_size):
    """The mean loss of each epoch: (E)."""
    weights = [keras.Variable(w) for w in (w_ih, w_hh, b, w_out)]
    optimizer = keras.optimizers.SGD(lr)
    means = []
    for epoch in range(epochs):
        optimizer.learning_rate = lr * decay**epoch
        losses = []
        for start in range(0, x.shape[0], batch_size):
            rows = slice(start, start + batch_size)
            with tf.GradientTape() as tape:
                loss = ops.mean((forward(x[rows], *weights) - y[rows]) ** 2)
            gradients = tape.gradient(loss, [w.value for w in weights])
            optimizer.apply(gradients, weights)
            losses.append(float(loss))
        means.append(sum(losses) / len(losses))
    return ops.array(means)


def forward(x, w_ih, w_hh, b, w_out):
    """The forecast from the last state: (B, T, D) -> (B, K)."""
    h = ops.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(x.shape[1]):
        h = ops.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    return h @ w_out
