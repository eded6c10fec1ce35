"""The CTC loss, and the model that it trains."""

LOSSES = "pytorch_impl/losses.py"
SPEECH = "pytorch_impl/speech_recognizer.py"

ERRORS = [
    (
        LOSSES,
        "ctc",
        "blank=BLANK",
        "blank=BLANK + 1",
        "blank at the wrong index",
    ),
    (
        LOSSES,
        "ctc",
        "targets[:, 0]",
        "targets[:, 0].fill_(outputs.shape[1])",
        "padding of the frames counted",
    ),
    (
        LOSSES,
        "ctc",
        "reduction='none'",
        "reduction='mean'",
        "loss divided by the number of labels",
    ),
    (
        LOSSES,
        "ctc",
        "outputs.log_softmax(dim=-1).transpose(0, 1)",
        "outputs.transpose(0, 1)",
        "logits taken for log-probabilities",
    ),
    (
        SPEECH,
        "SpeechRecognizer.forward",
        "self.input_dropout(self.features(x))",
        "self.features(x)",
        "no input dropout",
    ),
    (
        SPEECH,
        "SpeechRecognizer.forward",
        "self.dropout(outputs)",
        "outputs",
        "no dropout before the head",
    ),
    (
        SPEECH,
        "SpeechRecognizer.forward",
        "self.recurrent(vectors, lengths)",
        "self.recurrent(vectors)",
        "lengths ignored",
    ),
]
