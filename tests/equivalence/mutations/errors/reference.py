"""The numpy reference: layers, head, losses."""

CELLS, STEPS, LAYER, STACK, HEAD, LOSSES, MODEL = (
    f"shared/reference/{file}.py"
    for file in ("cells", "steps", "layer", "stack", "head", "losses", "model")
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
        "mgu_backward",
        "d_h * (1 - f) + d_fh * f",
        "d_h * (1 - f) + d_fh",
        "forget gate missing in the gradient of the state",
    ),
    (
        CELLS,
        "mgu_backward",
        "d_h * (n - h) + d_fh * h",
        "d_h * (n - h)",
        "gradient of the gate without that through the candidate",
    ),
    (
        CELLS,
        "mingru_backward",
        "d_h * (n - h)",
        "d_h * n",
        "gradient of the gate of the minGRU without its state",
    ),
    (
        CELLS,
        "minlstm_backward",
        "both**2",
        "both",
        "gradients of the minLSTM's gates without their normalization",
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
        STEPS,
        "of_product",
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
]
