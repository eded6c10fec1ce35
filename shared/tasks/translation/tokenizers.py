"""From sentences to words, from words to tokens, and back.

A vocabulary is all that encoding and decoding need, as JSON.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from shared.decoding.options import PAD, UNKNOWN
from shared.text.scripts import (
    CLUSTER,
    INSIDE,
    LETTER,
    SIGN,
    cutter,
    lowered,
    unspaced,
)
from shared.text.tokenizers.options import BPE, FILE, SIMPLE, WORDS
from shared.text.tokenizers.subwords import (
    SPECIAL,
    bpe_encoder,
    file_encoder,
    joined_bpe,
    joined_file,
    learn_bpe,
    read_tokenizer,
    subword_vocab,
)
from shared.text.tokenizers.words import words_by

TOKEN = re.compile(r"\w+'(?=\w)|-?\w+|[^\w\s]")
"""A word that ends in an apostrophe, one that a hyphen joins to the last, or
a single sign: "l'", "ami", "-ce", "?"."""

WORD = rf"(?:{LETTER}|_)(?:{INSIDE}|_)*"
OF_ALL_SCRIPTS = rf"{CLUSTER}|{WORD}'(?={LETTER}|_)|-?{WORD}|{SIGN}"
"""The same for words with combining marks; scripts without blanks are cut into
characters."""

COMPOSED = {"\u0e4d\u0e32": "\u0e33", "\u0ecd\u0eb2": "\u0eb3"}
"""Vowels of Thai and Lao that NFKC splits."""

BEFORE = frozenset("([«¿¡")
"""Signs without a blank after them."""

AFTER = frozenset(")],.!?;:»%…")
"""Signs without a blank before them, as in English."""

Vocabulary = Mapping[str, Any]
Sentences = Iterable[Sequence[str]]
MakeVocabulary = Callable[[Sentences, int, int], Vocabulary]
"""Sentences, least count of a word, number of subwords -> a vocabulary."""


def tokens(text: str, tokenizer: str = SIMPLE) -> tuple[str, ...]:
    """Lower-cased words and punctuation; `joined` nearly inverts it."""
    folded = lowered(unicodedata.normalize("NFKC", text)).replace("’", "'")
    return tuple(words_by(tokenizer, simple_words)(folded))


def simple_words(text: str) -> list[str]:
    """The words and signs of a lower-cased text by a pattern."""
    pattern = cutter(text, TOKEN, OF_ALL_SCRIPTS)
    if pattern is not TOKEN:
        for apart, composed in COMPOSED.items():
            text = text.replace(apart, composed)
    words: list[str] = pattern.findall(text)
    return words


def joined(words: Sequence[str]) -> str:
    """Detokenize; scripts without blanks get none."""
    text, close = "", True
    for word in words:
        glued = unspaced(word)
        joins = close or glued or word in AFTER or word.startswith("-")
        text += word if joins else f" {word}"
        close = glued or word in BEFORE or word.endswith("'")
    return text


def word_vocabulary(
    sentences: Sentences, min_count: int, size: int
) -> Vocabulary:
    """The words of `min_count` or more occurrences, the most frequent first."""
    counts = Counter(word for words in sentences for word in words)
    frequent = sorted(
        (w for w, n in counts.items() if n >= min_count and w not in SPECIAL),
        key=lambda word: (-counts[word], word),
    )
    return {"unit": "word", "tokens": [*SPECIAL, *frequent]}


def subword_vocabulary(
    sentences: Sentences, min_count: int, size: int
) -> Vocabulary:
    """Subwords by byte-pair encoding (Sennrich et al. 2016)."""
    model = learn_bpe(map(" ".join, sentences), size)
    return {"unit": "bpe", "tokens": subword_vocab(model), "model": model}


def file_vocabulary(
    tokenizer: str, sentences: Sentences, min_count: int, size: int
) -> Vocabulary:
    """The subwords of a tokenizer's file that the sentences have."""
    content = read_tokenizer(tokenizer)
    cut = file_encoder(content)
    found = (cut(" ".join(words)) for words in sentences)
    known = word_vocabulary(found, min_count, size)["tokens"]
    return {"unit": "hf", "tokens": known, "model": content}


def vocabulary_by(tokenizer: str) -> MakeVocabulary:
    """What makes the vocabulary of sentences of words."""
    if tokenizer.startswith(FILE):
        return partial(file_vocabulary, tokenizer)
    return subword_vocabulary if tokenizer == BPE else word_vocabulary


def words_of(tokenizer: str) -> str:
    """The tokenizer of words: subwords are of those of the project."""
    return tokenizer if tokenizer in WORDS else SIMPLE


SUBWORDS = {"bpe": (bpe_encoder, joined_bpe), "hf": (file_encoder, joined_file)}
"""Unit of subwords -> what cuts a text, and what joins it, from a model."""


def encoder(vocab: Vocabulary) -> Callable[[Sequence[str]], list[int]]:
    """A function from words to tokens, without start and end."""
    index = {word: token for token, word in enumerate(vocab["tokens"])}
    if vocab["unit"] in SUBWORDS:
        cut = SUBWORDS[vocab["unit"]][0](vocab["model"])
        return lambda words: [
            index.get(piece, UNKNOWN) for piece in cut(" ".join(words))
        ]
    return lambda words: [index.get(word, UNKNOWN) for word in words]


def decoder(vocab: Vocabulary) -> Callable[[Iterable[int]], list[str]]:
    """A function from tokens to words; padding is dropped."""
    words = vocab["tokens"]
    if vocab["unit"] in SUBWORDS:
        join = SUBWORDS[vocab["unit"]][1](vocab["model"])
        return lambda tokens: join(
            [words[token] for token in tokens if token > PAD]
        ).split()
    return lambda tokens: [words[token] for token in tokens if token > PAD]
