from keras import ops


def dropout(x, uniforms, rate, training):
    """Inverted dropout, none at evaluation: (B, H) -> (B, H)."""
    if not training:
        return x
    return ops.where(uniforms >= rate, x / (1 - rate), 0.0)
