"""From sentences to words, from words to tokens, and back.

A vocabulary is all that encoding and decoding need, as JSON.
"""

import base64
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from shared.decoding.options import PAD, UNKNOWN
from shared.errors import DataError
from shared.text.scripts import (
    CLUSTER,
    INSIDE,
    LETTER,
    SIGN,
    cutter,
    lowered,
    unspaced,
)

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

SPECIAL = ("<pad>", "<start>", "<end>", "<unk>")
"""PAD, START, END and UNKNOWN of `shared.decoding.options`, in this order."""

Vocabulary = Mapping[str, Any]
Sentences = Iterable[Sequence[str]]


def tokens(text: str) -> tuple[str, ...]:
    """Lower-cased words and punctuation; `joined` nearly inverts it."""
    folded = lowered(unicodedata.normalize("NFKC", text)).replace("’", "'")
    pattern = cutter(folded, TOKEN, OF_ALL_SCRIPTS)
    if pattern is not TOKEN:
        for apart, composed in COMPOSED.items():
            folded = folded.replace(apart, composed)
    return tuple(pattern.findall(folded))


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
        (word for word, count in counts.items() if count >= min_count),
        key=lambda word: (-counts[word], word),
    )
    return {"unit": "word", "tokens": [*SPECIAL, *frequent]}


def subword_vocabulary(
    sentences: Sentences, min_count: int, size: int
) -> Vocabulary:
    """Subwords by byte-pair encoding (Sennrich et al. 2016)."""
    import sentencepiece

    model = io.BytesIO()
    special: dict[str, Any] = {}
    for token, name in enumerate(("pad", "bos", "eos", "unk")):
        special |= {f"{name}_id": token, f"{name}_piece": SPECIAL[token]}
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=map(" ".join, sentences),
            model_writer=model,
            model_type="bpe",
            vocab_size=size,
            character_coverage=1.0,
            minloglevel=2,
            **special,
        )
    except RuntimeError as error:
        raise DataError(
            f"no {size:,} subwords can be learned of these sentences; "
            "take another --vocab-size"
        ) from error
    packed = base64.b64encode(model.getvalue()).decode("ascii")
    return {"unit": "bpe", "tokens": pieces(packed), "model": packed}


TOKENIZERS: dict[str, Callable[[Sentences, int, int], Vocabulary]] = {
    "word": word_vocabulary,
    "bpe": subword_vocabulary,
}
"""Name -> its vocabulary of sentences, from a least count and a size."""


def encoder(vocab: Vocabulary) -> Callable[[Sequence[str]], list[int]]:
    """A function from words to tokens, without start and end."""
    if vocab["unit"] == "bpe":
        processor = _processor(vocab["model"])
        return lambda words: list(processor.encode(" ".join(words)))
    index = {word: token for token, word in enumerate(vocab["tokens"])}
    return lambda words: [index.get(word, UNKNOWN) for word in words]


def decoder(vocab: Vocabulary) -> Callable[[Iterable[int]], list[str]]:
    """A function from tokens to words; padding is dropped."""
    if vocab["unit"] == "bpe":
        processor = _processor(vocab["model"])
        return lambda tokens: (
            processor.decode([int(token) for token in tokens if token > PAD])
        ).split()
    words = vocab["tokens"]
    return lambda tokens: [words[token] for token in tokens if token > PAD]


def pieces(packed: str) -> list[str]:
    """The tokens of a packed model; ValueError if it is none."""
    try:
        processor = _processor(packed)
    except RuntimeError as error:
        raise ValueError("the model of the subwords is damaged") from error
    size = processor.get_piece_size()
    found: list[str] = processor.id_to_piece(list(range(size)))
    return found


def _processor(packed: str) -> Any:
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(
        model_proto=base64.b64decode(packed)
    )
