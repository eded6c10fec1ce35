"""Decoding: which of all targets a model of the next symbol writes.

The search is done here, once, over numbers that a framework hands out; a
sentence that has ended costs nothing more, as its rows are not asked for.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shared.decoding.options import (
    END,
    START,
    Advance,
    Begin,
    DecodingOptions,
    State,
    Step,
)

DRAWN = 64
"""The likeliest symbols of a step, among which one is drawn."""

ROWS = 256
"""Hypotheses that go through a framework at once."""


def decode(
    begin: Begin,
    advance: Advance,
    x: np.ndarray,
    lengths: np.ndarray,
    search: DecodingOptions,
    size: int,
) -> np.ndarray:
    """The target of each source (N, T): (N, max_length), -1 after its end.

    size: vocabulary size V. The end token is not part of the output. Sources of
        similar length are batched together.
    """
    write = _drawn if search.temperature else _search
    found = np.full((len(x), search.max_new_tokens), -1, np.int32)
    order, chunk = np.argsort(lengths, kind="stable"), ROWS // search.beam
    for start in range(0, len(x), max(1, chunk)):
        rows = order[start : start + max(1, chunk)]
        state = begin(x[rows], lengths[rows])
        for row, symbols in zip(
            rows, write(advance, state, len(rows), search, size), strict=True
        ):
            found[row, : len(symbols)] = symbols
    return found


class _Beams(NamedTuple):
    owners: np.ndarray  # (n,) number of each sentence
    rows: np.ndarray  # (n, w) row of the state that each goes on from
    scores: np.ndarray  # (n, w)
    symbols: np.ndarray  # (n, w, t), the first is START


def _drawn(
    advance: Advance,
    state: State,
    count: int,
    search: DecodingOptions,
    size: int,
) -> list[np.ndarray]:
    rng = np.random.default_rng([search.seed, 6])
    going = rows = np.arange(count)
    symbols = np.full(count, START)
    written: list[list[int]] = [[] for _ in range(count)]
    for _ in range(search.max_new_tokens):
        step = advance(state, rows, symbols, min(DRAWN, size))
        logs = np.asarray(step.logs, np.float64) / search.temperature
        sums = np.exp(logs - logs[:, :1]).cumsum(axis=1)  # (R, k)
        draws = rng.random((count, 1))[going] * sums[:, -1:]
        places = (sums < draws).sum(axis=1)[:, None]
        symbols = np.take_along_axis(step.symbols, places, axis=1)[:, 0]
        rows = np.flatnonzero(symbols != END)
        going, symbols, state = going[rows], symbols[rows], step.state
        for sentence, symbol in zip(going, symbols, strict=True):
            written[sentence].append(int(symbol))
        if not len(rows):
            break
    return [np.array(own, np.int64) for own in written]


def _search(
    advance: Advance,
    state: State,
    count: int,
    search: DecodingOptions,
    size: int,
) -> list[np.ndarray]:
    ended: list[list[tuple[float, np.ndarray]]] = [[] for _ in range(count)]
    beams = _Beams(
        np.arange(count),
        np.arange(count)[:, None],
        np.zeros((count, 1)),
        np.full((count, 1, 1), START),
    )
    for _ in range(search.max_new_tokens):
        step = advance(
            state,
            beams.rows.ravel(),
            beams.symbols[:, :, -1].ravel(),
            min(size, search.beam + (search.beam > 1)),
        )
        state = step.state
        beams = _grow(beams, step, ended, search)
        if not len(beams.owners):
            break
    for owner, scores, symbols in zip(
        beams.owners, beams.scores, beams.symbols, strict=True
    ):
        _end(ended[owner], scores[0], symbols[0, 1:], search)
    return [max(found, key=lambda pair: pair[0])[1] for found in ended]


def _grow(
    beams: _Beams,
    step: Step,
    ended: list[list[tuple[float, np.ndarray]]],
    search: DecodingOptions,
) -> _Beams:
    """Extend each hypothesis by one token; finished ones are removed.

    A sentence with as many finished hypotheses as beams is removed too.
    """
    sentences, width = beams.scores.shape
    logs = step.logs.reshape(sentences, width, -1)  # (n, w, k)
    totals = (beams.scores[:, :, None] + logs).reshape(sentences, -1)
    order = np.argsort(-totals, axis=1, kind="stable")  # (n, w·k)
    totals = np.take_along_axis(totals, order, axis=1)
    news = step.symbols.reshape(sentences, -1)
    news = np.take_along_axis(news, order, axis=1)
    parents = order // logs.shape[2]
    ends = (news == END) & np.isfinite(totals)
    alive = np.cumsum(news != END, axis=1)  # up to each, itself included
    for sentence, place in np.argwhere(ends & (alive < search.beam)):
        symbols = beams.symbols[sentence, parents[sentence, place], 1:]
        owner = beams.owners[sentence]
        _end(ended[owner], totals[sentence, place], symbols, search, 1)
    totals = np.where(news == END, -np.inf, totals)
    going = np.asarray(np.isfinite(totals).any(axis=1))
    for sentence, owner in enumerate(beams.owners):
        going[sentence] &= len(ended[owner]) < search.beam
    kept = np.flatnonzero(going)
    chosen = np.argsort(-totals[kept], axis=1, kind="stable")
    chosen = chosen[:, : search.beam]  # the best that do not end, (n', w')
    taken = np.take_along_axis(parents[kept], chosen, axis=1)
    symbols = beams.symbols[kept[:, None], taken]  # (n', w', t)
    latest = np.take_along_axis(news[kept], chosen, axis=1)
    return _Beams(
        beams.owners[kept],
        kept[:, None] * width + taken,
        np.take_along_axis(totals[kept], chosen, axis=1),
        np.concatenate([symbols, latest[:, :, None]], axis=2),
    )


def _end(
    ended: list[tuple[float, np.ndarray]],
    score: float,
    symbols: np.ndarray,
    search: DecodingOptions,
    extra: int = 0,
) -> None:
    """Add a finished hypothesis; extra: its end token, which is not stored."""
    length = len(symbols) + extra
    scaled = score / ((5.0 + length) / 6.0) ** search.length_penalty
    ended.append((scaled, symbols))
