"""What sentences are cut into: words, or parts of words."""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from shared.decoding.options import END, PAD, START, UNKNOWN
from shared.errors import DataError

FIRST = ("<pad>", "<start>", "<end>", "<unk>")
"""Special tokens, PAD to UNKNOWN of `shared.decoding.options`."""

Kept = Mapping[str, Any]
"""All that encoding and decoding need, as JSON."""


def words_of(
    sentences: Iterable[Sequence[str]], least: int, size: int
) -> dict[str, Any]:
    """The words that occur at least `least` times, the most frequent first.

    Equally frequent words are sorted.
    """
    counts = Counter(word for words in sentences for word in words)
    known = sorted(
        (word for word, count in counts.items() if count >= least),
        key=lambda word: (-counts[word], word),
    )
    return {"unit": "word", "symbols": [*FIRST, *known]}


def pieces_of(
    sentences: Iterable[Sequence[str]], least: int, size: int
) -> dict[str, Any]:
    """Subwords by byte-pair encoding (Sennrich et al. 2016)."""
    import sentencepiece

    model = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=(" ".join(words) for words in sentences),
            model_writer=model,
            model_type="bpe",
            vocab_size=size,
            character_coverage=1.0,
            pad_id=PAD,
            bos_id=START,
            eos_id=END,
            unk_id=UNKNOWN,
            pad_piece=FIRST[PAD],
            bos_piece=FIRST[START],
            eos_piece=FIRST[END],
            unk_piece=FIRST[UNKNOWN],
            minloglevel=2,
        )
    except RuntimeError as error:
        raise DataError(
            f"no {size:,} parts of words can be made of these sentences; "
            "take another --vocab-size"
        ) from error
    packed = base64.b64encode(model.getvalue()).decode("ascii")
    pieces = _processor(packed)
    symbols = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    return {"unit": "bpe", "symbols": symbols, "model": packed}


MAKERS: dict[
    str, Callable[[Iterable[Sequence[str]], int, int], dict[str, Any]]
] = {"word": words_of, "bpe": pieces_of}
"""Unit -> a vocabulary of sentences, from a least count and a size."""


def encoder(kept: Kept) -> Callable[[Sequence[str]], list[int]]:
    """A function from words to tokens, without start and end."""
    return ENCODERS[kept["unit"]](kept)


def decoder(kept: Kept) -> Callable[[Iterable[int]], list[str]]:
    """A function from tokens to words; padding is dropped."""
    words = DECODERS[kept["unit"]](kept)
    return lambda symbols: words([int(s) for s in symbols if s > PAD])


def _words_to_symbols(kept: Kept) -> Callable[[Sequence[str]], list[int]]:
    index = {word: place for place, word in enumerate(kept["symbols"])}
    return lambda words: [index.get(word, UNKNOWN) for word in words]


def _symbols_to_words(kept: Kept) -> Callable[[list[int]], list[str]]:
    return lambda symbols: [kept["symbols"][symbol] for symbol in symbols]


def _words_to_pieces(kept: Kept) -> Callable[[Sequence[str]], list[int]]:
    pieces = _processor(kept["model"])
    return lambda words: list(pieces.encode(" ".join(words)))


def _pieces_to_words(kept: Kept) -> Callable[[list[int]], list[str]]:
    pieces = _processor(kept["model"])
    return lambda symbols: str(pieces.decode(symbols)).split()


ENCODERS = {"word": _words_to_symbols, "bpe": _words_to_pieces}
DECODERS = {"word": _symbols_to_words, "bpe": _pieces_to_words}


def _processor(packed: str) -> Any:
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(
        model_proto=base64.b64decode(packed)
    )
