"""How each cell is shown: name, color and equations.

x is the input of the step, h and c the state before it, h' and c' the state
after it; σ is the logistic function and ⊙ the product of elements. There is
one bias b of W x, as in cuDNN where the second is redundant; the GRU's
b_h is inside the reset gate, which comes after the matrix product.
"""

from typing import NamedTuple


class ShownCell(NamedTuple):
    """How a cell is shown.

    color: with a contrast of at least 3 to a light and to a dark page;
    source: of the equations.
    """

    name: str
    color: str
    equations: tuple[str, ...]
    source: str


SHOWN_CELLS = {
    "rnn": ShownCell(
        "RNN", "#009e73", ("h' = tanh(W x + b + U h)",), "Elman 1990"
    ),
    "rnn-relu": ShownCell(
        *("RNN (ReLU)", "#c46a9c", ("h' = relu(W x + b + U h)",)),
        "Le, Jaitly and Hinton 2015",
    ),
    "gru": ShownCell(
        *("GRU", "#d55e00"),
        (
            "r = σ(W_r x + b_r + U_r h + b_hr)",
            "z = σ(W_z x + b_z + U_z h + b_hz)",
            "n = tanh(W_n x + b_n + r ⊙ (U_n h + b_hn))",
            "h' = (1 − z) ⊙ n + z ⊙ h",
        ),
        "Cho et al. 2014; the reset gate after the product, as in cuDNN",
    ),
    "lstm": ShownCell(
        *("LSTM", "#0a78bf"),
        (
            "i = σ(W_i x + b_i + U_i h)",
            "f = σ(W_f x + b_f + U_f h)",
            "g = tanh(W_g x + b_g + U_g h)",
            "o = σ(W_o x + b_o + U_o h)",
            "c' = f ⊙ c + i ⊙ g",
            "h' = o ⊙ tanh(c')",
        ),
        "Hochreiter and Schmidhuber 1997; the forget gate f of Gers, "
        "Schmidhuber and Cummins 2000",
    ),
    "mgu": ShownCell(
        *("MGU", "#9a7d00"),
        (
            "f = σ(W_f x + b_f + U_f h)",
            "n = tanh(W_n x + b_n + U_n (f ⊙ h))",
            "h' = (1 − f) ⊙ h + f ⊙ n",
        ),
        "Zhou, Wu, Zhang and Zhou 2016; one gate instead of the GRU's two",
    ),
    "mingru": ShownCell(
        *("minGRU", "#7a68c4"),
        (
            "z = σ(W_z x + b_z)",
            "n = W_n x + b_n",
            "h' = (1 − z) ⊙ h + z ⊙ n",
        ),
        "Feng, Tung, Ahmed, Bengio and Hajimirsadeghi 2024, section 3.1",
    ),
    "minlstm": ShownCell(
        *("minLSTM", "#b0555a"),
        (
            "i = σ(W_i x + b_i)",
            "f = σ(W_f x + b_f)",
            "g = W_g x + b_g",
            "h' = (f ⊙ h + i ⊙ g) / (i + f)",
        ),
        "Feng, Tung, Ahmed, Bengio and Hajimirsadeghi 2024, section 3.2; "
        "without the output gate and the cell state c",
    ),
}
"""Cell -> how it is shown; gates in the canonical order."""
