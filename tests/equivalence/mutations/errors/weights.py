"""Initial weights and their layout."""

INIT, LAYOUT = (f"shared/weights/{file}.py" for file in ("init", "layout"))

ERRORS = [
    (
        INIT,
        "initial_weights",
        "[seed, 1]",
        "[0, 1]",
        "weights of seed 0 whatever the seed",
    ),
    (
        INIT,
        "initial_weights",
        "weights[name][hidden : 2 * hidden] = bias",
        "weights[name][:hidden] = bias",
        "forget bias on the input gate",
    ),
    (
        "shared/specs/cells.py",
        "TABLE",
        "'update_bias'",
        "'forget_bias'",
        "forget bias of the LSTM on the GRU's update gate",
    ),
    (
        "shared/specs/cells.py",
        "TABLE",
        "'forget_bias'",
        "'update_bias'",
        "no forget bias",
    ),
    (
        INIT,
        "_glorot",
        "min(shape[1], hidden)",
        "shape[1]",
        "fan-out of all gates together",
    ),
    (INIT, "_glorot", "6.0", "3.0", "variance of Glorot's distribution halved"),
    (
        INIT,
        "_orthogonal",
        "q * np.sign(np.diag(r))",
        "q",
        "orthogonal matrices not uniform: signs of R not removed",
    ),
    (
        INIT,
        "_orthogonal",
        "np.linalg.qr(rng.standard_normal((hidden, hidden)))",
        "np.linalg.qr(np.eye(hidden))",
        "identity in place of a random orthogonal matrix",
    ),
    (
        INIT,
        "_normal",
        "np.sqrt(shape[1])",
        "np.sqrt(shape[0])",
        "embeddings scaled by the vocabulary, not by their size",
    ),
    (
        LAYOUT,
        "char_spec",
        "num_layers=1",
        "num_layers=spec.num_layers",
        "character encoder as deep as the tagger",
    ),
    (
        LAYOUT,
        "char_spec",
        "dropout=0.0",
        "dropout=spec.dropout",
        "dropout of the tagger in the character encoder",
        0,
        "one layer has nothing between layers to drop, and the encoder no head",
    ),
]
