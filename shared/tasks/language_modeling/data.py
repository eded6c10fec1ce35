"""A corpus as a model's data: windows of its tokens."""

from collections.abc import Mapping
from itertools import chain, pairwise

import numpy as np

from shared.datasets.corpora import Corpus
from shared.errors import DataError
from shared.specs import Split
from shared.task import Dataset, Splits
from shared.tasks.language_modeling.codec import decode, lines, tokenize
from shared.text.characters import EncodedText, encode, index_type, pieces
from shared.text.summary import wrap_lines
from shared.text.tokens import gather

UNKNOWN = "<unk>"
"""A word that the vocabulary lacks."""

PROMPT = 10
"""Tokens of training that are the prompt if the corpus's has unknown ones."""


def character_dataset(corpus: Corpus, steps: int) -> Dataset:
    """Windows of characters; the vocabulary is the whole corpus's, sorted.

    Indices of training become its tokens in place.
    """
    texts = {
        part: encode(text) if isinstance(text, str) else text
        for part, text in corpus.parts.items()
    }
    used = [text.used() for text in texts.values()]
    points = np.unique(np.concatenate(used))
    # Validation and test may be one text; training shares nothing with them.
    tokens = {
        part: _tokens(texts[part], points, in_place=part == "train")
        for part in Splits._fields
    }
    vocabulary = list(map(chr, points.tolist()))
    return _dataset(corpus, "character", vocabulary, tokens, steps)


def _tokens(
    text: EncodedText, points: np.ndarray, in_place: bool
) -> np.ndarray:
    """Indices (P,) into other code points, which are sorted."""
    ranks = np.searchsorted(points, text.points)
    tokens = text.indices if in_place else text.indices.copy()
    for piece in pieces(tokens):
        piece[:] = ranks[piece]
    return tokens.astype(index_type(len(points)), copy=False)


def word_dataset(
    corpus: Corpus, steps: int, train_words: int = 0, test_words: int = 0
) -> Dataset:
    """Windows of words; the vocabulary is the training words by frequency.

    Keeps the first `train_words` of training and the first `test_words` of
    validation and test (0: all). Equally frequent words are in order of
    appearance; other words are <unk>.
    """
    names = Splits._fields
    words, indices, offsets = gather(
        chain.from_iterable(lines(str(corpus.parts[part]))) for part in names
    )
    limits = (train_words, test_words, test_words)
    numbers = {
        part: indices[start:end][: limit or None]
        for part, (start, end), limit in zip(names, pairwise(offsets), limits)
    }
    counts = np.bincount(numbers["train"], minlength=len(words))
    order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    vocabulary = [words[number] for number in order]
    if any((counts[n] == 0).any() for n in numbers.values()):
        vocabulary = list(dict.fromkeys([*vocabulary, UNKNOWN]))
    index = {word: i for i, word in enumerate(vocabulary)}
    unknown = index.get(UNKNOWN, -1)
    ids = np.array([index.get(word, unknown) for word in words], np.int32)
    if len(numbers["train"]) < offsets[1]:
        note = (
            f"the first {train_words:,} words of training and their "
            "vocabulary: others read all, so their figures are not comparable"
        )
        corpus = corpus._replace(notes=(*corpus.notes, note))
    tokens = {part: ids[values] for part, values in numbers.items()}
    return _dataset(corpus, "word", vocabulary, tokens, steps)


def windows(tokens: np.ndarray, steps: int, padded: bool) -> Split:
    """Windows of tokens (P,), in order: x, y (N, T) of their type.

    padded: whether the last, incomplete window counts, padded with x 0 and y
        -1; every token except the first is then in y once. Others are views
        of the tokens, in memory once.
    """
    count = (len(tokens) - 1 + (steps - 1) * padded) // steps
    end = min(count * steps, len(tokens) - 1)
    x, y = tokens[:end], tokens[1 : end + 1]
    if end < count * steps:
        targets = np.full(count * steps, -1, tokens.dtype)
        targets[:end] = y
        x, y = np.pad(x, (0, count * steps - end)), targets
    return Split(x.reshape(count, steps), y.reshape(count, steps), None)


def stream(split: Split) -> np.ndarray:
    """The tokens of all windows, in order, each once: (P,)."""
    return np.concatenate([split.x[0, :1], split.y[split.y >= 0]])


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    sizes, unit = metadata["tokens"], metadata["unit"]
    lines = [
        f"{sizes['train']:,} {unit}s for training, "
        f"{sizes['validation']:,} for validation, {sizes['test']:,} for test",
        f"split: {metadata['split']}",
        f"vocabulary: {metadata['vocabulary_size']:,} {unit}s",
    ]
    return wrap_lines([*lines, *metadata["notes"]])


def enough(percents: str, steps: int) -> str:
    """In words, the length of a text that is enough for this split."""
    if not percents:
        return ""
    train, *_, test = map(int, percents.split("/"))
    length = max(-(-100 * (steps + 1) // train), 200 // test)
    return f" ({length:,} characters are enough)"


def _dataset(
    corpus: Corpus,
    unit: str,
    vocabulary: list[str],
    tokens: Mapping[str, np.ndarray],
    steps: int,
) -> Dataset:
    sizes = {part: len(tokens[part]) for part in Splits._fields}
    for part, least in zip(sizes, (steps, 1, 1), strict=True):
        if sizes[part] <= least:
            raise DataError(
                f"the {part} part has {sizes[part]:,} {unit}s, not the "
                f"{least + 1:,} of a window of {least:,} and the next one; "
                f"take a longer text{enough(corpus.percents, steps)} or a "
                "smaller --bptt"
            )
    prompt = corpus.prompt
    if not prompt or not set(tokenize(prompt, unit)) <= set(vocabulary):
        codec = {"vocabulary": vocabulary, "unit": unit}
        prompt = decode(tokens["train"][:PROMPT], codec)
    return Dataset(
        train=windows(tokens["train"], steps, padded=False),
        validation=windows(tokens["validation"], steps, padded=True),
        test=windows(tokens["test"], steps, padded=True),
        input_size=len(vocabulary),
        output_size=len(vocabulary),
        hashes=corpus.hashes,
        metadata={
            "unit": unit,
            "split": corpus.split,
            "tokens": sizes,
            "vocabulary_size": len(vocabulary),
            "steps": steps,
            "prompt": prompt,
            "notes": list(corpus.notes),
        },
        arrays={"vocabulary": np.array(vocabulary, object)},
    )
