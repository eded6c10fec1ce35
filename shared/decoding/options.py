"""How targets are decoded, and what a framework provides for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from shared.errors import SpecError
from shared.fields import check, option

PAD, START, END, UNKNOWN = range(4)
"""The first tokens of every target vocabulary."""

MOST_HYPOTHESES = 1000
"""Far more than help: from about ten on, targets get worse."""

MOST_TOKENS = 100_000
"""Of a decoded target: longer than a book's chapter."""

State = Any
"""What a framework passes from step to step, opaque here."""

InitialState = Callable[[np.ndarray, np.ndarray], State]
"""Sources (B, T) and their lengths (B,) -> the state before the first step."""


class Step(NamedTuple):
    """The most probable next tokens of each row, and the next state."""

    logs: np.ndarray  # (R, k) log-probabilities, descending
    tokens: np.ndarray  # (R, k)
    state: State


Advance = Callable[[State, np.ndarray, np.ndarray, int], Step]
"""State, which of its rows to continue (R,), their tokens (R,), k -> a step."""


@dataclass(frozen=True)
class DecodingOptions:
    """Options of greedy decoding, beam search and sampling.

    With a beam of 1 the most probable token is generated at each step.
    Otherwise the best hypotheses by log-probability are kept, and the finished
    one with the best log-probability / ((5 + n) / 6)^penalty is returned, n its
    number of tokens with the end (Wu et al. 2016, eq. 14).
    """

    beam: int = option(
        1,
        "hypotheses of the beam search; 1: greedy decoding",
        least=1,
        most=MOST_HYPOTHESES,
    )
    length_penalty: float = option(
        0.6,
        "exponent of the length normalization; larger values prefer "
        "longer targets",
        least=0.0,
        most=10.0,
    )
    temperature: float = option(
        0.0,
        "sampling temperature, with a beam of 1; 0: the most probable token",
        least=0.0,
    )
    max_new_tokens: int = option(
        50,
        "largest number of tokens in a decoded target",
        least=1,
        most=MOST_TOKENS,
    )
    seed: int = option(0, "seed of the sampling", least=0)

    def __post_init__(self) -> None:
        check(self)
        if self.temperature and self.beam > 1:
            raise SpecError(
                f"temperature {self.temperature} and beam {self.beam} exclude "
                "each other"
            )


class DecodedOutputs(NamedTuple):
    """Outputs of a seq2seq model that a task scores.

    losses: (N, T) nats of the target tokens under teacher forcing, 0 past ends;
        hits: (N, T) 1 where the target token is the most probable one; tokens:
        (N, n) decoded tokens, -1 past ends.
    """

    losses: np.ndarray
    hits: np.ndarray
    tokens: np.ndarray
