"""What a worker scores of a translation, and the layout that it saves."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from factories.pairs import saved

from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.checkpointing import keep
from comparisons.worker.scoring import decoded
from shared.specs import Split


def test_losses_hits_and_tokens_keep_their_names():
    rng = np.random.default_rng(0)
    x, y = rng.integers(4, 9, (3, 5, 2)), rng.integers(4, 9, (3, 5))
    losses, hits = rng.random((3, 5)), rng.random((3, 5)) < 0.5
    tokens = rng.integers(4, 9, (3, 5))

    def decode(model, sources, lengths, options):
        assert np.array_equal(sources, x[..., 0])
        assert options.max_new_tokens == 5
        return tokens

    implementation = SimpleNamespace(
        teacher_forced_scores=lambda *given: np.stack((losses, hits), -1),
        decode=decode,
    )
    found = decoded(implementation, None, Split(x, y, np.array([5, 5, 5])))
    assert np.array_equal(found.losses, losses)
    assert np.array_equal(found.hits, hits)
    assert np.array_equal(found.tokens, tokens)


def test_a_checkpoint_holds_the_layout_that_all_frameworks_share(tmp_path):
    trained = saved()
    trained = trained._replace(model=replace(trained.model, init="native"))
    kept = keep(tmp_path / "a.safetensors", trained)
    assert kept == {"checkpoint": "a.safetensors"}
    loaded = load_checkpoint(tmp_path / "a.safetensors")
    assert loaded.model == replace(trained.model, init="matched")
    for name, weight in trained.weights.items():
        assert np.array_equal(loaded.weights[name], weight)
