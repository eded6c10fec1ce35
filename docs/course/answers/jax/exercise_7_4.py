import math
from collections import Counter


def bleu(hypotheses: list[list[int]], references: list[list[int]]) -> float:
    """Corpus BLEU with one reference a sentence, from 0 to 100."""
    logs = []
    for n in range(1, 5):
        matches = total = 0
        for hypothesis, reference in zip(hypotheses, references):
            found, wanted = ngrams(hypothesis, n), ngrams(reference, n)
            matches += sum((found & wanted).values())
            total += sum(found.values())
        logs.append(math.log(matches / total))
    length, other = sum(map(len, hypotheses)), sum(map(len, references))
    penalty = min(1.0, math.exp(1 - other / length))
    return 100 * penalty * math.exp(sum(logs) / 4)


def ngrams(tokens: list[int], n: int) -> Counter:
    """How often each n-gram occurs."""
    return Counter(zip(*(tokens[i:] for i in range(n))))
