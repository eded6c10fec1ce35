"""Losses and label smoothing."""

LOSSES = "jax_impl/losses.py"
SPEECH = "jax_impl/speech_recognizer.py"

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
    (
        LOSSES,
        "ctc",
        "blank_id=BLANK",
        "blank_id=BLANK + 1",
        "blank at the wrong index",
    ),
    (
        LOSSES,
        "ctc",
        "jnp.arange(outputs.shape[1]) >= frames",
        "jnp.zeros(outputs.shape[:2])",
        "padding of the frames counted",
    ),
    (
        LOSSES,
        "ctc",
        "labels < 0",
        "labels < -1",
        "padding of the labels counted",
    ),
    (
        LOSSES,
        "ctc",
        "losses.mean()",
        "(losses / (labels >= 0).sum(axis=1).clip(1)).mean()",
        "loss divided by the number of labels",
    ),
    (
        SPEECH,
        "SpeechRecognizer.__call__",
        "self.input_dropout(self.features(x))",
        "self.features(x)",
        "no input dropout",
    ),
    (
        SPEECH,
        "SpeechRecognizer.__call__",
        "self.dropout(outputs)",
        "outputs",
        "no dropout before the head",
    ),
    (
        SPEECH,
        "SpeechRecognizer.__call__",
        "self.recurrent(vectors, lengths)",
        "self.recurrent(vectors)",
        "lengths ignored",
    ),
    (
        LOSSES,
        "cross_entropy",
        "optax.smooth_labels(classes, smoothing)",
        "classes",
        "labels of classes not smoothed",
    ),
    (
        LOSSES,
        "binary_cross_entropy",
        "smoothing / 2",
        "smoothing",
        "label smoothing of one logit toward class 1",
    ),
]
