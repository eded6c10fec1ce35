"""Subwords: by byte-pair encoding that is learned here, or of a file.

A model of subwords is text, as a checkpoint stores it: that of SentencePiece in
base64, or the JSON of a tokenizer of Hugging Face.
"""

import base64
import io
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from shared.errors import DataError
from shared.text.tokenizers.options import FILE
from shared.text.tokenizers.words import Cut, library

SPECIAL = ("<pad>", "<start>", "<end>", "<unk>")
"""PAD, START, END and UNKNOWN of `shared.decoding.options`, in this order."""


def learn_bpe(texts: Iterable[str], size: int) -> str:
    """A model of byte-pair encoding (Sennrich et al. 2016) of `size` subwords.

    DataError if the texts have too few.
    """
    import sentencepiece

    model = io.BytesIO()
    special: dict[str, Any] = {}
    for token, name in enumerate(("pad", "bos", "eos", "unk")):
        special |= {f"{name}_id": token, f"{name}_piece": SPECIAL[token]}
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
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
    return base64.b64encode(model.getvalue()).decode("ascii")


@lru_cache(maxsize=8)
def bpe_processor(model: str) -> Any:
    """SentencePiece with this model; RuntimeError if it is none."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(
        model_proto=base64.b64decode(model)
    )


def subword_vocab(model: str) -> list[str]:
    """All subwords of a model; ValueError if it is none."""
    try:
        processor = bpe_processor(model)
    except RuntimeError as error:
        raise ValueError("the model of the subwords is damaged") from error
    size = processor.get_piece_size()
    found: list[str] = processor.id_to_piece(list(range(size)))
    return found


def read_tokenizer(value: str) -> str:
    """The JSON of `hf:FILE`; DataError in one line if it has no tokenizer."""
    path = Path(value.removeprefix(FILE))
    try:
        content = path.read_text("utf-8")
        file_tokenizer(content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no tokenizer in JSON"
        raise DataError(f"{path} cannot be read: {reason}") from error
    return content


@lru_cache(maxsize=4)
def file_tokenizer(content: str) -> Any:
    """The tokenizer of this JSON; ValueError if it is none."""
    made = library("tokenizers", FILE).Tokenizer
    try:
        return made.from_str(content)
    except Exception as error:  # it raises no narrower one
        raise ValueError(f"no tokenizer: {error}") from error


def bpe_encoder(model: str) -> Cut:
    processor = bpe_processor(model)
    return lambda text: list(processor.encode(text, out_type=str))


def file_encoder(content: str) -> Cut:
    encode = file_tokenizer(content).encode
    return lambda text: list(encode(text, add_special_tokens=False).tokens)


def joined_bpe(model: str) -> Callable[[Sequence[str]], str]:
    """A function from subwords to their text."""
    processor = bpe_processor(model)
    return lambda found: str(processor.decode_pieces(list(found)))


def joined_file(content: str) -> Callable[[Sequence[str]], str]:
    """A function from subwords to their text, by the file's decoder."""
    decoder = file_tokenizer(content).decoder
    if decoder is None:
        return " ".join
    return lambda found: str(decoder.decode(list(found)))
