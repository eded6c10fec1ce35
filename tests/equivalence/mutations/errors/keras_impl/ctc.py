"""The CTC loss, and the model that it trains."""

LOSSES = "keras_impl/losses.py"
SPEECH = "keras_impl/speech_recognizer.py"

ERRORS = [
    (
        LOSSES,
        "ctc",
        "mask_index=BLANK",
        "mask_index=BLANK + 1",
        "blank at the wrong index",
    ),
    (
        LOSSES,
        "ctc",
        "targets[:, 0]",
        "ops.full_like(targets[:, 0], outputs.shape[1])",
        "padding of the frames counted",
    ),
    (
        LOSSES,
        "ctc",
        "labels >= 0",
        "labels >= -1",
        "padding of the labels counted",
    ),
    (
        LOSSES,
        "exact_ctc_loss",
        "(places != mask_index) & (places != before)",
        "places != mask_index",
        "skip between two equal labels",
    ),
    (
        LOSSES,
        "exact_ctc_loss",
        "t < frames",
        "t <= frames",
        "a padded frame counted",
    ),
    (
        LOSSES,
        "exact_ctc_loss",
        "ops.stack([2 * sizes, 2 * sizes + 1], axis=1)",
        "ops.stack([2 * sizes, 2 * sizes], axis=1)",
        "paths end in a label alone",
    ),
    (
        SPEECH,
        "SpeechRecognizer.call",
        "self.input_dropout(self.features(inputs['x']))",
        "self.features(inputs['x'])",
        "no input dropout",
    ),
    (
        SPEECH,
        "SpeechRecognizer.call",
        "self.dropout(outputs)",
        "outputs",
        "no dropout before the head",
    ),
    (
        SPEECH,
        "SpeechRecognizer.call",
        "self.recurrent(vectors, inputs.get('lengths'))",
        "self.recurrent(vectors)",
        "lengths ignored",
    ),
]
