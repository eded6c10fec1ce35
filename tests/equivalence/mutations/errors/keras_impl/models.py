"""Models of one recurrent stack."""

CLASSIFIER, TAGGER, LANGUAGE, AUTOENCODER, FORECASTER = (
    f"keras_impl/{name}.py"
    for name in (
        "classifier",
        "tagger",
        "language_model",
        "autoencoder",
        "forecaster",
    )
)

ERRORS = [
    (
        CLASSIFIER,
        "Classifier.__init__",
        "layers.Dropout(spec.input_dropout)",
        "layers.Dropout(spec.dropout)",
        "dropout rate of the outputs at the inputs",
    ),
    (
        CLASSIFIER,
        "Classifier.call",
        "self.dropout(pooled)",
        "pooled",
        "no dropout before the head",
    ),
    (
        CLASSIFIER,
        "Classifier.call",
        "self.dropout(pooled)",
        "self.dropout(pooled, training=True)",
        "dropout on at evaluation",
    ),
    (
        CLASSIFIER,
        "Classifier.call",
        "self.recurrent(vectors, lengths)",
        "self.recurrent(vectors)",
        "layers read the padding",
    ),
    (
        CLASSIFIER,
        "Classifier.call",
        "self.pool(outputs, state, lengths, self.spec.bidirectional)",
        "self.pool(outputs, state, None, self.spec.bidirectional)",
        "padding pooled",
    ),
    (
        TAGGER,
        "Tagger.features",
        "x[..., char_column(self.spec) :]",
        "x[..., : x.shape[-1] - char_column(self.spec)]",
        "word index read as a character, last character lost",
    ),
    (
        TAGGER,
        "Tagger.call",
        "self.input_dropout(self.features(inputs['x']))",
        "self.features(inputs['x'])",
        "no input dropout",
    ),
    (
        TAGGER,
        "Tagger.call",
        "self.dropout(outputs)",
        "outputs",
        "no dropout before the head",
    ),
    (
        TAGGER,
        "Tagger.call",
        "inputs.get('lengths')",
        "None",
        "backward direction starts in the padding",
    ),
    (
        LANGUAGE,
        "LanguageModel.__init__",
        "layers.Dropout(spec.dropout)",
        "layers.Dropout(1 - spec.dropout)",
        "dropout rate taken as the share kept",
    ),
    (
        LANGUAGE,
        "LanguageModel.forward_from",
        "self.recurrent(vectors, state=state)",
        "self.recurrent(vectors)",
        "state not passed on to the next window",
    ),
    (
        LANGUAGE,
        "LanguageModel.forward_from",
        "self.input_dropout(self.features(x))",
        "self.features(x)",
        "no input dropout",
    ),
    (
        LANGUAGE,
        "LanguageModel.logits",
        "ops.transpose(self.input_layer.table)",
        "ops.stop_gradient(ops.transpose(self.input_layer.table))",
        "tied weights learn from the input alone",
    ),
    (
        AUTOENCODER,
        "Autoencoder.call",
        "self.dropout(last)",
        "last",
        "no dropout of the code",
    ),
    (
        AUTOENCODER,
        "Autoencoder.call",
        "self.head(outputs)",
        "self.head(self.dropout(outputs))",
        "dropout before the head as well",
    ),
    (
        AUTOENCODER,
        "Autoencoder.call",
        "self.encoder(x, lengths)",
        "self.encoder(x)",
        "encoder reads the padding",
    ),
    (
        FORECASTER,
        "Forecaster.call",
        "self.dropout(last)",
        "last",
        "no dropout before the head",
    ),
    (
        FORECASTER,
        "Forecaster.call",
        "final_hidden(outputs, state, lengths, self.spec.bidirectional)",
        "outputs[:, -1]",
        "backward direction after a single step",
    ),
]
