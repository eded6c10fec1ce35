"""Inputs and models that read a sequence and give outputs of it."""

INPUTS, CLASSIFIER, TAGGER, FORECASTER, AUTOENCODER, LANGUAGE, MODELS = (
    f"jax_impl/{file}.py"
    for file in (
        "inputs",
        "classifier",
        "tagger",
        "forecaster",
        "autoencoder",
        "language_model",
        "models",
    )
)

ERRORS = [
    (
        INPUTS,
        "Values.__call__",
        "jnp.asarray(x, CURRENT['dtype'])",
        "jnp.asarray(x)",
        "values stay in float32 in a float64 model",
    ),
    (
        INPUTS,
        "OneHot.__call__",
        "jax.nn.one_hot(x, self.size)",
        "jax.nn.one_hot(x - 1, self.size)",
        "one-hot indices counted from 1",
    ),
    (
        INPUTS,
        "Characters.__call__",
        "words > 0",
        "words >= 0",
        "padding read as characters of a word",
    ),
    (
        INPUTS,
        "Characters.__call__",
        "final_hidden(outputs, state, lengths, bidirectional=True)",
        "outputs[:, -1]",
        "character encoder read at the padded end",
    ),
    (
        CLASSIFIER,
        "Classifier.__init__",
        "nnx.Dropout(spec.input_dropout, rngs=rngs)",
        "nnx.Dropout(spec.dropout, rngs=rngs)",
        "inputs dropped at the rate of the outputs",
    ),
    (
        CLASSIFIER,
        "Classifier.__call__",
        "self.head(self.dropout(pooled))",
        "self.head(pooled)",
        "no dropout before the head",
    ),
    (
        CLASSIFIER,
        "Classifier.__call__",
        "self.pool(outputs, state, lengths, self.spec.bidirectional)",
        "self.pool(outputs, state, None, self.spec.bidirectional)",
        "pooling over padding",
    ),
    (
        TAGGER,
        "Tagger.__call__",
        "self.input_dropout(self.features(x))",
        "self.features(x)",
        "no dropout of the inputs",
    ),
    (
        TAGGER,
        "Tagger.features",
        "x[..., char_column(self.spec) :]",
        "x[..., : x.shape[-1] - char_column(self.spec)]",
        "word index read as the first character",
    ),
    (
        FORECASTER,
        "Forecaster.__call__",
        "self.head(self.dropout(last))",
        "self.head(last)",
        "no dropout before the head",
    ),
    (
        AUTOENCODER,
        "Autoencoder.__call__",
        "self.dropout(last)",
        "last",
        "no dropout of the code",
    ),
    (
        AUTOENCODER,
        "Autoencoder.__call__",
        "outputs, _ = self.decoder(copies)",
        "outputs, _ = self.decoder(copies.at[:, 1:].set(0.0))",
        "code read at the first decoder step alone",
    ),
    (
        LANGUAGE,
        "LanguageModel.forward_from",
        "self.logits(self.dropout(outputs))",
        "self.logits(outputs)",
        "no dropout before the head",
    ),
    (
        LANGUAGE,
        "LanguageModel.forward_from",
        "self.input_dropout(self.features(x))",
        "self.dropout(self.features(x))",
        "inputs dropped at the rate of the outputs",
    ),
    (
        LANGUAGE,
        "LanguageModel.forward_from",
        "outputs, state = self.recurrent(vectors, state=state)",
        "outputs, _ = self.recurrent(vectors, state=state)",
        "state not passed on",
    ),
    (
        MODELS,
        "build_model",
        "seed = CURRENT['seed']",
        "seed = 0",
        "own initialization of seed 0 whatever the seed",
    ),
    (
        MODELS,
        "create",
        "jnp.asarray if drawn else jnp.zeros_like",
        "jnp.zeros_like",
        "own initialization of zeros",
    ),
    (
        MODELS,
        "create",
        "start(p).astype(dtype)",
        "start(p)",
        "weights stay in float32 in a float64 model",
    ),
]
