"""An encoder, a bridge, a decoder: the parts of a `seq2seq` model.

===============================  ==========  ==============================
name                             shape       what it is
===============================  ==========  ==============================
encoder.*, decoder.*             as a stack  embedding and recurrent layers
bridge.{layer}.{h|c}.weight      (H, H)      the decoder's first state, by
bridge.{layer}.{h|c}.bias        (H)         the encoder's last h
attention.query.weight           (H, H)      W, bahdanau
attention.keys.weight            (H, H)      U, bahdanau; W, luong-general
attention.keys.bias              (H)         b, bahdanau
attention.score.weight           (H, 1)      v, bahdanau
readout.weight                   (2H, H)     of context and outputs, joined
===============================  ==========  ==============================

The encoder's layers have H units, or H/2 in each of two directions, so that
its outputs and the decoder's are of one size.
"""

from dataclasses import replace

from shared.specs import STATE_NAMES, ModelSpec

INPUT_FEEDING = {
    "none": False,
    "bahdanau": True,
    "luong-dot": False,
    "luong-general": False,
}
"""Attention -> whether the context is an input of the decoder's layers: the
query is then the output of the step before, not that of the step."""

Shape = tuple[int, ...]


def encoder_spec(spec: ModelSpec) -> ModelSpec:
    return replace(
        spec,
        model="tagger",
        hidden_size=spec.hidden_size // (1 + spec.bidirectional),
        attention="none",
        tie_weights=False,
    )


def decoder_spec(spec: ModelSpec) -> ModelSpec:
    return replace(
        spec,
        model="language_model",
        input_size=spec.output_size,
        bidirectional=False,
    )


def bridge_parts(spec: ModelSpec) -> list[str]:
    """The tensors of the decoder's state, such as "0.h", in their order."""
    names = STATE_NAMES[spec.cell]
    return [f"{n}.{s}" for n in range(spec.num_layers) for s in names]


def bridge_shapes(spec: ModelSpec) -> dict[str, Shape]:
    """Canonical name -> shape of the bridge and of attention."""
    hidden = spec.hidden_size
    square = (hidden, hidden)
    shapes: dict[str, Shape] = {}
    for part in bridge_parts(spec):
        shapes[f"bridge.{part}.weight"] = square
        shapes[f"bridge.{part}.bias"] = (hidden,)
    attention: dict[str, dict[str, Shape]] = {
        "bahdanau": {
            "query.weight": square,
            "keys.weight": square,
            "keys.bias": (hidden,),
            "score.weight": (hidden, 1),
        },
        "luong-general": {"keys.weight": square},
    }
    for name, shape in attention.get(spec.attention, {}).items():
        shapes[f"attention.{name}"] = shape
    if spec.attention != "none":
        shapes["readout.weight"] = (2 * hidden, hidden)
    return shapes
