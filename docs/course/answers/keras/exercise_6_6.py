from keras import ops


def generate(prompt, table, w_ih, w_hh, b, w_out, steps):
    """The most probable continuation, token by token: (B, P) -> (B, S)."""
    h = ops.zeros((prompt.shape[0], w_hh.shape[0]))  # (B, H)
    embedded = ops.take(table, prompt, axis=0)  # (B, P, E)
    for t in range(prompt.shape[1]):
        h = ops.tanh(embedded[:, t] @ w_ih + h @ w_hh + b)
    generated = []
    for _ in range(steps):
        tokens = ops.argmax(h @ w_out, axis=1)  # (B)
        generated.append(tokens)
        h = ops.tanh(ops.take(table, tokens, axis=0) @ w_ih + h @ w_hh + b)
    return ops.stack(generated, axis=1)
