"""The gates can fail, too, for pools, characters and masked losses."""

import importlib

import pytest
from test_mutations import CALLED, PACKAGES, forget_compiled, measure, part

from comparisons.equivalence.case import Case
from comparisons.equivalence.checks import full_checks
from comparisons.equivalence.limits import LIMITS

POOLED = Case(
    "classifier", "gru", "embedding", "native", 1, True, True, pooling="mean"
)
SPELT = Case(
    "tagger", "gru", "embedding", "native", 1, True, True, char_encoder=True
)


def pool_a_step_too_many(monkeypatch, package):
    """The step after the end counts, where there is one."""
    pooling = part(package, "pooling")
    right = pooling.sequence_mask

    def wrong(x, lengths):
        return right(x, None if lengths is None else lengths + 1)

    monkeypatch.setattr(pooling, "sequence_mask", wrong)


def change_characters(monkeypatch, package, change):
    characters, name = part(package, "inputs").Characters, CALLED[package]
    right = getattr(characters, name)
    monkeypatch.setattr(
        characters, name, lambda self, x: change(lambda x: right(self, x), x)
    )


def read_padding_as_a_character(monkeypatch, package):
    change_characters(monkeypatch, package, lambda read, x: read(abs(x - 1)))


def spell_each_word_like_another(monkeypatch, package):
    """All words like the first: what a wrong reshape may do."""
    change_characters(
        monkeypatch, package, lambda read, x: read(x[:, :1]) + 0 * read(x)
    )


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(
    ("case", "plant"),
    [
        (POOLED, pool_a_step_too_many),
        (SPELT, read_padding_as_a_character),
        (SPELT, spell_each_word_like_another),
    ],
)
def test_a_planted_error_is_caught(package, case, plant):
    limit = LIMITS["float64"]["forward"]
    try:
        with pytest.MonkeyPatch.context() as monkeypatch:
            plant(monkeypatch, package)
            forget_compiled(package)
            assert measure(package, case) > 1e3 * limit
    finally:
        forget_compiled(package)
    assert measure(package, case) <= limit


@pytest.mark.parametrize("package", PACKAGES)
def test_a_loss_that_counts_padding_is_caught(package):
    """Padded steps then have the second tag as their target."""
    losses = part(package, "losses").LOSSES
    right = losses["masked_cross_entropy"]
    order = -1 if package == "keras_impl" else 1  # Keras: targets first

    def wrong(*given):
        outputs, targets = given[::order]
        return right(*(outputs, abs(targets))[::order])

    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float64", 0)
    try:
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setitem(losses, "masked_cross_entropy", wrong)
            forget_compiled(package)
            found = list(full_checks(implementation, SPELT, "float64"))
    finally:
        forget_compiled(package)  # a loss is built once, and kept
    failed = {gap.check for gap in found if not gap.holds}
    assert failed == {"gradient", "trajectory"}
