"""Labeled texts as a model's data, one text as its input."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from msgspec import convert

from shared.datasets.sentiment_corpora import READERS, Reviews
from shared.errors import DataError, SpecError
from shared.fields import count, current_fields, from_zero, option
from shared.files.user_file import UserTable, hashes
from shared.specs import ModelSpec, Split
from shared.task import (
    Dataset,
    Metadata,
    Size,
    Sizes,
    Splits,
    classes_of,
)
from shared.text.labelled import LabelledTexts, repeats
from shared.text.tokenizers.options import SIMPLE, TokenizerOptions
from shared.text.tokenizers.stored import (
    StoredTokenizer,
    cut_by,
    make_tokenizer,
)
from shared.text.tokens import BREAK, Tokens, gather
from shared.text.vocabulary import UNKNOWN
from shared.text.words.vectors import WordVectorOptions, start_from
from shared.text.words.vocabulary import FIRST, TRUNCATIONS, WordVocabulary

SHOWN = 300
"""Characters of a text that a report shows."""

CODEC_FIELDS = ("classes", "steps", "truncate")
"""Metadata of the data set that a checkpoint stores."""


@dataclass(frozen=True)
class SentimentData(UserTable, WordVectorOptions, TokenizerOptions):
    dataset: str = option("imdb", "data set of labeled texts", READERS)
    max_words: int = from_zero(10000, "most frequent words known; 0: all")
    min_count: int = count(2, "occurrences in training that a known word needs")
    steps: int = count(200, "tokens T that a longer text is truncated to")
    truncate: str = option(
        "pre", "drop a long text's beginning or end, as in Keras", TRUNCATIONS
    )
    train_texts: int = from_zero(0, "training texts to sample; 0: all")
    test_texts: int = from_zero(0, "test texts to sample; 0: all")
    split_seed: int = from_zero(0, "seed of the split, not of the training")


def text_dataset(corpus: Reviews, data: SentimentData) -> Dataset:
    """Words as indices (N, T), T at most `steps`, and classes (N,).

    Two classes have one logit; an empty text becomes one unknown word. The
    arrays hold the vocabulary, the test texts and the tokens of uncut texts.
    """
    classes = corpus.classes
    tokenizer = make_tokenizer(data, corpus.parts["train"].texts)
    parts = {
        part: recut(texts, tokenizer) for part, texts in corpus.parts.items()
    }
    words = WordVocabulary.learn(
        parts["train"].tokens, data.min_count, data.max_words
    )
    counts = np.concatenate([own.tokens.lengths for own in parts.values()])
    width = min(data.steps, int(counts.max()))
    splits = {
        part: _encode(part, texts, words, width, data.truncate)
        for part, texts in parts.items()
    }
    arrays, coverage = start_from(data, words.words, FIRST)
    for part, (_, _, tokens) in parts.items():
        arrays[f"words_{part}"] = np.array(tokens.words, object)
        arrays[f"indices_{part}"] = tokens.indices
        arrays[f"offsets_{part}"] = tokens.offsets
    labels = np.concatenate([split.y for split in splits.values()])
    x = splits["test"].x
    return Dataset(
        *Splits(**splits),
        input_size=len(words),
        output_size=1 if len(classes) == 2 else len(classes),
        hashes={**corpus.hashes, **hashes(data)},
        metadata={
            "classes": list(classes),
            "class_counts": np.bincount(labels, None, len(classes)).tolist(),
            "texts": {part: len(split.y) for part, split in splits.items()},
            "vocabulary_size": len(words),
            "longest_text": int(counts.max()),
            "steps": width,
            "truncate": data.truncate,
            "tokenizer": tokenizer.name,
            "tokens": {p: len(own.tokens.indices) for p, own in parts.items()},
            "cut_texts": int((counts > width).sum()),
            "unknown_in_test": float(np.mean(x[x > 0] == UNKNOWN)),
            **repeats(parts),
            "notes": [*corpus.notes, *coverage, *note_of(tokenizer, parts)],
        },
        arrays={
            "vocabulary": np.array(words.words, object),
            "texts_test": np.array(parts["test"].texts, object),
            "tokenizer_model": np.array([tokenizer.model], object),
            **arrays,
        },
    )


def note_of(
    tokenizer: StoredTokenizer, parts: Mapping[str, LabelledTexts]
) -> list[str]:
    """What cuts the texts, if it is not the usual pattern."""
    if tokenizer.name == SIMPLE:
        return []
    count = len(parts["train"].tokens.indices)
    return [f"texts cut by {tokenizer.name}: {count:,} tokens for training"]


def recut(texts: LabelledTexts, tokenizer: StoredTokenizer) -> LabelledTexts:
    """The same texts, cut by this tokenizer; as they are read for `simple`."""
    if tokenizer.name == SIMPLE:
        return texts
    return texts._replace(tokens=gather(map(cut_by(tokenizer), texts.texts)))


def _encode(
    part: str,
    texts: LabelledTexts,
    words: WordVocabulary,
    width: int,
    truncate: str,
) -> Split:
    """Indices (N, width) and classes (N,); DataError for a single class."""
    if len(np.unique(texts.labels)) < 2:
        raise DataError(f"the {part} part has texts of one class only")
    x, lengths = words.encode(texts.tokens, width, truncate)
    x[lengths == 0, 0] = UNKNOWN
    return Split(x, texts.labels.astype(np.int32), np.maximum(lengths, 1))


def tokens_of(dataset: Dataset, part: str) -> Tokens:
    """Tokens of the uncut texts of `train` or `test`."""
    words, indices, offsets = (
        dataset.arrays[f"{name}_{part}"] for name in Tokens._fields
    )
    return Tokens(tuple(words), indices, offsets)


def excerpts(dataset: Dataset) -> list[str]:
    """Each test text, a long one cut to the end that the model reads."""
    step = -1 if dataset.metadata["truncate"] == "pre" else 1
    texts = [BREAK.sub(" ", text) for text in dataset.arrays["texts_test"]]
    return [
        textwrap.shorten(text[::step], SHOWN, placeholder=" ...")[::step]
        for text in texts
    ]


class TextMetadata(Metadata):
    """The vocabulary, the classes, and how a long text is cut."""

    words: list[str]
    classes: list[str]
    steps: Size
    truncate: Literal["pre", "post"]
    tokenizer: StoredTokenizer = StoredTokenizer()

    def sizes(self, model: ModelSpec) -> Sizes:
        yield "words", self.words, model.input_size - FIRST
        yield "classes", self.classes, classes_of(model)


def metadata(dataset: Dataset) -> dict[str, Any]:
    fields = {name: dataset.metadata[name] for name in CODEC_FIELDS}
    name = dataset.metadata["tokenizer"]
    (model,) = dataset.arrays["tokenizer_model"]
    return {
        "words": dataset.arrays["vocabulary"].tolist(),
        **fields,
        "tokenizer": {"name": name, "model": model},
    }


def encode(
    text: str, metadata: Mapping[str, Any]
) -> tuple[np.ndarray, np.ndarray]:
    """One text as indices (1, T), and its length (1,)."""
    stored = convert(metadata.get("tokenizer", {}), StoredTokenizer)
    tokens = cut_by(stored)(text)
    if not tokens:
        raise SpecError(f"text '{text}' has no word")
    steps = min(len(tokens), metadata["steps"])
    truncate = current_fields(metadata, CODEC_FIELDS)["truncate"]
    return WordVocabulary(metadata["words"]).encode([tokens], steps, truncate)
