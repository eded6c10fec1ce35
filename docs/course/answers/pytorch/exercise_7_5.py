from torch import Tensor


def beam_search(
    log_probs: Tensor,
    start: int,
    end: int,
    beam: int,
    max_length: int,
    alpha: float,
) -> list[int]:
    """The best tokens by the score normalized by length."""
    live, finished = [([start], 0.0)], []
    for _ in range(max_length):
        grown = [
            ([*tokens, k], score + float(log_probs[tokens[-1], k]))
            for tokens, score in live
            for k in range(log_probs.shape[0])
        ]
        best = sorted(grown, key=score_of, reverse=True)[:beam]
        finished += [found for found in best if found[0][-1] == end]
        live = [found for found in best if found[0][-1] != end]

    def normalized(found: tuple[list[int], float]) -> float:
        tokens, score = found
        return score / ((4 + len(tokens)) / 6) ** alpha  # START is no length

    return max(finished + live, key=normalized)[0][1:]


def score_of(found: tuple[list[int], float]) -> float:
    """The sum of the log-probabilities of a hypothesis."""
    return found[1]
