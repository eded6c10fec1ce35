"""Tasks that read text, trained in seconds on random words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FRAMEWORKS = ("pytorch", "keras", "jax")

Stated = tuple[str, int, str, float]
"""A text, the place of a piece in it, its label, the label's probability."""

SMALL = (
    *("--epochs", "1", "--hidden-size", "12", "--embedding-size", "8"),
    *("--num-buckets", "1"),  # each padded length would be compiled
    *("--report", "off"),
    *("--init", "native"),  # without a check of equivalence, which takes longer
)

WORDS = [f"{a}{b}" for a in "bdfgklmn" for b in ("a", "elo", "irt", "ost")]


@dataclass(frozen=True)
class Small:
    """How a task is trained in seconds, and texts that it reads.

    flags: a folder for data -> flags of the command;
    stated: a run's detail -> what the process that trained it states of texts,
    probabilities to four places.
    """

    cell: str
    trained_in: tuple[str, ...]
    flags: Callable[[Path], tuple[str, ...]]
    texts: tuple[str, ...]
    stated: Callable[[dict], list[Stated]]


def names_flags(folder):
    """Made names of three languages, at random: some mistakes are certain."""
    rng = np.random.default_rng(0)
    names = {"".join(rng.choice(WORDS, 2)).title() for _ in range(400)}
    rows = [
        f"{name},{rng.choice(['Ba', 'De', 'Fi'])}" for name in sorted(names)
    ]
    file = folder / "people.csv"
    file.write_text("\n".join(["text,label", *rows]) + "\n")
    return ("--data", str(file))


def sentiment_flags(folder):
    """Three classes of random words: some mistakes are certain."""
    rng = np.random.default_rng(0)
    labels = ("bad", "good", "mixed")
    rows = [
        f"{' '.join(rng.choice(WORDS, rng.integers(1, 30)))},{label}"
        for label in labels
        for _ in range(120)
    ]
    file = folder / "reviews.csv"
    file.write_text("\n".join(["review,stars", *rows]) + "\n")
    return (
        *("--data", str(file), "--text-column", "review", "--steps", "20"),
        *("--label-column", "stars", "--batch-size", "32"),
    )


def tagging_flags(folder):
    """Sentences that a report shows whole, their tags at random."""
    rng = np.random.default_rng(0)
    sentences = [
        "\n".join(
            f"{word}\t{rng.choice(['NOUN', 'VERB', 'X'])}"
            for word in rng.choice(WORDS, rng.integers(1, 7))
        )
        for _ in range(300)
    ]
    file = folder / "tags.conll"
    file.write_text("\n\n".join(sentences) + "\n")
    return ("--data", str(file), "--char-hidden-size", "6")


def stated_of(text):
    """What is stated of whole texts, which a detail holds under this name."""
    return lambda detail: [
        (m[text], 0, m["predicted"], m["probability"])
        for m in detail["mistakes"]
    ]


def stated_of_words(detail):
    """The word in brackets, in its sentence."""
    found = []
    for m in detail["mistakes"]:
        words = m["word"].split()
        (place,) = (i for i, word in enumerate(words) if word[0] == "[")
        text = m["word"].replace("[", "").replace("]", "")
        found.append((text, place, m["predicted"], m["probability"]))
    return found


TASKS = {
    "names": Small(
        cell="gru",
        trained_in=FRAMEWORKS,
        flags=names_flags,
        texts=("Ba", "Lirtlost", "Nost" + "beloba" * 4),
        stated=stated_of("name"),
    ),
    "sentiment": Small(
        cell="lstm",
        trained_in=("pytorch",),
        flags=sentiment_flags,
        texts=("ba", "Nost nirt, unheard-of!", " ".join(WORDS)),
        stated=stated_of("text"),
    ),
    "tagging": Small(
        cell="gru",
        trained_in=("pytorch",),
        flags=tagging_flags,
        texts=("ba", "Nost nirt, unheard-of!", " ".join(WORDS * 2)),
        stated=stated_of_words,
    ),
}
"""A task that reads text is a row of this table."""
