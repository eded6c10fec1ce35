from keras import ops


def adam_step(w, g, m, v, t, lr, epsilon):
    """Weight and both means after a step of Adam."""
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - lr * m_hat / (ops.sqrt(v_hat) + epsilon), m, v
