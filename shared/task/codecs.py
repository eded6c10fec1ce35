"""Conversion between what a user has and a model's arrays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from msgspec import convert

from shared.fields import current_fields
from shared.specs import ModelSpec
from shared.task.dataset import Dataset
from shared.task.metadata import Metadata


class Prediction(NamedTuple):
    """A model's prediction for a text, or for one word of it.

    probs: every label with its probability, the most probable first.
    """

    text: str
    label: str
    probability: float
    probs: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Codec:
    """Conversion between what a user has and a model's arrays.

    metadata: Dataset -> JSON that the other functions need (vocabulary,
        classes, ...); a checkpoint holds it, so that no data are needed;
    stored: the type of that JSON.
    """

    metadata: Callable[[Dataset], dict[str, Any]]
    stored: type[Metadata] = field(default=Metadata, kw_only=True)

    def check(
        self, metadata: Mapping[str, Any] | None, model: ModelSpec
    ) -> None:
        """ValueError, msgspec.ValidationError for those of another model.

        A checkpoint may lack them.
        """
        if metadata is not None:
            names = self.stored.__struct_fields__
            fields = current_fields(metadata, names)
            convert(fields, self.stored).check(model)


@dataclass(frozen=True)
class LabelCodec(Codec):
    """Texts in, labels out: classifiers and taggers.

    encode: (text, metadata) -> x (1, T, ...) and lengths (1,); SpecError for
        a text that the model cannot read;
    decode: (outputs (1, K) or (1, T, K), text, metadata) -> one prediction
        for the text, or one per word.
    """

    encode: Callable[[str, Mapping[str, Any]], tuple[np.ndarray, np.ndarray]]
    decode: Callable[[np.ndarray, str, Mapping[str, Any]], list[Prediction]]


@dataclass(frozen=True)
class LanguageModelCodec(Codec):
    """Texts in and out: language models.

    metadata: includes "prompt", the default beginning of a generated text;
    encode: (text, metadata, unknown) -> tokens (P,) int32; tokens outside the
        vocabulary are dropped for unknown "skip", a SpecError for "error";
    decode: (tokens (n,), metadata) -> text; texts of slices concatenate.
    """

    encode: Callable[[str, Mapping[str, Any], str], np.ndarray]
    decode: Callable[[np.ndarray, Mapping[str, Any]], str]


@dataclass(frozen=True)
class FrameCodec(Codec):
    """Binary frames (piano rolls) in and out: models of frames.

    begin: (metadata, P) -> the first frames of a piece (P, K);
    save: writes frames (n, K), 0 or 1, to a file;
    suffix: of that file's name, such as ".mid".
    """

    begin: Callable[[Mapping[str, Any], int], np.ndarray]
    save: Callable[[np.ndarray, Path], None]
    suffix: str


@dataclass(frozen=True)
class SoundCodec(Codec):
    """Sounds in, texts out: speech recognizers.

    encode: (samples (n,), metadata) -> time steps (1, T, D), lengths (1,);
    decode: (logits (1, T, K), metadata, beam) -> text; beam 0: the training's.
    """

    encode: Callable[
        [np.ndarray, Mapping[str, Any]], tuple[np.ndarray, np.ndarray]
    ]
    decode: Callable[[np.ndarray, Mapping[str, Any], int], str]


@dataclass(frozen=True)
class Seq2SeqCodec(Codec):
    """Source texts in, target texts out: encoder-decoder models.

    encode: (text, metadata) -> a source (1, T) with its end, lengths (1,);
        SpecError for a text that the model cannot read;
    left_out: (text, metadata) -> the words beyond the maximal length;
    decode: (tokens (n,), metadata) -> text; -1 is padding.
    """

    encode: Callable[[str, Mapping[str, Any]], tuple[np.ndarray, np.ndarray]]
    left_out: Callable[[str, Mapping[str, Any]], tuple[str, ...]]
    decode: Callable[[np.ndarray, Mapping[str, Any]], str]
