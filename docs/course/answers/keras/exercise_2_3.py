from keras import ops


def clip_gradients(d_w_ih, d_w_hh, d_b, max_norm):
    """All gradients times min(1, max_norm / their global norm)."""
    gradients = d_w_ih, d_w_hh, d_b
    norm = ops.sqrt(sum(ops.sum(g**2) for g in gradients))
    scale = ops.minimum(1.0, max_norm / norm)
    return tuple(scale * g for g in gradients)
