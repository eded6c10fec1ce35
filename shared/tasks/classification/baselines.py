"""What models of text must beat: counts, and a bag of words.

Of two classes a text has one logit, above 0 for class 1.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from shared.text.tokens import Tokens
from shared.text.words.vocabulary import FIRST, WordVocabulary

BLOCK = 10_000
"""Texts that are scored at once."""


def majority(labels: np.ndarray, count: int, classes: int = 2) -> np.ndarray:
    """Log class frequencies as logits (count, K), or (count, 1)."""
    counts = np.bincount(labels, minlength=classes)
    with np.errstate(divide="ignore"):
        logits = np.log(counts / counts.sum())
    row = logits[1:] - logits[:1] if classes == 2 else logits
    return np.tile(row, (count, 1))


def tfidf_logistic(
    train: Tokens, labels: np.ndarray, test: Tokens, classes: int = 2
) -> np.ndarray:
    """Logits of a logistic regression on TF-IDF: (M, K), or (M, 1).

    On the words that occur at least twice in training, 1 + log of their counts.
    """
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    vocabulary = WordVocabulary.learn(train, min_count=2)
    weigh = TfidfTransformer(sublinear_tf=True)
    model = LogisticRegression(max_iter=1000)
    model.fit(weigh.fit_transform(_counts(train, vocabulary)), labels)
    found = model.decision_function(weigh.transform(_counts(test, vocabulary)))
    if classes == 2:
        return np.asarray(found).reshape(-1, 1)
    logits = np.full((len(found), classes), -np.inf)
    logits[:, model.classes_] = found
    return logits


def ngram_bayes(
    train: Sequence[str], labels: np.ndarray, test: Sequence[str], classes: int
) -> np.ndarray:
    """Log-odds (M, K) of multinomial naive Bayes on character n-grams.

    n is 1 to 3; a text's first and last characters are marked; additive
    smoothing 0.1. A class without training texts is never predicted.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import MultinomialNB

    ngrams = CountVectorizer(
        analyzer="char", ngram_range=(1, 3), lowercase=False
    ).build_analyzer()
    # The sums of a class are all that is learned of its texts.
    counts: dict[int, Counter[str]] = {}
    for text, label in zip(train, labels.tolist(), strict=True):
        counts.setdefault(label, Counter()).update(ngrams(f"^{text}$"))
    known = sorted(counts)
    shares = np.bincount(labels)[known] / len(labels)
    vectors = DictVectorizer()
    model = MultinomialNB(alpha=0.1, class_prior=shares)
    model.fit(vectors.fit_transform([counts[label] for label in known]), known)
    outputs = np.full((len(test), classes), -np.inf)
    for begin in range(0, len(test), BLOCK):
        block = test[begin : begin + BLOCK]
        found = vectors.transform(Counter(ngrams(f"^{t}$")) for t in block)
        rows = slice(begin, begin + len(block))
        outputs[rows, known] = model.predict_joint_log_proba(found)
    return outputs


def _counts(tokens: Tokens, vocabulary: WordVocabulary) -> Any:
    """How often each known word occurs in each text: sparse (N, V)."""
    from scipy.sparse import csr_matrix

    indices = vocabulary.indices(tokens)
    counts = csr_matrix(
        (np.ones(len(indices)), indices, tokens.offsets),
        shape=(len(tokens.lengths), len(vocabulary)),
    )
    counts.sum_duplicates()
    return counts[:, FIRST:]
