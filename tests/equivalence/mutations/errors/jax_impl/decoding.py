"""Decoding, generation, and stateful scores."""

DECODING, GENERATION, TBPTT = (
    f"jax_impl/{file}.py" for file in ("decoding", "generation", "tbptt")
)

ERRORS = [
    (
        DECODING,
        "top_tokens",
        "nnx.log_softmax(logits[:, 0])",
        "logits[:, 0]",
        "hypotheses scored by logits, not by log-probabilities",
    ),
    (
        DECODING,
        "top_tokens",
        "part[rows]",
        "part",
        "hypotheses continue from the state of other ones",
    ),
    (
        DECODING,
        "decode",
        "model.eval()",
        "model.train()",
        "dropout while decoding",
    ),
    (
        DECODING,
        "teacher_forced_scores",
        "model.eval()",
        "model.train()",
        "dropout while scoring",
    ),
    (
        DECODING,
        "attention_maps",
        "before if input_feeding else state.outputs",
        "state.outputs",
        "attention map of the query of the next step",
    ),
    (
        DECODING,
        "attention_maps",
        "model.encode(x[..., 0], to_device(lengths))",
        "model.encode(x[..., 0], None)",
        "attention map over padding",
    ),
    (
        GENERATION,
        "sample",
        "ranked / jnp.where(greedy, 1.0, temperature)",
        "ranked * jnp.where(greedy, 1.0, temperature)",
        "logits multiplied by the temperature",
    ),
    (
        GENERATION,
        "sample",
        "ranks < top_k",
        "ranks <= top_k",
        "one token more than top k",
    ),
    (
        GENERATION,
        "sample",
        "probs /= probs.sum(axis=-1, keepdims=True)",
        "pass",
        "nucleus of what is left of 1 after top k",
    ),
    (
        GENERATION,
        "sample_keys",
        "logits > 0",
        "logits > 0.5",
        "key sounds at a logit of 0.5, not at a probability of 0.5",
    ),
    (
        GENERATION,
        "generate",
        "model.eval()",
        "model.train()",
        "dropout while generating",
    ),
    (
        TBPTT,
        "token_nll",
        "model.eval()",
        "model.train()",
        "dropout while scoring",
    ),
    (
        TBPTT,
        "token_nll",
        "logits, state = forward_from(x, state)",
        "logits, _ = forward_from(x, state)",
        "perplexity without the state of the window before",
    ),
]
