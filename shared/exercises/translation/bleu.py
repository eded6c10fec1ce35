"""Exercise 7.4: BLEU."""

from collections import Counter

import numpy as np

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake


def bleu(hypotheses: list[list[int]], references: list[list[int]]) -> float:
    matches, totals = np.zeros(4), np.zeros(4)
    for hypothesis, reference in zip(hypotheses, references):
        for n in range(1, 5):
            found, wanted = (
                Counter(zip(*(tokens[i:] for i in range(n))))
                for tokens in (hypothesis, reference)
            )
            matches[n - 1] += sum((found & wanted).values())
            totals[n - 1] += sum(found.values())
    length, other = (sum(map(len, s)) for s in (hypotheses, references))
    penalty = min(1.0, np.exp(1 - other / length))
    return 100 * penalty * np.exp(np.log(matches / totals).mean())


def draw_bleu(rng: Generator) -> tuple:
    references = [[int(k) for k in rng.integers(0, 9, 10)] for _ in range(3)]
    hypotheses = []
    for reference in references:
        changed = [*reference[:6], *reference[2:4], *reference[6:]]
        changed[int(rng.integers(4, 6))] = 0
        hypotheses.append(changed[: int(rng.integers(7, 9))])
    return hypotheses, references


BLEU = Exercise(
    number="7.4",
    level=2,
    title="BLEU",
    statement="""\
Compute BLEU (Papineni et al. 2002) of a corpus with one reference a sentence,
from 0 to 100, without smoothing. For n = 1 to 4, the precision p_n is the
number of n-grams of the hypotheses that occur in their references, each counted
at most as often as in its reference, divided by the number of all n-grams of
the hypotheses; both counts are over the whole corpus.

    BLEU = 100 · min(1, e^(1 - r/c)) · (p_1 p_2 p_3 p_4)^(1/4)

c and r are the total lengths of hypotheses and references. No framework is
needed.""",
    arguments={
        "hypotheses": "a list of lists of token indices",
        "references": "a list of as many lists of token indices",
    },
    returns={"bleu": "() a number from 0 to 100"},
    reference=bleu,
    draw=draw_bleu,
    mistakes=(
        Mistake(
            "BLEU arguments swapped: hypotheses come first",
            "    matches, totals",
            "    hypotheses, references = references, hypotheses\n"
            "    matches, totals",
        ),
        Mistake(
            "counts not clipped: a repeated n-gram counts each time",
            "(found & wanted).values()",
            "found[gram] for gram in found if gram in wanted",
        ),
        Mistake(
            "no brevity penalty: short hypotheses cost nothing",
            "100 * penalty",
            "100",
        ),
        Mistake(
            "arithmetic mean of the precisions: it is the geometric one",
            "np.exp(np.log(matches / totals).mean())",
            "(matches / totals).mean()",
        ),
        Mistake(
            "unigrams alone: n goes from 1 to 4",
            "np.log(matches / totals).mean()",
            "np.log(matches / totals)[0]",
        ),
    ),
    hints=(
        "Count the n-grams of a sentence with collections.Counter; `&` of two "
        "counters takes the smaller counts.",
        "Add up matches and totals of all sentences before you divide.",
    ),
)
