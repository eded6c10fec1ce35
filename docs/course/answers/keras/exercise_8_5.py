from keras import ops


def forecast_ahead(x, w_ih, w_hh, b, w_out, steps):
    """Recursive forecasts: (B, T, D) -> (B, S, D)."""
    h = ops.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(x.shape[1]):
        h = ops.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    forecasts = []
    for _ in range(steps):
        value = h @ w_out  # (B, D)
        forecasts.append(value)
        h = ops.tanh(value @ w_ih + h @ w_hh + b)
    return ops.stack(forecasts, axis=1)
