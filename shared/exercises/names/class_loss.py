"""Exercise 4.3: cross-entropy of classes."""

from shared.exercises.draws import Generator, nll, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def class_loss(logits: Array, targets: Array) -> Array:
    return nll(logits, targets).mean()


def draw_loss(rng: Generator) -> tuple:
    return normal(rng, 4, 3, scale=2.0), rng.integers(0, 3, 4)


CLASS_LOSS = Exercise(
    number="4.3",
    level=1,
    title="Cross-entropy of classes",
    statement="""\
Compute the mean over the batch of the softmax cross-entropy: the negative
logarithm (base e) of the probability of each target, where the probabilities
of a row are softmax(logits of the row).""",
    arguments={
        "logits": "(B, K) one logit a class",
        "targets": "(B) index of the right class",
    },
    returns={"loss": "() mean loss in nats"},
    reference=class_loss,
    draw=draw_loss,
    mistakes=(
        Mistake(
            "softmax over the wrong axis: over the batch, not the classes",
            "nll(logits, targets)",
            "-np.take_along_axis(log_softmax(logits.T).T, targets[:, None], 1)",
        ),
        Mistake(
            "softmax twice: the loss takes logits, not probabilities",
            "nll(logits, targets)",
            "nll(np.exp(log_softmax(logits)), targets)",
        ),
        Mistake(
            "sum over the batch: the loss is the mean", ".mean()", ".sum()"
        ),
        Mistake(
            "sign missing: a log-probability is negative",
            "nll(logits, targets)",
            "-nll(logits, targets)",
        ),
        Mistake(
            "logarithm missing: 1 minus the probability of the target",
            "nll(logits, targets)",
            "(1 - np.exp(-nll(logits, targets)))",
        ),
    ),
    hints=(
        "Each framework has this loss; look whether it takes logits.",
        "Keras' takes probabilities unless `from_logits=True`.",
    ),
)
