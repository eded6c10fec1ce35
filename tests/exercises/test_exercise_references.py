"""The references of exercises agree with the project's own in numpy."""

import math
from itertools import product

import numpy as np
import pytest
from sacrebleu.metrics import BLEU

from shared.decoding import ctc
from shared.decoding.sampling import Sampling, sample
from shared.exercises import get_exercise
from shared.exercises.training.forecaster import loss_and_gradients
from shared.reference import cells, training
from shared.reference.attention import SCORES
from shared.reference.attention import attend as reference_attend
from shared.reference.layer import layer, layer_backward
from shared.reference.losses import (
    cross_entropy,
    masked_cross_entropy,
    pinball,
    token_nll,
)
from shared.specs import TrainSpec


def equal(found, wanted):
    """Both in float64: the order of additions alone may differ."""
    np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-12)


def drawn(number):
    """The reference of an exercise, and the arguments of each case."""
    exercise = get_exercise(number)
    return [(exercise.reference, arguments) for arguments in exercise.drawn]


def weights_of(w_ih, w_hh, b, b_hh=None):
    found = {"w_ih": w_ih, "w_hh": w_hh, "b_ih": b}
    return found if b_hh is None else {**found, "b_hh": b_hh}


def test_the_steps_are_those_of_the_cells():
    for rnn_step, (x, h, w_ih, w_hh, b) in drawn("1.1"):
        equal(
            rnn_step(x, h, w_ih, w_hh, b),
            cells.rnn(x @ w_ih + b, h @ w_hh, (h,))[0][0],
        )
    for lstm_step, (x, h, c, w_ih, w_hh, b) in drawn("3.1"):
        state, _ = cells.lstm(x @ w_ih + b, h @ w_hh, (h, c))
        equal(lstm_step(x, h, c, w_ih, w_hh, b), state)
    for gru_step, (x, h, w_ih, w_hh, b_ih, b_hh) in drawn("3.2"):
        state, _ = cells.gru(x @ w_ih + b_ih, h @ w_hh + b_hh, (h,))
        equal(gru_step(x, h, w_ih, w_hh, b_ih, b_hh), state[0])


def test_the_layers_are_those_of_the_reference():
    for unroll, (x, h, *w) in drawn("1.2"):
        wanted = layer("rnn", weights_of(*w), x, initial_state=(h,))[0]
        equal(unroll(x, h, *w), wanted)
    for lstm_layer, (x, h, c, *w) in drawn("3.5"):
        wanted = layer("lstm", weights_of(*w), x, initial_state=(h, c))[0]
        equal(lstm_layer(x, h, c, *w), wanted)
    for masked_rnn, (x, lengths, *w) in drawn("5.3"):
        wanted = layer("rnn", weights_of(*w), x, lengths)[0]
        equal(masked_rnn(x, lengths, *w), wanted)
    for bidirectional, (x, lengths, *w) in drawn("5.5"):
        forward = layer("rnn", weights_of(*w[:3]), x, lengths)[0]
        backward = layer("rnn", weights_of(*w[3:]), x, lengths, True)[0]
        both = np.concatenate([forward, backward], axis=2)
        valid = np.arange(x.shape[1]) < lengths[:, None]
        wanted = np.where(valid[:, :, None], both, 0.0)
        equal(bidirectional(x, lengths, *w), wanted)


def test_the_gradients_are_those_of_the_reference():
    for norms, (x, *w) in drawn("2.4"):
        outputs, _, tape = layer("rnn", weights_of(*w), x)
        last = np.ones((len(x), outputs.shape[2]))
        back = layer_backward("rnn", weights_of(*w), tape, 0 * outputs, (last,))
        equal(norms(x, *w), np.linalg.norm(back.x, axis=2))
    for tbptt, (x, y, *w, window) in drawn("6.7"):
        state, wanted = (np.zeros((len(x), len(w[1]))),), []
        for start in range(0, x.shape[1], window):
            part = slice(start, start + window)
            outputs, last, tape = layer(
                "rnn", weights_of(*w), x[:, part], initial_state=state
            )
            error = 2 * (outputs - y[:, part]) / outputs.size
            back = layer_backward(
                "rnn", weights_of(*w), tape, error, (0 * last,)
            )
            wanted.append(back.weights["w_hh"])
            state = (last,)
        equal(tbptt(x, y, *w, window), wanted)


def test_the_forecaster_has_the_gradients_of_finite_differences():
    (_, (x, y, *weights, _, _)), *_ = drawn("9.4")
    _, gradients = loss_and_gradients(x, y, *weights)
    for place, gradient in enumerate(gradients):
        for index in np.ndindex(gradient.shape):
            moved = []
            for step in (1e-6, -1e-6):
                changed = [w.copy() for w in weights]
                changed[place][index] += step
                moved.append(loss_and_gradients(x, y, *changed)[0])
            slope = (moved[0] - moved[1]) / 2e-6
            # The error of a central difference is that of its rounding.
            assert gradient[index] == pytest.approx(slope, rel=1e-5, abs=1e-8)


def test_the_losses_are_those_of_the_reference():
    for loss, (logits, targets) in drawn("4.3"):
        equal(loss(logits, targets), cross_entropy(logits, targets)[0])
    for loss, (logits, targets) in drawn("5.6"):
        equal(loss(logits, targets), masked_cross_entropy(logits, targets)[0])
    for perplexity, (logits, targets) in drawn("6.2"):
        wanted = math.exp(token_nll(logits, targets).mean())
        equal(perplexity(logits, targets), wanted)
    for loss, (forecast, y, levels) in drawn("8.3"):
        wanted = pinball(forecast, y[:, None], tuple(levels))[0]
        equal(loss(forecast, y, levels), wanted)


def test_attention_is_that_of_the_reference():
    for attend, (query, memory, mask) in drawn("7.2"):
        wanted = reference_attend("luong-dot", query, memory, mask, {})
        equal(attend(query, memory, mask)[0], wanted.context)
        equal(attend(query, memory, mask)[1], wanted.weights)
    for scores, (query, memory, w_query, w_memory, v) in drawn("7.3"):
        w = {
            "attention.query.weight": w_query,
            "attention.keys.weight": w_memory,
            "attention.keys.bias": np.zeros(len(v)),
            "attention.score.weight": v[:, None],
        }
        found = scores(query, memory, w_query, w_memory, v)
        equal(found, SCORES["bahdanau"][0](query, memory, w)[0])


@pytest.mark.parametrize(
    ("number", "settings"),
    [
        ("6.3", lambda value: Sampling(temperature=value)),
        ("6.4", lambda value: Sampling(top_k=value)),
        ("6.5", lambda value: Sampling(top_p=value)),
    ],
)
def test_probabilities_are_those_of_the_samples(number, settings):
    uniforms = (np.arange(4000) + 0.5) / 4000
    for probs_of, (logits, value) in drawn(number):
        for row, probs in zip(logits, probs_of(logits, value), strict=True):
            rows = np.repeat(row[None], len(uniforms), axis=0)
            tokens = sample(rows, uniforms, settings(value))
            shares = np.bincount(tokens, minlength=len(row)) / len(uniforms)
            # Each end of a token's interval is off by one number at most.
            np.testing.assert_allclose(shares, probs, atol=1 / 2000)


def test_clipping_and_adam_are_those_of_the_reference():
    for clip, (*gradients, most) in drawn("2.3"):
        named = dict(enumerate(gradients))
        wanted = training.clip(named, TrainSpec(clip_norm=most))
        for found, one in zip(clip(*gradients, most), wanted.values()):
            equal(found, one)
    for adam, (w, g, m, v, t, lr, epsilon) in drawn("9.3"):
        slots = {"m": m, "v": v}
        step = training.Step(t, TrainSpec(epsilon=epsilon))
        change = training.adam(w, g, slots, step)
        found = adam(w, g, m, v, t, lr, epsilon)
        equal(found, [w - lr * change, slots["m"], slots["v"]])


def test_paths_and_sentences_are_scored_as_elsewhere():
    for collapse, (path, blank) in drawn("8.4"):
        assert collapse(path, blank) == ctc.greedy(np.eye(4)[path])
    metric = BLEU(tokenize="none", smooth_method="none", force=True)
    for bleu, (hypotheses, references) in drawn("7.4"):
        texts, wanted = (
            [" ".join(map(str, tokens)) for tokens in sentences]
            for sentences in (hypotheses, references)
        )
        score = metric.corpus_score(texts, [wanted]).score
        equal(bleu(hypotheses, references), score)


def test_a_beam_as_wide_as_all_hypotheses_finds_the_best_one():
    rng = np.random.default_rng(0)
    search = get_exercise("7.5").reference
    for _ in range(20):
        logits = rng.standard_normal((4, 4))
        log_probs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        every = {
            tuple(tokens[: tokens.index(1) + 1] if 1 in tokens else tokens)
            for tokens in product(range(4), repeat=4)
        }

        def score(tokens, log_probs=log_probs):
            pairs = zip((0, *tokens), tokens, strict=False)
            total = sum(log_probs[pair] for pair in pairs)
            return total / ((5 + len(tokens)) / 6)

        best = max(every, key=score)
        assert search(log_probs, 0, 1, 4**4, 4, 1.0) == list(best)


def test_parameters_are_those_of_the_layers():
    for count, (inputs, hidden) in drawn("10.1"):
        biases = {"rnn": 1, "gru": 2, "lstm": 1}
        gates = {"rnn": 1, "gru": 3, "lstm": 4}
        wanted = [
            gates[c] * (inputs + hidden + biases[c]) * hidden for c in gates
        ]
        assert list(count(inputs, hidden)) == wanted
    for largest, (budget, blocks, inputs) in drawn("10.3"):
        hidden = largest(budget, blocks, inputs)
        sizes = [blocks * (inputs + h + 1) * h for h in (hidden, hidden + 1)]
        assert sizes[0] <= budget < sizes[1]


def test_cells_are_compared_draw_by_draw():
    for compare, (base, others, seeds, examples) in drawn("10.4"):
        found = compare(base, others, seeds, examples)
        for cell, scores in enumerate(others):
            values = sorted(
                math.fsum(
                    scores[s, n] - base[s, n]
                    for s, n in product(seeds[r], examples[r])
                )
                / (len(seeds[r]) * len(examples[r]))
                for r in range(len(seeds))
            )
            cut = len(values) // (40 * len(others))
            low, high = values[cut], values[len(values) - 1 - cut]
            settled = not low <= 0 <= high
            wanted = (scores - base).mean(), low, high, settled
            equal([one[cell] for one in found], wanted)
