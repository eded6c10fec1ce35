from keras import ops


def mase(forecast, actual, train, season):
    """Mean absolute error, scaled by that of the seasonal naive forecast."""
    naive = ops.mean(ops.abs(train[season:] - train[:-season]))
    return ops.mean(ops.abs(forecast - actual)) / naive
