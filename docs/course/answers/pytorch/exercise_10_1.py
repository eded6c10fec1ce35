def count_parameters(inputs: int, hidden: int) -> tuple[int, int, int]:
    """Parameters of a layer of each cell: RNN, GRU, LSTM."""
    products = (inputs + hidden) * hidden
    rnn = products + hidden
    gru = 3 * (products + 2 * hidden)
    lstm = 4 * (products + hidden)
    return rnn, gru, lstm
