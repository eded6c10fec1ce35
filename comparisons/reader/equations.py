"""The equations of the cells, as text and as MathML.

x is the input of the step, h and c the state before it, h' and c' the state
after it; σ is the logistic function and ⊙ the product of elements. There is
one bias b of W x, as in cuDNN where the second is redundant; the GRU's
b_h is inside the reset gate, which comes after the matrix product.
"""

import re
from typing import NamedTuple


class Equation(NamedTuple):
    """The equations of a cell, gate by gate, and their source."""

    lines: tuple[str, ...]
    source: str


EQUATIONS = {
    "rnn": Equation(("h' = tanh(W x + b + U h)",), "Elman 1990"),
    "rnn-relu": Equation(
        ("h' = relu(W x + b + U h)",), "Le, Jaitly and Hinton 2015"
    ),
    "gru": Equation(
        (
            "r = σ(W_r x + b_r + U_r h + b_hr)",
            "z = σ(W_z x + b_z + U_z h + b_hz)",
            "n = tanh(W_n x + b_n + r ⊙ (U_n h + b_hn))",
            "h' = (1 − z) ⊙ n + z ⊙ h",
        ),
        "Cho et al. 2014; the reset gate after the product, as in cuDNN",
    ),
    "lstm": Equation(
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
}
"""Cell -> its equations; gates in the canonical order."""

TOKEN = re.compile(
    r"(?P<name>[a-zA-Zσ]+)(?:_(?P<below>\w+))?(?P<after>')?"
    r"|(?P<number>\d+)|(?P<sign>\S)"
)
FUNCTIONS = ("σ", "tanh", "relu")
PRODUCT, APPLIED = "\N{INVISIBLE TIMES}", "\N{FUNCTION APPLICATION}"


def tokens(line: str) -> list[dict[str, str]]:
    """The groups of each TOKEN, with implicit operators.

    These are of products and of function application.
    """
    line = re.sub(r"(\b[WU]\w*) (?=\w)", rf"\1{PRODUCT}", line)
    line = re.sub(rf"\b({'|'.join(FUNCTIONS)})\(", rf"\1{APPLIED}(", line)
    return [found.groupdict("") for found in TOKEN.finditer(line)]
