"""Exercise 7.5: beam search."""

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.reference.softmax import log_softmax
from shared.specs import Array


def beam_search(
    log_probs: Array,
    start: int,
    end: int,
    beam: int,
    max_length: int,
    alpha: float,
) -> list[int]:
    live: list[tuple[list[int], float]] = [([start], 0.0)]
    finished = []
    for _ in range(max_length):
        grown = [
            ([*tokens, k], score + log_probs[tokens[-1], k])
            for tokens, score in live
            for k in range(len(log_probs))
        ]
        best = sorted(grown, key=lambda found: -found[1])[:beam]
        finished += [found for found in best if found[0][-1] == end]
        live = [found for found in best if found[0][-1] != end]

    def normalized(found: tuple[list[int], float]) -> float:
        tokens, score = found
        return score / ((4 + len(tokens)) / 6) ** alpha

    return max(finished + live, key=normalized)[0][1:]


def draw_beam(rng: Generator) -> tuple:
    size, beam = 6, int(rng.integers(2, 4))
    logits = normal(rng, size, size)
    logits[1, 1] = 4.0  # a second end would cost nearly nothing
    return log_softmax(logits), 0, 1, beam, 6, 1.0


BEAM = Exercise(
    number="7.5",
    level=3,
    title="Beam search",
    statement="""\
Decode one sentence by beam search. The log-probability of a next token depends
on the token before alone: log_probs[before, next]. Begin with one hypothesis,
the start token with score 0. In each of max_length steps, extend every live
hypothesis by every token; its score is the sum of the log-probabilities. Of all
extensions, those with the `beam` largest scores remain; those that end in the
end token are finished and not extended again, the others are live.

At the end, return the best of all finished and live hypotheses by

    score / ((5 + length) / 6)^alpha        (Wu et al. 2016)

where the length counts the tokens without the start token, the end token
included.""",
    arguments={
        "log_probs": "(V, V) log-probability of each token after each",
        "start": "index of the start token, an int",
        "end": "index of the end token, an int",
        "beam": "hypotheses that remain in a step, an int",
        "max_length": "largest number of steps, an int",
        "alpha": "exponent of the length normalization, a float",
    },
    returns={
        "tokens": "a list of ints, without the start token, with the end token "
        "where it is reached"
    },
    reference=beam_search,
    draw=draw_beam,
    cases=12,
    mistakes=(
        Mistake(
            "beam without length normalization: short hypotheses win",
            "score / ((4 + len(tokens)) / 6) ** alpha",
            "score",
        ),
        Mistake(
            "greedy search: one hypothesis remains in each step",
            "[:beam]",
            "[:1]",
        ),
        Mistake(
            "scores not summed: only the last token counts",
            "score + log_probs[",
            "log_probs[",
        ),
        Mistake(
            "finished hypotheses extended: nothing follows the end token",
            "live = [found for found in best if found[0][-1] != end]",
            "live = best",
        ),
        Mistake(
            "live hypotheses forgotten: only finished ones are ranked",
            "finished + live",
            "(finished or live)",
        ),
    ),
    hints=(
        "Keep pairs (tokens, score) in a list, and finished ones in another.",
        "Sort all extensions by their scores, cut the list to `beam`, and only "
        "then divide it into finished and live.",
    ),
)
