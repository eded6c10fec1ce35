"""Canonical weights: their names and shapes.

===========================  ============  =================================
name                         shape         equation symbol
===========================  ============  =================================
embedding.table              (V, E)        E
rnn.{layer}.w_ih             (D, G·H)      W, gates: `GATE_NAMES`
rnn.{layer}.w_hh             (H, G·H)      U, the same gates; not linear cells
rnn.{layer}.b_ih             (G·H)         b
rnn.{layer}.b_hh             (G·H)         b_h, GRU only: inside the reset
rnn.{layer}.gain_ih, gain_hh (G·H)         of W x and U h, layer norm only
rnn.{layer}.gain_c, b_c      (H)           of c, layer norm of the LSTM only
rnn.{layer}.reverse.*        the same      the direction from the end
characters.*                 the same      what reads a word's characters
encoder.*, decoder.*, ...                  see `shared.weights.seq2seq`
shapes.table                 (V, E)        of the shapes of words
conv.{layer}.kernel          (3, 3, I, O)  from I maps to O, of frames
conv.{layer}.bias            (O)           of each map
head.weight, head.bias       (P, K), (K)   V, c; P is H', or 2H' if pooled
                                           in two ways; H' is H or 2H; tied
                                           weights have no V but the table
crf.transitions              (K, K)        A, from the row to the column
crf.start, crf.end           (K)           a, z: of the first and last tag
===========================  ============  =================================

With layer normalization b and b_h are the biases of the normalized products:
W x and U h have none of their own.
"""

from collections.abc import Iterator
from dataclasses import replace

from shared.specs import CRF_WEIGHTS, GATES, ModelSpec, cell_weights
from shared.specs.video import KERNEL, convolutions, frame_features
from shared.weights.seq2seq import (
    INPUT_FEEDING,
    Shape,
    bridge_shapes,
    decoder_spec,
    encoder_spec,
)

DIRECTIONS = {False: ("",), True: ("", "reverse.")}

EVERY_STEP = (
    *("tagger", "language_model", "autoencoder"),
    *("frame_model", "sequence_forecaster", "speech_recognizer"),
    "video_model",
)
"""Models whose head reads every step; another's reads a sequence once."""

POOLED_SIZES = {"last": 1, "mean": 1, "max": 1, "mean+max": 2}
"""How many vectors of size H' each pooling leaves."""


def char_spec(spec: ModelSpec) -> ModelSpec:
    """The character encoder: one bidirectional layer."""
    return replace(
        spec,
        input="embedding",
        input_size=spec.char_size,
        embedding_size=spec.char_embedding_size,
        hidden_size=spec.char_hidden_size,
        num_layers=1,
        bidirectional=True,
        dropout=0.0,
        char_encoder=False,
        shape_size=0,
    )


def shape_spec(spec: ModelSpec) -> ModelSpec:
    """The embedding of the shapes of words."""
    return replace(
        spec,
        input_size=spec.shape_size,
        embedding_size=spec.shape_embedding_size,
    )


def char_column(spec: ModelSpec) -> int:
    """The first column of characters: after the word, and its shape if any."""
    return 2 if spec.shape_size else 1


def autoencoder_encoder_spec(spec: ModelSpec) -> ModelSpec:
    return replace(spec, model="tagger")


def autoencoder_decoder_spec(spec: ModelSpec) -> ModelSpec:
    """Unidirectional; each step reads the encoder's code."""
    return replace(
        spec, model="tagger", input_size=last_size(spec), bidirectional=False
    )


def stacks(spec: ModelSpec) -> Iterator[tuple[str, ModelSpec]]:
    """The prefix and spec of each recurrent stack, with its embedding."""
    if spec.model == "seq2seq":
        yield "encoder.", encoder_spec(spec)
        yield "decoder.", decoder_spec(spec)
    elif spec.model == "autoencoder":
        yield "encoder.", autoencoder_encoder_spec(spec)
        yield "decoder.", autoencoder_decoder_spec(spec)
    else:
        if spec.char_encoder:
            yield "characters.", char_spec(spec)
        yield "", spec


def step_size(spec: ModelSpec) -> int:
    """Input size D of the first recurrent layer."""
    if spec.model == "video_model":
        return frame_features(spec.input_size, spec.conv_channels)
    sizes = {"embedding": spec.embedding_size}
    size = sizes.get(spec.input, spec.input_size)
    if INPUT_FEEDING[spec.attention]:
        size += spec.hidden_size
    if spec.shape_size:
        size += spec.shape_embedding_size
    return size + last_size(char_spec(spec)) if spec.char_encoder else size


def last_size(spec: ModelSpec) -> int:
    """Size H' of the last state: H, or 2H in both directions."""
    return spec.hidden_size * len(DIRECTIONS[spec.bidirectional])


def head_size(spec: ModelSpec) -> int:
    """Input size P of the head."""
    *_, (_, stack) = stacks(spec)
    return last_size(stack) * POOLED_SIZES[spec.pooling]


def layer_prefixes(spec: ModelSpec) -> Iterator[tuple[str, int]]:
    """Name prefix and input size D of each layer and direction."""
    for layer in range(spec.num_layers):
        size = last_size(spec) if layer else step_size(spec)
        for direction in DIRECTIONS[spec.bidirectional]:
            yield f"rnn.{layer}.{direction}", size


def weight_shapes(spec: ModelSpec) -> dict[str, Shape]:
    """Canonical name -> shape, in canonical order."""
    shapes: dict[str, Shape] = {}
    for stack_prefix, stack in stacks(spec):
        if stack.input == "embedding":
            table = (stack.input_size, stack.embedding_size)
            shapes[stack_prefix + "embedding.table"] = table
        for prefix, size in layer_prefixes(stack):
            for name, shape in layer_shapes(stack, size).items():
                shapes[stack_prefix + prefix + name] = shape
    return shapes | non_recurrent_shapes(spec)


def layer_shapes(spec: ModelSpec, size: int) -> dict[str, Shape]:
    """Name -> shape of the weights of a layer and direction that reads D."""
    hidden, columns = spec.hidden_size, GATES[spec.cell] * spec.hidden_size
    shapes: dict[str, Shape] = {
        "w_ih": (size, columns),
        "w_hh": (hidden, columns),
        "gain_c": (hidden,),
        "b_c": (hidden,),
    }
    return {
        name: shapes.get(name, (columns,))
        for name in cell_weights(spec.cell, spec.layer_norm)
    }


def non_recurrent_shapes(spec: ModelSpec) -> dict[str, Shape]:
    """Canonical name -> shape of what is in no stack."""
    shapes: dict[str, Shape] = {}
    if spec.model == "seq2seq":
        shapes |= bridge_shapes(spec)
    if spec.shape_size:
        shapes["shapes.table"] = (spec.shape_size, spec.shape_embedding_size)
    if spec.model == "video_model":
        shapes |= conv_shapes(spec)
    if not spec.tie_weights:
        shapes["head.weight"] = (head_size(spec), spec.output_size)
    shapes["head.bias"] = (spec.output_size,)
    if spec.crf:
        shapes |= dict(zip(CRF_WEIGHTS, crf_shapes(spec.output_size)))
    return shapes


def conv_shapes(spec: ModelSpec) -> dict[str, Shape]:
    """Name -> shape of the kernels and biases that encode a frame."""
    shapes: dict[str, Shape] = {}
    layers = convolutions(spec.conv_channels)
    for number, (inputs, outputs, _) in enumerate(layers):
        kernel = (KERNEL, KERNEL, inputs, outputs)
        shapes[f"conv.{number}.kernel"] = kernel
        shapes[f"conv.{number}.bias"] = (outputs,)
    return shapes


def crf_shapes(tags: int) -> tuple[Shape, ...]:
    """Shapes of CRF_WEIGHTS for K tags."""
    return (tags, tags), (tags,), (tags,)
