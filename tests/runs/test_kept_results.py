"""What a worker scores of a translation, and the layout that it saves."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from factories.pairs import saved

from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.checkpointing import keep
from comparisons.worker.jobs import Job
from comparisons.worker.scoring import decoded
from shared.specs import Split
from shared.weights.init import initial_weights


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


@pytest.mark.parametrize("init", ["matched", "native"])
def test_the_first_weights_of_a_job_are_those_of_its_seed(init):
    calls, spec = [], saved().model
    implementation = SimpleNamespace(
        configure=lambda *given: calls.append(given),
        build_model=lambda spec, weights: calls.append(weights),
    )
    run = replace(saved().run, seed=3, init=init, model=spec)
    Job(run, implementation).first_model()
    assert calls[0][-1] == 3
    if init == "native":  # drawn by the framework itself
        assert calls[1] is None
    else:
        expected = initial_weights(spec, 3)
        for name, weight in calls[1].items():
            assert np.array_equal(weight, expected[name])
