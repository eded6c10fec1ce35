"""Exercise 8.1: normalize without looking ahead."""

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def normalize(train: Array, test: Array) -> tuple[Array, Array]:
    mean, std = train.mean(), train.std()
    return (train - mean) / std, (test - mean) / std


def draw_normalize(rng: Generator) -> tuple:
    level = float(rng.uniform(1.0, 3.0))
    return normal(rng, 9, scale=2.0) + level, normal(rng, 6, scale=3.0) - level


NORMALIZE = Exercise(
    number="8.1",
    level=1,
    title="Normalize without looking ahead",
    statement="""\
Normalize both splits of a series by the mean and the standard deviation of the
training split: subtract the mean, divide by the standard deviation. The
standard deviation is the root of the mean squared deviation (divided by N, not
by N - 1).""",
    arguments={
        "train": "(N) values of the training split",
        "test": "(M) values of the test split",
    },
    returns={
        "train": "(N) normalized values",
        "test": "(M) normalized values",
    },
    reference=normalize,
    draw=draw_normalize,
    mistakes=(
        Mistake(
            "test split in the statistics: they are of the training split",
            "mean, std = train.mean(), train.std()",
            "both = np.concatenate([train, test])\n"
            "    mean, std = both.mean(), both.std()",
        ),
        Mistake(
            "test split normalized by itself: its level would be lost",
            "(test - mean) / std",
            "(test - test.mean()) / test.std()",
        ),
        Mistake(
            "divided by the variance: its root is missing",
            "train.std()",
            "train.var()",
        ),
        Mistake(
            "standard deviation with N - 1, the default of torch.std",
            "train.std()",
            "train.std(ddof=1)",
        ),
    ),
    hints=(
        "Two numbers, computed once from `train`, normalize both splits.",
        "Check whether your std divides by N or by N - 1.",
    ),
)
