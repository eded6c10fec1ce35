from keras import ops


def rescale(w_hh, radius):
    """The matrix (H, H) with this spectral radius."""
    eigenvalues, _ = ops.eig(w_hh)  # (H) complex
    return w_hh * radius / ops.max(ops.abs(eigenvalues))
