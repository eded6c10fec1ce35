"""The search for a target: greedy, by a beam, and against all targets."""

from itertools import product

import numpy as np
import pytest
from factories.fakes.chain import LONGEST, VOCAB_SIZE, Chain, chain

from shared.decoding.options import END, START, DecodingOptions
from shared.errors import SpecError


def score(table, tokens, penalty):
    """The length-penalised log-probability of a target, and of its end."""
    total, before, last = 0.0, 0, START
    decoded = [*tokens] if len(tokens) == LONGEST else [*tokens, END]
    for token in decoded:
        total += chain(table)[before, last, token]
        before, last = last, token
    return total / ((5 + len(decoded)) / 6) ** penalty


def every_target():
    others = [s for s in range(VOCAB_SIZE) if s != END]
    for length in range(LONGEST + 1):
        yield from product(others, repeat=length)


@pytest.mark.parametrize("penalty", [0.0, 1.5])
def test_a_beam_of_all_hypotheses_finds_the_best_target(penalty):
    # As wide as there are targets: none can be lost on the way.
    search = DecodingOptions(
        beam=3, length_penalty=penalty, max_new_tokens=LONGEST
    )
    wide = DecodingOptions(
        beam=200, length_penalty=penalty, max_new_tokens=LONGEST
    )
    targets = list(every_target())
    model = Chain()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("shared.decoding.beam_search.ROWS", 10**6)
        found = model.decode(20, wide)
    narrow = Chain().decode(20, search)
    for table, (whole, some) in enumerate(zip(found, narrow)):
        best = max(score(table, target, penalty) for target in targets)
        assert score(table, whole, penalty) == pytest.approx(best)
        assert score(table, some, penalty) <= best + 1e-12


def test_greedy_decoding_takes_the_argmax_at_each_step():
    found = Chain().decode(12, DecodingOptions(max_new_tokens=LONGEST))
    for table, decoded in enumerate(found):
        before, last, expected = 0, START, []
        while len(expected) < LONGEST:
            token = int(chain(table)[before, last].argmax())
            if token == END:
                break
            expected.append(token)
            before, last = last, token
        assert decoded == expected


def test_ended_sentences_are_not_decoded_further():
    model = Chain()
    lengths = [
        len(s)
        for s in model.decode(30, DecodingOptions(max_new_tokens=LONGEST))
    ]
    wanted = [sum(n >= step for n in lengths) for step in range(LONGEST)]
    assert model.batch_sizes == [count for count in wanted if count]
    assert wanted[-1] < 30


def test_sources_decode_alike_alone_and_in_a_batch(monkeypatch):
    search = DecodingOptions(beam=3, max_new_tokens=LONGEST)
    together = Chain().decode(11, search)
    monkeypatch.setattr("shared.decoding.beam_search.ROWS", 8)
    assert Chain().decode(11, search) == together


def test_samples_have_the_probabilities_of_the_model():
    model = Chain()
    counts = np.zeros(VOCAB_SIZE)
    for seed in range(600):
        (decoded,) = model.decode(
            1, DecodingOptions(temperature=1.0, seed=seed)
        )
        counts[decoded[0] if decoded else END] += 1
    shares = np.exp(chain(0)[0, START])
    # Four standard deviations of a share of so many draws.
    deviations = np.abs(counts / 600 - shares)
    assert (deviations < 4 * np.sqrt(shares * (1 - shares) / 600) + 1e-9).all()


def test_samples_repeat_by_seed_and_temperature_0_is_greedy():
    warm = DecodingOptions(temperature=1.3, max_new_tokens=LONGEST, seed=4)
    assert Chain().decode(9, warm) == Chain().decode(9, warm)
    other = DecodingOptions(temperature=1.3, max_new_tokens=LONGEST, seed=5)
    assert Chain().decode(9, warm) != Chain().decode(9, other)
    cold = DecodingOptions(temperature=1e-3, max_new_tokens=LONGEST)
    greedy = DecodingOptions(max_new_tokens=LONGEST)
    assert Chain().decode(9, cold) == Chain().decode(9, greedy)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"beam": 0}, "beam must be at least 1, not 0"),
        ({"length_penalty": -1.0}, "length_penalty must be at least 0.0"),
        ({"temperature": 1.0, "beam": 2}, "temperature 1.0 and beam 2"),
        ({"max_new_tokens": 0}, "max_new_tokens must be at least 1, not 0"),
    ],
)
def test_impossible_search_options_are_refused(fields, text):
    with pytest.raises(SpecError, match=text):
        DecodingOptions(**fields)
