"""Words that training reads as unknown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories.specs import run_spec

from comparisons.frameworks import in_framework
from shared.batching.batches import epoch_batches
from shared.errors import SpecError
from shared.specs import Split, TrainSpec
from shared.tasks import get_task, sized

SPEC = TrainSpec(batch_size=50, word_dropout=0.3, seed=1)


@pytest.fixture
def split():
    """100 sentences of 20 words with 3 characters, the last 5 padding."""
    x = np.full((100, 25, 4), 7, np.int32)
    x[:, 20:] = 0
    return Split(x, np.zeros((100, 25), np.int32), np.full(100, 20, np.int32))


def read(split, spec, epoch=0):
    return np.concatenate([b.x for b in epoch_batches(split, spec, epoch)])


def test_a_share_of_the_words_is_unknown_and_all_else_as_it_was(split):
    x = read(split, SPEC)[:, :20]
    words, rest = x[..., 0], x[..., 1:]
    # Of 2000 words; a share deviates by 0.01, so that this is 4 deviations.
    assert abs((words == 1).mean() - 0.3) < 0.041
    assert set(np.unique(words)) == {1, 7}
    assert (rest == 7).all()
    assert (split.x[:, :20] == 7).all()


def test_padding_stays_padding(split):
    whole = split._replace(lengths=np.full(100, 25, np.int32))
    assert not read(whole, SPEC)[:, 20:].any()


def test_each_epoch_and_seed_drops_other_words_and_again_the_same(split):
    first = read(split, SPEC)
    assert (read(split, SPEC) == first).all()
    assert (read(split, SPEC, 1) != first).any()
    assert (read(split, replace(SPEC, seed=2)) != first).any()
    batches = [b.x for b in epoch_batches(split, SPEC, 0)]
    assert (batches[0] != batches[1]).any()


def test_data_without_words_and_a_scan_of_an_epoch_are_refused():
    run = run_spec("echo", "jax", "gru", train={"word_dropout": 0.1})
    with pytest.raises(SpecError, match="of which one is the unknown word"):
        sized(run, get_task("echo").load(run.data, 0))
    run = run_spec("tagging", "jax", "gru", train={"word_dropout": 0.1})
    with pytest.raises(SpecError, match="use framework jax"):
        in_framework(run, "jax-scan")
