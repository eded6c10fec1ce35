"""Greedy decoding, beam search and sampling, the same for all frameworks.

Rows of a sentence that has ended are not computed any more.
"""

from functools import partial
from typing import NamedTuple

import numpy as np

from shared.decoding.options import (
    END,
    START,
    Advance,
    DecodingOptions,
    InitialState,
    State,
    Step,
)

MOST_SAMPLED = 64
"""The most probable tokens of a step, among which one is sampled."""
ROWS = 256
"""Hypotheses that go through a framework at once."""

Hypotheses = list[list[tuple[float, int, np.ndarray]]]
"""The finished ones of each sentence: log-probability, length, tokens."""

take = partial(np.take_along_axis, axis=1)


def decode(
    initial_state: InitialState,
    advance: Advance,
    x: np.ndarray,
    lengths: np.ndarray,
    options: DecodingOptions,
    size: int,
) -> np.ndarray:
    """The target of each source (N, T): (N, max_length), -1 after its end.

    size: vocabulary size V. The end token is not part of the output. Sources of
        similar length are batched together.
    """
    generate = _sample if options.temperature else _search
    found = np.full((len(x), options.max_new_tokens), -1, np.int32)
    order = np.argsort(lengths, kind="stable")
    chunk = max(1, ROWS // options.beam)
    for start in range(0, len(x), chunk):
        rows = order[start : start + chunk]
        state = initial_state(x[rows], lengths[rows])
        targets = generate(advance, state, len(rows), options, size)
        for row, tokens in zip(rows, targets, strict=True):
            found[row, : len(tokens)] = tokens
    return found


def _sample(
    advance: Advance,
    state: State,
    count: int,
    options: DecodingOptions,
    size: int,
) -> list[np.ndarray]:
    rng = np.random.default_rng([options.seed, 6])
    sentences = rows = np.arange(count)
    tokens = np.full(count, START)
    generated = np.full((count, options.max_new_tokens), -1)
    for number in range(options.max_new_tokens):
        step = advance(state, rows, tokens, min(MOST_SAMPLED, size))
        logs = np.asarray(step.logs, np.float64) / options.temperature
        sums = np.exp(logs - logs[:, :1]).cumsum(axis=1)  # (R, k)
        uniforms = rng.random((count, 1))[sentences] * sums[:, -1:]
        ranks = (sums < uniforms).sum(axis=1)[:, None]
        tokens = take(step.tokens, ranks)[:, 0]
        rows = np.flatnonzero(tokens != END)
        sentences, tokens, state = sentences[rows], tokens[rows], step.state
        generated[sentences, number] = tokens
        if not len(rows):
            break
    return [target[target >= 0] for target in generated]


class _Beams(NamedTuple):
    sentences: np.ndarray  # (n,) number of each sentence
    rows: np.ndarray  # (n, w) row of the state that each continues
    scores: np.ndarray  # (n, w)
    tokens: np.ndarray  # (n, w, t), the first is START


def _search(
    advance: Advance,
    state: State,
    count: int,
    options: DecodingOptions,
    size: int,
) -> list[np.ndarray]:
    ended: Hypotheses = [[] for _ in range(count)]
    first = np.arange(count)
    scores, tokens = np.zeros((count, 1)), np.full((count, 1, 1), START)
    beams = _Beams(first, first[:, None], scores, tokens)
    most = min(size, options.beam + (options.beam > 1))
    for _ in range(options.max_new_tokens):
        latest = beams.tokens[:, :, -1].ravel()
        step = advance(state, beams.rows.ravel(), latest, most)
        state, beams = step.state, _grow(beams, step, ended, options.beam)
        if not len(beams.sentences):
            break
    for sentence, _, own, tokens in zip(*beams, strict=True):
        ended[sentence].append((own[0], tokens.shape[1] - 1, tokens[0, 1:]))

    def normalized(hypothesis: tuple[float, int, np.ndarray]) -> float:
        score, length, _ = hypothesis
        return score / ((5.0 + length) / 6.0) ** options.length_penalty

    return [max(found, key=normalized)[2] for found in ended]


def _grow(beams: _Beams, step: Step, ended: Hypotheses, beam: int) -> _Beams:
    """Extend each hypothesis by one token; finished ones are removed.

    A sentence with as many finished hypotheses as beams is removed too.
    """
    sentences, width = beams.scores.shape
    logs = step.logs.reshape(sentences, width, -1)  # (n, w, k)
    totals = (beams.scores[:, :, None] + logs).reshape(sentences, -1)
    order = np.argsort(-totals, axis=1, kind="stable")  # (n, w·k)
    totals = take(totals, order)
    latest = take(step.tokens.reshape(sentences, -1), order)
    parents = order // logs.shape[2]
    ends = (latest == END) & np.isfinite(totals)
    alive = np.cumsum(latest != END, axis=1)  # up to each, itself included
    for place, rank in np.argwhere(ends & (alive < beam)):
        tokens = beams.tokens[place, parents[place, rank], 1:]
        finished = totals[place, rank], len(tokens) + 1, tokens  # with END
        ended[beams.sentences[place]].append(finished)
    totals = np.where(latest == END, -np.inf, totals)
    full = np.array([len(ended[i]) >= beam for i in beams.sentences], bool)
    open_ = np.flatnonzero(np.isfinite(totals).any(axis=1) & ~full)
    best = np.argsort(-totals[open_], axis=1, kind="stable")[:, :beam]
    parents, latest = take(parents[open_], best), take(latest[open_], best)
    tokens = beams.tokens[open_[:, None], parents]  # (n', w', t)
    return _Beams(
        beams.sentences[open_],
        open_[:, None] * width + parents,
        take(totals[open_], best),
        np.concatenate([tokens, latest[:, :, None]], axis=2),
    )
