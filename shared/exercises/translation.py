"""Chapter 7: sequence to sequence."""

from collections import Counter

import numpy as np

from shared.exercises.draws import Generator, normal, ragged, softmax
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.text import valid_mask
from shared.reference.softmax import log_softmax
from shared.specs import Array


def decoder_inputs(targets: Array, start: int) -> Array:
    starts = np.full((len(targets), 1), start)
    return np.concatenate([starts, targets[:, :-1]], axis=1)


def draw_targets(rng: Generator) -> tuple:
    return rng.integers(3, 9, (3, 5)), 1


DECODER_INPUTS = Exercise(
    number="7.1",
    level=1,
    title="Teacher forcing",
    statement="""\
With teacher forcing a decoder reads the targets while it learns to predict
them. Its first input is the start token; its input at a later step is the
target of the step before.""",
    arguments={
        "targets": "(B, T) indices",
        "start": "index of the start token, an int",
    },
    returns={"inputs": "(B, T) what the decoder reads"},
    reference=decoder_inputs,
    draw=draw_targets,
    mistakes=(
        Mistake(
            "teacher forcing not shifted: the decoder sees the token that it "
            "has to predict",
            "np.concatenate([starts, targets[:, :-1]], axis=1)",
            "targets",
        ),
        Mistake(
            "shifted the wrong way: the decoder sees the token after",
            "[starts, targets[:, :-1]]",
            "[targets[:, 1:], starts]",
        ),
        Mistake(
            "last target not dropped: there are T + 1 inputs",
            "targets[:, :-1]",
            "targets",
        ),
        Mistake(
            "first target dropped: the start token replaces it",
            "targets[:, :-1]",
            "targets[:, 1:]",
        ),
    ),
    hints=(
        "The inputs are the targets one step later.",
        "Put a column of start tokens in front and drop the last column.",
    ),
)


def attend(query: Array, memory: Array, mask: Array) -> tuple[Array, Array]:
    scores = np.einsum("bh,bth->bt", query, memory)
    weights = softmax(np.where(mask, scores, -np.inf))
    return np.einsum("bt,bth->bh", weights, memory), weights


def draw_attend(rng: Generator) -> tuple:
    mask = valid_mask(ragged(rng, 3, 5), 5)
    return normal(rng, 3, 4), normal(rng, 3, 5, 4), mask


ATTEND = Exercise(
    number="7.2",
    level=2,
    title="Attention",
    statement="""\
Compute dot-product attention (Luong, Pham and Manning 2015) of one decoder
state over the encoder states:

    score_t = query · memory_t
    weights = softmax of the scores over the valid steps, 0 elsewhere
    context = sum over t of weights_t memory_t""",
    arguments={
        "query": "(B, H) state of the decoder",
        "memory": "(B, T, H) states of the encoder",
        "mask": "(B, T) true at the valid steps",
    },
    returns={
        "context": "(B, H) weighted sum of the memory",
        "weights": "(B, T) attention weights",
    },
    reference=attend,
    draw=draw_attend,
    mistakes=(
        Mistake(
            "attention without mask: padding gets weight",
            "np.where(mask, scores, -np.inf)",
            "scores",
        ),
        Mistake(
            "masked scores set to 0: e to the 0 is 1; -inf removes a step",
            "-np.inf",
            "0.0",
        ),
        Mistake(
            "mask after the softmax: the weights add up to less than 1",
            "softmax(np.where(mask, scores, -np.inf))",
            "softmax(scores) * mask",
        ),
        Mistake(
            "softmax over the wrong axis: over the batch, not the steps",
            "softmax(np.where(mask, scores, -np.inf))",
            "softmax(np.where(mask, scores, -np.inf).T).T",
        ),
        Mistake(
            "scores divided by √H: that is scaled dot-product attention",
            "np.where(mask, scores, -np.inf)",
            "np.where(mask, scores / np.sqrt(query.shape[1]), -np.inf)",
        ),
    ),
    hints=(
        "The scores are a product summed over H, of the shape (B, T).",
        "Replace scores at the padding by -inf before the softmax.",
    ),
)


def bahdanau_scores(
    query: Array, memory: Array, w_query: Array, w_memory: Array, v: Array
) -> Array:
    queries = (query @ w_query)[:, None]
    return np.tanh(queries + memory @ w_memory) @ v


def draw_bahdanau(rng: Generator) -> tuple:
    states = normal(rng, 3, 4), normal(rng, 3, 5, 4)
    return *states, normal(rng, 4, 6), normal(rng, 4, 6), normal(rng, 6)


BAHDANAU = Exercise(
    number="7.3",
    level=2,
    title="Additive attention",
    statement="""\
Compute the scores of additive attention (Bahdanau, Cho and Bengio 2015):

    score_t = v · tanh(query w_query + memory_t w_memory)""",
    arguments={
        "query": "(B, H) state of the decoder",
        "memory": "(B, T, H) states of the encoder",
        "w_query": "(H, A) weights of the query",
        "w_memory": "(H, A) weights of the memory",
        "v": "(A) weights of the score",
    },
    returns={"scores": "(B, T) scores, before the softmax"},
    reference=bahdanau_scores,
    draw=draw_bahdanau,
    mistakes=(
        Mistake(
            "no tanh: the score is linear in the query",
            "np.tanh(queries + memory @ w_memory)",
            "(queries + memory @ w_memory)",
        ),
        Mistake(
            "tanh of each term: it is that of their sum",
            "np.tanh(queries + memory @ w_memory)",
            "(np.tanh(queries) + np.tanh(memory @ w_memory))",
        ),
        Mistake(
            "weights exchanged: w_query multiplies the memory",
            "query @ w_query)",
            "query @ w_memory)",
            (("memory @ w_memory)", "memory @ w_query)"),),
        ),
        Mistake(
            "softmax applied: the scores are wanted",
            "np.tanh(queries + memory @ w_memory) @ v",
            "softmax(np.tanh(queries + memory @ w_memory) @ v)",
        ),
    ),
    hints=(
        "The query has no time axis: add one before the sum.",
        "(B, 1, A) + (B, T, A) broadcasts; the product with v removes A.",
    ),
)


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

EXERCISES = (DECODER_INPUTS, ATTEND, BAHDANAU, BLEU, BEAM)
