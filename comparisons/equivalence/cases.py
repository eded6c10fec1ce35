"""Which small models are checked, and which represents an actual one."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from comparisons.equivalence.case import LIKE, MODEL_SIZES, Case
from comparisons.equivalence.case_data import FEATURES, INDICES, OUTPUTS
from shared.specs import (
    CELLS,
    IMPLS,
    IMPLS_OF,
    NORM_SPANS,
    POOLINGS,
    ModelSpec,
)
from shared.specs.video import OUTPUTS as VIDEO_OUTPUTS
from shared.weights.flops import count_parameters

ATTENTIONS = {
    "native": ("bahdanau", "luong-dot"),
    "scratch": ("luong-general", "none"),
}
"""Layers -> the kinds of attention with which they are checked."""

LARGE = (("input_size", 2000), ("output_size", 2000))
"""A vocabulary whose sums over V show how a framework rounds."""

FULL = (
    *("forecaster", "sequence_forecaster"),
    *("autoencoder", "language_model", "video_model"),
)
"""Models whose sequences are all of one length."""

LEVELS = (0.1, 0.5, 0.9)
"""About those of the quantiles with which forecasters are checked."""

OUTPUT_SIZES = {
    "language_model": INDICES,
    "seq2seq": INDICES,
    "frame_model": FEATURES,
}
"""Models that predict what they read."""

HEADS = {"video_model": VIDEO_OUTPUTS}
"""Models of several heads -> the outputs of all."""


def cases() -> Iterator[Case]:
    """Every cell, depth, direction, with and without padding, both layers.

    Padded cases classify indices, one-hot and embedded, with alternating
    pooling and one or several logits; the others forecast from values. The
    other models follow, and layer-normalized cells come last.
    """
    layers = [(cell, impl) for cell in CELLS for impl in IMPLS_OF[cell]]
    for (cell, impl), depth, both in itertools.product(
        layers, (1, 2), (False, True)
    ):
        shift = CELLS.index(cell) + IMPLS.index(LIKE.get(impl, impl))
        turn = shift + depth + both
        yield case_of("forecaster", cell, "values", impl, depth, both)
        yield case_of(
            *("classifier", cell, ("onehot", "embedding")[turn % 2]),
            *(impl, depth, both),
            pooling=POOLINGS[(shift + 2 * depth + both) % 4],
            outputs=1 if turn // 2 % 2 else OUTPUTS,
        )
    for cell, impl in layers:
        yield from cases_of_models(cell, impl)
    for cell in NORM_SPANS:
        yield from normalized_cases(cell)


def cases_of_models(cell: str, impl: str) -> Iterator[Case]:
    """One or a few cases of each further model.

    Taggers read padded sentences, by words alone and with characters, or
    one-hot indices in one direction, and with a CRF by words in one direction
    and by words, shapes and characters in both; a classifier reads values too;
    language models read windows, with tied or separate weights, and sequence
    forecasters values, one of both of quantiles; speech recognizers read frames
    in one and both directions, and video models those of a video; each cell has
    every kind of attention.
    """
    words = ("tagger", cell, "embedding", impl)
    yield case_of(*words, 2, True)
    yield case_of(*words, 1, True, char_encoder=True)
    yield case_of(*words, 1, crf=True)
    yield replace(
        case_of(*words, 2, True, char_encoder=True), shapes=True, crf=True
    )
    yield case_of("tagger", cell, "onehot", impl, 1)
    yield case_of("classifier", cell, "values", impl, 2)
    yield case_of("frame_model", cell, "values", impl, 2)
    yield case_of("sequence_forecaster", cell, "values", impl, 2)
    yield quantile_case(cell, impl)
    yield case_of("autoencoder", cell, "values", impl, 1, True)
    yield case_of("speech_recognizer", cell, "values", impl, 1)
    yield case_of("speech_recognizer", cell, "values", impl, 2, True)
    yield case_of("video_model", cell, "values", impl, 1)
    yield language_case(cell, impl, "onehot", 1)
    yield language_case(cell, impl, "embedding", 2)
    yield language_case(cell, impl, "embedding", 1, tied=True)
    yield replace(language_case(cell, impl, "embedding", 1), sizes=LARGE)
    deep, wide = ATTENTIONS[LIKE.get(impl, impl)]
    yield seq2seq_case(cell, impl, deep, 2, False)
    yield seq2seq_case(cell, impl, wide, 1, True, tied=True)


def normalized_cases(cell: str) -> Iterator[Case]:
    """One step, padding and both directions, windows, and single steps."""
    own: dict[str, Any] = {"impl": "scratch", "layer_norm": True}
    yield case_of("forecaster", cell, "values", depth=1, **own)
    yield case_of("classifier", cell, "embedding", depth=2, both=True, **own)
    yield case_of("language_model", cell, "embedding", depth=1, **own)
    decoder = {"attention": "bahdanau", **own}  # reads its context step by step
    yield case_of("seq2seq", cell, "embedding", depth=1, both=True, **decoder)


def training_cases(cell: str, impl: str) -> Iterator[Case]:
    """The cases that are trained by every optimizer."""
    yield case_of("forecaster", cell, "values", impl, 2, True)
    yield seq2seq_case(cell, impl, ATTENTIONS[LIKE.get(impl, impl)][1], 1, True)


def case_of(
    model: str,
    cell: str,
    kind: str,
    impl: str,
    depth: int,
    both: bool = False,
    **fields: Any,
) -> Case:
    """The case with the padding and number of outputs of its model."""
    outputs = {**OUTPUT_SIZES, **HEADS}.get(model, OUTPUTS)
    fields = {"outputs": outputs, **fields}
    return Case(
        model, cell, kind, impl, depth, both, model not in FULL, **fields
    )


def quantile_case(cell: str, impl: str) -> Case:
    """A forecaster of several quantiles, in both directions or at each step."""
    outputs: dict[str, Any] = {"outputs": OUTPUTS * len(LEVELS)}
    outputs["quantiles"] = unbalanced(LEVELS)
    if LIKE.get(impl, impl) == IMPLS[0]:
        return case_of("forecaster", cell, "values", impl, 1, True, **outputs)
    return case_of("sequence_forecaster", cell, "values", impl, 1, **outputs)


def unbalanced(levels: tuple[float, ...]) -> tuple[float, ...]:
    """Levels near these, at which no gradient of a batch cancels out.

    With as many errors above a median as below, its gradient is 0, or what
    rounding leaves of it, which Adam would scale to a whole step.
    """
    return tuple(round(0.013 + 0.97 * level, 6) for level in levels)


def language_case(
    cell: str, impl: str, kind: str, depth: int, tied: bool = False
) -> Case:
    return case_of("language_model", cell, kind, impl, depth, tied=tied)


def seq2seq_case(
    cell: str,
    impl: str,
    attention: str,
    depth: int,
    both: bool,
    tied: bool = False,
) -> Case:
    seq2seq = ("seq2seq", cell, "embedding", impl, depth, both)
    return case_of(*seq2seq, tied=tied, attention=attention)


SMALL = 20_000
"""Parameters up to which a model is checked in its own sizes."""

SIZES = tuple(
    f"{name}_size"
    for name in (
        *("input", "embedding", "hidden", "output"),
        *("char", "char_embedding", "char_hidden"),
        *("shape", "shape_embedding"),
    )
)


def own_sizes(spec: ModelSpec) -> tuple[tuple[str, int], ...]:
    """The sizes of an actual model, or nothing where it is not small."""
    if count_parameters(spec) > SMALL:
        return ()
    names = (*SIZES, *MODEL_SIZES.get(spec.model, ()))
    return tuple((name, getattr(spec, name)) for name in names)


def case_like(spec: ModelSpec, sizes: tuple[tuple[str, int], ...] = ()) -> Case:
    """The case with the cell, layers and shape of an actual model."""
    levels = spec.quantile_levels
    several = 1 if spec.output_size == 1 else OUTPUTS * max(1, len(levels))
    return case_of(
        *(spec.model, spec.cell, spec.input, spec.impl),
        *(spec.num_layers, spec.bidirectional),
        init=spec.init,
        pooling=spec.pooling,
        char_encoder=spec.char_encoder,
        shapes=spec.shape_size > 0,
        crf=spec.crf,
        tied=spec.tie_weights,
        attention=spec.attention if spec.model == "seq2seq" else "",
        quantiles=unbalanced(levels),
        outputs={**OUTPUT_SIZES, **HEADS}.get(spec.model, several),
        sizes=sizes,
        layer_norm=spec.layer_norm,
    )
