"""Attention, encoder and decoder."""

ATTENTION, PARTS, SEQ2SEQ = (
    f"jax_impl/{file}.py"
    for file in ("attention", "encoder_decoder", "seq2seq")
)

ERRORS = [
    (
        ATTENTION,
        "attend",
        "nnx.softmax(scores, where=memory.mask[:, None])",
        "nnx.softmax(scores)",
        "attention to padding",
    ),
    (
        ATTENTION,
        "attend",
        "weights @ memory.values",
        "weights @ memory.keys",
        "context of the keys, not of the encoder's outputs",
    ),
    (
        ATTENTION,
        "LuongDot.__call__",
        "queries @ keys.mT",
        "queries @ keys.mT / queries.shape[-1] ** 0.5",
        "dot product scaled as in a transformer",
    ),
    (
        ATTENTION,
        "Bahdanau.__call__",
        "jnp.tanh(query + keys[:, None])",
        "query + keys[:, None]",
        "no tanh in additive attention",
    ),
    (
        PARTS,
        "BOUNDS",
        "jnp.tanh",
        "nnx.identity",
        "initial h of the decoder not bounded by tanh",
    ),
    (
        PARTS,
        "EmbeddedRNN.embed",
        "self.input_dropout(self.input(tokens))",
        "self.input(tokens)",
        "no dropout of the embeddings",
    ),
    (
        SEQ2SEQ,
        "Seq2seq.encode",
        "layer_states[-1][0]",
        "layer_states[0][0]",
        "first query from the lowest layer, not from the top one",
    ),
    (
        SEQ2SEQ,
        "Seq2seq.encode",
        "final_hidden(values, after, lengths, self.spec.bidirectional)",
        "final_hidden(values, after, None, self.spec.bidirectional)",
        "bridge reads the encoder at the padded end",
    ),
    (
        SEQ2SEQ,
        "Seq2seq.decode_with_scheduled_sampling",
        "jnp.where(sampled, predicted, target)",
        "jnp.where(sampled, target, predicted)",
        "sample mask inverted: predictions where the target is to be read",
    ),
    (
        SEQ2SEQ,
        "Seq2seq.run_decoder",
        "jnp.concatenate((context, outputs), axis=-1)",
        "jnp.concatenate((outputs, context), axis=-1)",
        "context and outputs joined in the other order",
    ),
    (
        SEQ2SEQ,
        "Seq2seq.logits",
        "features = self.dropout(features)",
        "pass",
        "no dropout before the head",
    ),
    (
        SEQ2SEQ,
        "Seq2seq.logits",
        "jnp.tanh(self.readout(features))",
        "self.readout(features)",
        "readout without tanh",
    ),
]
