"""Losses and label smoothing."""

LOSSES = "jax_impl/losses.py"

ERRORS = [
    (
        LOSSES,
        "mean_squared_error",
        "optax.squared_error(outputs, targets)",
        "optax.l2_loss(outputs, targets)",
        "half of the squared error",
    ),
    (
        LOSSES,
        "binary_cross_entropy",
        "outputs[:, 0]",
        "-outputs[:, 0]",
        "logit read as that of class 0",
    ),
    (
        LOSSES,
        "masked_cross_entropy",
        "losses.mean(where=targets >= 0)",
        "losses.mean()",
        "mean over padding too",
    ),
    (
        LOSSES,
        "masked_cross_entropy",
        "(1 - smoothing) * losses + smoothing * spread",
        "losses + smoothing * spread",
        "label smoothing added to the whole loss",
    ),
    (
        LOSSES,
        "frame_cross_entropy",
        "mask[..., 0].sum()",
        "mask.sum()",
        "mean over keys, not the sum over them",
    ),
    (
        LOSSES,
        "step_losses",
        "targets >= 0",
        "targets > 0",
        "token 0 taken for padding",
    ),
    (
        LOSSES,
        "build_loss",
        "{'smoothing': smoothing}",
        "{'smoothing': 0.1}",
        "label smoothing fixed at 0.1",
    ),
]
