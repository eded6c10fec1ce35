"""Random dropout: equal means and spreads of losses and gradients.

All examples are equal and the rate is tiny, so that each epoch repeats one
step with other masks. Known masks cannot show that the random ones drop the
requested share, nor that examples have masks of their own.
"""

from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import numpy as np
from equivalence.test_dropout import ADDITIVE
from factories.implementations import PACKAGES, configured
from scipy import stats

from shared.reference.model import in_float64
from shared.specs import Split, TrainSpec

EPOCHS, ROWS, RATE = 240, 4, 1e-6
TRAINING = TrainSpec(
    epochs=EPOCHS, batch_size=ROWS, optimizer="sgd", learning_rate=RATE
)
CONFIDENCE = 2 * stats.norm.sf(3)
"""The share of right differences beyond 3 standard errors."""


@cache
def samples(package):
    """Losses (S,) and gradients of every weight (S, size), of 960 masks."""
    implementation = configured(package, "float64")
    case = replace(ADDITIVE, bidirectional=False)
    model, weights = implementation.build_model(case.spec()), case.weights()
    implementation.load_weights(model, weights)
    x, y, _ = case.split()
    x, y = (np.repeat(a[2:3], ROWS, 0) for a in (x, y))
    lengths = np.full(ROWS, x.shape[1], "i4")
    losses, states = [], [in_float64(weights)]

    def on_epoch_end(epoch, loss):
        losses.append(loss)
        states.append(in_float64(implementation.export_weights(model)))
        return False

    split = Split(x, y, lengths)
    implementation.fit(model, split, TRAINING, on_epoch_end)
    gradients = {
        name: np.stack(
            [
                (old[name] - new[name]).ravel() / RATE
                for old, new in pairwise(states)
            ]
        )
        for name in weights
    }
    return np.array(losses), gradients


def test_losses_and_gradients_are_equal_in_expectation(quick):
    drawn = {package: samples(package) for package in PACKAGES}
    directions = {
        name: np.mean([g[name].mean(0) for _, g in drawn.values()], axis=0)
        for name in drawn[PACKAGES[0]][1]
    }
    measured = {
        package: {"loss": losses}
        | {name: g[name] @ d for name, d in directions.items() if d.any()}
        for package, (losses, g) in drawn.items()
    }
    comparisons = 3 * len(measured[PACKAGES[0]])
    for one, other in combinations(PACKAGES, 2):
        for name, values in measured[one].items():
            test = stats.ttest_ind(values, measured[other][name])
            # Bonferroni: none of so many comparisons is red by chance.
            assert test.pvalue > CONFIDENCE / comparisons, (one, other, name)


def test_gradients_vary_equally(quick):
    """Dropout is unbiased: its rate hardly moves a mean, but the spread."""
    drawn = [samples(package)[1] for package in PACKAGES]
    names = [name for name in drawn[0] if drawn[0][name].any()]
    share, freedom = CONFIDENCE / (6 * len(names)), EPOCHS - 1
    most = stats.f.isf(share, freedom, freedom)
    for name in names:
        spreads = [g[name].var(axis=0).sum() for g in drawn]
        assert max(spreads) < most * min(spreads), (name, spreads)
