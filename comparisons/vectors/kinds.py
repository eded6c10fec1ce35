"""The kinds of cases: what each computes, and its weights."""

from typing import NamedTuple

from shared.specs import GATES, STATE_NAMES, cell_weights

Shape = tuple[int, ...]


class Kind(NamedTuple):
    """What a case computes.

    formula: a step, or the whole where there are none; family: "recurrent",
    "attention" or "ctc"; cell: of the reference; score: of its attention;
    reset_after: whether the reset gate of a GRU multiplies U h + b_h, not h;
    forget_bias: what is added to the forget gate besides its bias;
    recurrent_scale: of the drawn weights of h.
    """

    title: str
    formula: str
    family: str = "recurrent"
    cell: str = ""
    score: str = ""
    layer_norm: bool = False
    reset_after: bool = True
    forget_bias: float = 0.0
    recurrent_scale: float = 1.0

    @property
    def states(self) -> tuple[str, ...]:
        return STATE_NAMES[self.cell] if self.cell else ()

    @property
    def names(self) -> tuple[str, ...]:
        """The weights of one layer and direction, or of an attention."""
        if not self.cell:
            return ATTENTION_WEIGHTS.get(self.score, ())
        names = cell_weights(self.cell, self.layer_norm)
        return names if self.reset_after else names[:-1]


ATTENTION_WEIGHTS = {
    "bahdanau": (
        *("attention.query.weight", "attention.keys.weight"),
        *("attention.keys.bias", "attention.score.weight"),
    ),
    "luong-general": ("attention.keys.weight",),
}

LSTM = "c' = f c + i g; h' = o tanh(c')"
RNN = "x W + b + h U"
SPLIT = "(a_r a_z a_n) = x W + b"
NORM = "LN(v) = (v - mean(v)) / sqrt(mean((v - mean(v))^2) + 1e-5)"

KINDS = {
    "rnn-tanh": Kind("RNN, tanh", f"h' = tanh({RNN})", cell="rnn"),
    "rnn-relu": Kind(
        "RNN, ReLU",
        f"h' = max(0, {RNN})",
        cell="rnn-relu",
        recurrent_scale=0.25,
    ),
    "gru-reset-after": Kind(
        "GRU, reset gate after the product",
        f"{SPLIT}; (u_r u_z u_n) = h U + b_h; r = σ(a_r + u_r); "
        "z = σ(a_z + u_z); n = tanh(a_n + r u_n); h' = (1 - z) n + z h",
        cell="gru",
    ),
    "gru-reset-before": Kind(
        "GRU, reset gate before the product",
        f"{SPLIT}; (U_r U_z U_n) = U; r = σ(a_r + h U_r); z = σ(a_z + h U_z); "
        "n = tanh(a_n + (r h) U_n); h' = (1 - z) n + z h",
        cell="gru",
        reset_after=False,
    ),
    "lstm": Kind(
        "LSTM",
        f"(a_i a_f a_g a_o) = {RNN}; i = σ(a_i); f = σ(a_f); g = tanh(a_g); "
        f"o = σ(a_o); {LSTM}",
        cell="lstm",
    ),
    "lstm-forget-bias": Kind(
        "LSTM, a forget bias of 1 added",
        f"(a_i a_f a_g a_o) = {RNN}; i = σ(a_i); f = σ(a_f + 1); "
        f"g = tanh(a_g); o = σ(a_o); {LSTM}",
        cell="lstm",
        forget_bias=1.0,
    ),
    "lstm-layer-norm": Kind(
        "LSTM, layer-normalized",
        "(a_i a_f a_g a_o) = gain_ih LN(x W) + b + gain_hh LN(h U); "
        "i = σ(a_i); f = σ(a_f); g = tanh(a_g); o = σ(a_o); c' = f c + i g; "
        f"h' = o tanh(gain_c LN(c') + b_c); {NORM}, over all 4H columns of a "
        "product and over the H of c'",
        cell="lstm",
        layer_norm=True,
    ),
    "mingru": Kind(
        "minGRU",
        "(a_z a_n) = x W + b; z = σ(a_z); h' = (1 - z) h + z a_n",
        cell="mingru",
    ),
    "attention-bahdanau": Kind(
        "Attention of Bahdanau",
        "s_t = tanh(q W_q + m_t W_k + b_k) v; a = softmax of s over t < "
        "length; context = sum of a_t m_t",
        family="attention",
        score="bahdanau",
    ),
    "attention-luong-dot": Kind(
        "Attention of Luong, dot",
        "s_t = q · m_t; a = softmax of s over t < length; context = sum of "
        "a_t m_t",
        family="attention",
        score="luong-dot",
    ),
    "attention-luong-general": Kind(
        "Attention of Luong, general",
        "s_t = q · (m_t W_k); a = softmax of s over t < length; context = sum "
        "of a_t m_t",
        family="attention",
        score="luong-general",
    ),
    "ctc": Kind(
        "CTC",
        "nll = -log of the sum, over the paths of t < length whose repetitions "
        "and then blanks removed are the labels, of the product of "
        "softmax(x_t)[path_t]; the blank is class 0; loss = mean of nll",
        family="ctc",
    ),
}

DIRECTIONS = {
    "forward": ("",),
    "reverse": ("reverse.",),
    "bidirectional": ("", "reverse."),
}
"""Directions of a case -> the suffix of the names of each one's weights."""


def weight_shape(kind: Kind, name: str, inputs: int, hidden: int) -> Shape:
    """The shape of a weight: of a layer that reads D, or of an attention."""
    gates = GATES.get(kind.cell, 0)
    shapes = {
        "w_ih": (inputs, gates * hidden),
        "w_hh": (hidden, gates * hidden),
        "gain_c": (hidden,),
        "b_c": (hidden,),
        "attention.query.weight": (hidden, hidden),
        "attention.keys.weight": (hidden, hidden),
        "attention.keys.bias": (hidden,),
        "attention.score.weight": (hidden, 1),
    }
    return shapes.get(name, (gates * hidden,))
