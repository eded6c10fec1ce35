"""The command `score`: scores of each framework, and how far they part."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from factories.pairs import saved

from comparisons.commands import score

FRAMEWORKS = ("pytorch", "keras", "jax")


@pytest.fixture
def scored(monkeypatch, capsys):
    """The command on a checkpoint, with these deviations by framework."""

    def run(deviations):
        def scores_of(trained, options, framework):
            bleu = 40.0 + FRAMEWORKS.index(framework)
            return {
                "scores": {"bleu": bleu},
                "deviation": deviations[framework],
            }

        task = SimpleNamespace(fetch=lambda *arguments: None)
        monkeypatch.setattr(score, "load_checkpoint", lambda path: saved())
        monkeypatch.setattr(score, "get_task", lambda name: task)
        monkeypatch.setattr(score, "scores_of", scores_of)
        code = score.main(["a.safetensors", "--frameworks", *deviations])
        return code, capsys.readouterr().out

    return run


def test_equal_predictions_end_with_0(scored):
    code, out = scored(dict.fromkeys(FRAMEWORKS, score.LIMIT))
    assert code == 0
    assert [out.count(text) for text in ("40.0", "41.0", "42.0")] == [1, 1, 1]
    assert "differ" not in out


@pytest.mark.parametrize("wrong", [1.01 * score.LIMIT, float("nan")])
def test_a_framework_that_differs_is_named_and_ends_with_1(scored, wrong):
    code, out = scored(dict.fromkeys(FRAMEWORKS, 0.0) | {"keras": wrong})
    assert code == 1
    lines = [line for line in out.splitlines() if "differ" in line]
    assert lines == [f"Keras: predictions differ (limit {score.LIMIT:.0e})"]
