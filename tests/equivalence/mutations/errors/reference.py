"""The numpy reference: forward passes, gradients, losses, training."""

CELLS, LAYER, STACK, HEAD, LOSSES, MODEL = (
    f"shared/reference/{file}.py"
    for file in ("cells", "layer", "stack", "head", "losses", "model")
)
TRAINING, ATTENTION, SEQ2SEQ, BACKWARD = (
    f"shared/reference/{file}.py"
    for file in ("training", "attention", "seq2seq", "seq2seq_backward")
)
DECODING, GENERATION, UNROLL, GRADIENTS = (
    f"shared/reference/{file}.py"
    for file in ("decoding", "generation", "unroll", "state_gradients")
)

ERRORS = [
    (
        CELLS,
        "rnn_backward",
        "1 - cache**2",
        "1 - cache",
        "derivative of tanh with h in place of its square",
    ),
    (
        CELLS,
        "gru_backward",
        "d_n * r",
        "d_n",
        "reset gate missing in a gradient",
    ),
    (
        CELLS,
        "lstm_backward",
        "d_c * f",
        "d_c",
        "forget gate missing in the gradient of the cell state",
    ),
    (
        CELLS,
        "gru",
        "(1 - z) * n + z * h",
        "z * n + (1 - z) * h",
        "update gate reversed",
    ),
    (
        LAYER,
        "layer",
        "np.where(present[:, t], n, old)",
        "n",
        "state changes past the end",
    ),
    (
        LAYER,
        "layer",
        "weights.get('b_hh', 0.0)",
        "0.0",
        "recurrent bias of the GRU missing",
    ),
    (
        LAYER,
        "layer_backward",
        "d * ~tape.present[:, t]",
        "d * 0",
        "no gradient through the padding to the last state",
    ),
    (
        STACK,
        "embedding_backward",
        "np.add.at(table, x, d_vectors[..., : shape[1]])",
        "table.__setitem__(x, table[x] + d_vectors[..., : shape[1]])",
        "gradient of a repeated token counted once",
    ),
    (
        HEAD,
        "mean",
        "stack.mask.sum(axis=1)",
        "stack.mask.shape[1]",
        "mean divided by the padded length",
    ),
    (
        HEAD,
        "maximum",
        "np.where(stack.mask, stack.outputs, -np.inf)",
        "stack.outputs",
        "maximum over padding too",
    ),
    (
        HEAD,
        "maximum_backward",
        "best / best.sum(axis=1, keepdims=True)",
        "best",
        "tied maxima receive the whole gradient each",
    ),
    (
        LOSSES,
        "squared_error",
        "2.0 * error / error.size",
        "2.0 * error / len(error)",
        "gradient of a sum over outputs, not of a mean",
    ),
    (
        LOSSES,
        "cross_entropy",
        "smoothing / outputs.shape[1]",
        "smoothing / (outputs.shape[1] - 1)",
        "smoothed mass on the other classes alone",
    ),
    (
        LOSSES,
        "token_nll",
        "targets < 0",
        "targets <= 0",
        "token 0 taken for padding",
    ),
    (
        LOSSES,
        "frame_cross_entropy",
        "mask[..., 0].sum()",
        "mask.sum()",
        "mean over keys, not the sum over them",
    ),
    (
        MODEL,
        "forward_pass",
        "np.count_nonzero(words, axis=1)",
        "None",
        "padding read as characters of a word",
    ),
    (
        TRAINING,
        "train",
        "after if training.stateful else None",
        "None",
        "stateful training without the state",
    ),
    (
        TRAINING,
        "train",
        "rate_at(len(losses), steps, training)",
        "rate_at(len(losses) + 1, steps, training)",
        "learning rate of the next step",
    ),
    (
        TRAINING,
        "clip",
        "spec.clip_norm and norm > spec.clip_norm",
        "spec.clip_norm",
        "small gradients scaled up to the norm",
    ),
    (
        TRAINING,
        "rate_at",
        "math.floor(epochs) + 1 - spec.lr_decay_start",
        "math.floor(epochs) - spec.lr_decay_start",
        "decay begins an epoch late",
    ),
    (
        TRAINING,
        "rate_at",
        "math.pi * epochs / spec.epochs",
        "math.pi * epochs",
        "a cosine in each epoch",
    ),
    (
        TRAINING,
        "adam",
        "1 - spec.beta2**t",
        "1 - spec.beta1**t",
        "second moment corrected by beta1",
    ),
    (
        TRAINING,
        "adamw",
        "spec.weight_decay * w",
        "spec.weight_decay * g",
        "decay of the gradient, not of the weight",
    ),
    (
        TRAINING,
        "sgd",
        "spec.momentum * slots.get('m', 0.0) + g",
        "spec.momentum * slots.get('m', 0.0) + (1 - spec.momentum) * g",
        "momentum as an average of gradients",
    ),
    (
        TRAINING,
        "rmsprop",
        "np.sqrt(slots['v']) + spec.epsilon",
        "np.sqrt(slots['v'] + spec.epsilon)",
        "epsilon inside the root",
    ),
    (
        ATTENTION,
        "attend",
        "np.where(mask, scores, -np.inf)",
        "scores",
        "attention to padding",
    ),
    (
        ATTENTION,
        "attend_backward",
        "d_weights - mean",
        "d_weights",
        "gradient of the softmax without its mean",
    ),
    (
        SEQ2SEQ,
        "forward_pass",
        "np.where(sample_mask[:, t], predicted, tokens)",
        "np.where(sample_mask[:, t], tokens, predicted)",
        "sample mask inverted",
    ),
    (
        SEQ2SEQ,
        "encode",
        "np.tanh(value) if name == 'h' else value",
        "np.tanh(value)",
        "initial cell state bounded by tanh too",
    ),
    (
        BACKWARD,
        "_step_backward",
        "d_outputs = d_outputs + d_after.outputs",
        "pass",
        "no gradient through the next step's query",
    ),
    (
        DECODING,
        "_advance",
        "log_softmax(done.logits)",
        "done.logits",
        "hypotheses scored by logits",
    ),
    (
        DECODING,
        "teacher_forced_scores",
        "logits.argmax(axis=2) == y",
        "logits.argmax(axis=2) != y",
        "misses reported as hits",
    ),
    (
        GENERATION,
        "generate",
        "states = done.stack.states",
        "pass",
        "state forgotten after each token",
    ),
    (
        UNROLL,
        "unroll",
        "gate * valid",
        "gate",
        "gates past the end of a sequence shown",
    ),
    (
        GRADIENTS,
        "norms",
        "np.sqrt((gradients**2).sum(axis=(0, 2)))",
        "(gradients**2).sum(axis=(0, 2))",
        "squared norm reported as the norm",
    ),
    (
        GRADIENTS,
        "norms",
        "(gradients**2).sum(axis=(0, 2))",
        "(gradients**2).mean(axis=(0, 2))",
        "root mean square reported as the norm",
    ),
]
