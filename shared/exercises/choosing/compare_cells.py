"""Exercise 10.4: all cells against one."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array

SHIFTS = (0.8, 0.1, -0.7)
"""Of the cells from the base, of which the second is not settled."""

RESAMPLES = 240


def compare_cells(
    base: Array, others: Array, seeds: Array, examples: Array
) -> tuple[Array, Array, Array, Array]:
    differences = others - base
    drawn = differences[:, seeds[:, :, None], examples[:, None, :]]
    means = np.sort(drawn.mean(axis=(2, 3)), axis=1)
    cut = means.shape[1] // (40 * len(means))
    low, high = means[:, cut], means[:, -1 - cut]
    settled = (low > 0) | (high < 0)
    return differences.mean(axis=(1, 2)), low, high, settled


def draw_cells(rng: Generator) -> tuple:
    seeds, examples = 4, 6
    base = normal(rng, seeds, 1) + normal(rng, 1, examples, scale=2.0)
    noise = normal(rng, len(SHIFTS), seeds, 1, scale=0.2)
    noise = noise + normal(rng, len(SHIFTS), seeds, examples, scale=0.5)
    others = base + np.array(SHIFTS)[:, None, None] + noise
    draws = [rng.integers(0, n, (RESAMPLES, n)) for n in (seeds, examples)]
    return base, others, *draws


CELLS = Exercise(
    number="10.4",
    level=3,
    title="All cells against one",
    statement="""\
Compare M cells with a base. All were trained with the same S seeds and scored
on the same N test examples. Draw r of R resamples both: it has the seeds
seeds[r] and the examples examples[r], some of them several times, and its value
for a cell is the mean of others - base over all pairs of these seeds and
examples. In the order of their size, the interval of a cell leaves out
R // (40 M) of its R values at each end: 95 %, corrected for M comparisons. A
difference is settled if its interval does not contain 0.""",
    arguments={
        "base": "(S, N) scores of the base",
        "others": "(M, S, N) scores of the other cells",
        "seeds": "(R, S) indices of seeds",
        "examples": "(R, N) indices of examples",
    },
    returns={
        "mean": "(M) mean difference of all seeds and examples",
        "low": "(M) lower end of the interval",
        "high": "(M) upper end of the interval",
        "settled": "(M) whether the difference is settled",
    },
    reference=compare_cells,
    draw=draw_cells,
    mistakes=(
        Mistake(
            "seeds not resampled: they are a source of chance, too",
            "seeds[:, :, None]",
            "np.arange(len(base))[:, None]",
        ),
        Mistake(
            "examples not resampled: they are a source of chance, too",
            "examples[:, None, :]",
            "np.arange(base.shape[1])",
        ),
        Mistake(
            "not paired: the base is resampled by draws of its own",
            "differences[:, seeds[:, :, None], examples[:, None, :]]",
            "others[:, seeds[:, :, None], examples[:, None, :]] "
            "- base[seeds[::-1, :, None], examples[::-1, None, :]]",
        ),
        Mistake(
            "not corrected for the number of comparisons",
            "(40 * len(means))",
            "40",
        ),
        Mistake(
            "interval of 90 %: each end leaves out 1/40 of the draws, not 1/20",
            "40 * len(means)",
            "20 * len(means)",
        ),
        Mistake(
            "mean of the draws: the difference is that of the data",
            "return differences.mean(axis=(1, 2))",
            "return means.mean(axis=1)",
        ),
        Mistake(
            "difference of the wrong sign: it is others - base",
            "others - base",
            "base - others",
        ),
        Mistake(
            "settled in favor of a cell alone: it may be worse, too",
            "(low > 0) | (high < 0)",
            "low > 0",
        ),
        Mistake(
            "settled where the interval contains 0: it must not",
            "(low > 0) | (high < 0)",
            "(low <= 0) & (high >= 0)",
        ),
    ),
    hints=(
        "Subtract first; then one draw takes its seeds, then its examples, of "
        "all cells at once.",
        "Sort the R means of each cell. With cut = R // (40 M) the ends are at "
        "cut and at -1 - cut.",
    ),
)
