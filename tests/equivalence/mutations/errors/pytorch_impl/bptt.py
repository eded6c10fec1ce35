"""Backpropagation through time by hand."""

BPTT = "pytorch_impl/bptt.py"
CELLS = "pytorch_impl/bptt_cells.py"

ERRORS = [
    (
        CELLS,
        "rnn_forward",
        "torch.addcmul(h.new_ones(()), h, h, value=-1, out=wx)",
        "wx.fill_(1)",
        "factor of the tanh lost in backpropagation through time",
    ),
    (
        CELLS,
        "gru_forward",
        "aten.sigmoid_backward(a_n * uh_n, r, grad_input=a_r)",
        "a_r.zero_()",
        "gradient of the reset gate dropped",
    ),
    (
        CELLS,
        "gru_backward",
        "matmul(d_uh, w_hh.T).addcmul_(dh, z)",
        "matmul(d_uh, w_hh.T)",
        "path of the gradient that the update gate retains dropped",
    ),
    (
        CELLS,
        "lstm_backward",
        "dc * f",
        "dc",
        "gradient of the cell state not multiplied by the forget gate",
    ),
    (
        BPTT,
        "unroll_backward",
        "torch.cat(before)",
        "torch.cat((before[1], *before[1:]))",
        "recurrent weight gradient reads h_1 as the initial state",
    ),
    (
        BPTT,
        "Unroll.resize",
        "part[before:rows]",
        "0 * part[before:rows]",
        "states of sequences that begin later are zero",
    ),
    (
        BPTT,
        "unroll_backward",
        "zip((d_wx, d_uh), biases)",
        "zip((d_wx, d_wx), biases)",
        "bias of U h has the gradient of the other bias",
    ),
]
