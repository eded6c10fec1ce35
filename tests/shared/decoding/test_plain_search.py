"""Beam search against a plain one, a sentence and a hypothesis at a time."""

from itertools import pairwise

import numpy as np
import pytest
from factories.fakes.chain import VOCAB_SIZE, Chain, chain

from shared.decoding.beam_search import decode
from shared.decoding.options import END, START, DecodingOptions


def plain_search(table, options):
    """The target of one source, its hypotheses as lists of tokens."""
    alive, finished = [(0.0, [START])], []
    for _ in range(options.max_new_tokens):
        longer = [
            (score + logs[token], [*tokens, token])
            for score, tokens in alive
            for logs in [chain(table)[(0, *tokens)[-2], tokens[-1]]]
            for token in range(VOCAB_SIZE)
        ]
        alive = []
        for score, tokens in sorted(longer, reverse=True):
            if len(alive) == options.beam:
                break
            ends = tokens[-1] == END
            (finished if ends else alive).append((score, tokens))
        if len(finished) >= options.beam:
            break
    else:
        finished.append(alive[0])

    def normalized(hypothesis):
        score, tokens = hypothesis
        return score / ((4 + len(tokens)) / 6) ** options.length_penalty

    _, target = max(finished, key=normalized)
    return [token for token in target[1:] if token != END]


@pytest.mark.parametrize("penalty", [0.0, 0.6, 2.0])
@pytest.mark.parametrize("beam", [2, 3])
@pytest.mark.parametrize("longest", [3, 7])
def test_targets_are_those_of_a_plain_search(beam, penalty, longest):
    options = DecodingOptions(
        beam=beam, length_penalty=penalty, max_new_tokens=longest
    )
    found = Chain().decode(60, options)
    assert found == [plain_search(table, options) for table in range(60)]


def test_a_sample_is_the_same_whenever_other_sentences_end():
    warm = DecodingOptions(temperature=2.0, max_new_tokens=9, seed=1)
    pairs = [Chain().decode([table, 3], warm) for table in range(12)]
    assert len({len(other) for other, _ in pairs}) > 2
    assert all(one[1] == two[1] for one, two in pairwise(pairs))
    assert len(pairs[0][1]) > 2


def test_each_source_is_encoded_with_its_own_length():
    model = Chain()

    def begin(x, lengths):
        assert (lengths == 1 + x[:, 0]).all()
        return model.begin(x, lengths)

    tables = np.random.default_rng(0).permutation(300)
    options = DecodingOptions(max_new_tokens=2)
    found = decode(
        *(begin, model.advance, tables[:, None], 1 + tables),
        *(options, VOCAB_SIZE),
    )
    targets = [[int(token) for token in row if token >= 0] for row in found]
    assert targets == Chain().decode(tables, options)
