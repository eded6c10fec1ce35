"""Parameters of a model and operations of a training step, in closed form."""

from shared.specs import GATES, WEIGHT_NAMES, ModelSpec, step_weights
from shared.specs.video import KERNEL, convolutions, map_side
from shared.weights.layout import EVERY_STEP, head_size, layer_prefixes, stacks
from shared.weights.seq2seq import bridge_parts

PASSES = 3
"""A forward pass, and twice its products in the backward pass."""


def step_flops(
    spec: ModelSpec, batch: int, steps: int, characters: int = 0
) -> int:
    """Operations of one training step on B sequences of T steps.

    A multiplication and an addition are two. Only matrix products count: a
    layer's 2·(D+H)·G·H per step and direction, or 2·D·G·H where no matrix
    multiplies the state, the head's 2·P·K per vector that it reads, and in the
    backward pass twice as many, for the gradients of inputs and of weights. An
    embedding look-up is no product, and a CRF has none; a one-hot vector is
    multiplied like any vector of its size D. Unneeded gradients and zero states
    are not subtracted: the first layer's input and the first step count like
    the others.
    characters: C of each of the B·T words, for a character encoder.
    """
    read = {"characters.": batch * steps * characters}
    frames = batch * steps * (spec.model == "video_model")
    total = sum(
        read.get(prefix, batch * steps) * layers_flops(stack)
        for prefix, stack in stacks(spec)
    )
    heads = batch * steps if spec.model in EVERY_STEP else batch
    total += heads * 2 * head_size(spec) * spec.output_size
    return PASSES * (total + frames * frame_flops(spec))


def frame_flops(spec: ModelSpec) -> int:
    """Operations of the convolutions of one frame: 2·9·I·O for each place."""
    side, total = spec.frame_side, 0
    for inputs, outputs, stride in convolutions(spec.conv_channels):
        side = map_side(side, stride)
        total += 2 * side**2 * KERNEL**2 * inputs * outputs
    return total


def layers_flops(spec: ModelSpec) -> int:
    """Operations of a stack's layers for one step of one sequence."""
    hidden, columns = spec.hidden_size, GATES[spec.cell] * spec.hidden_size
    read = hidden if "w_hh" in WEIGHT_NAMES[spec.cell] else 0
    return sum(2 * (size + read) * columns for _, size in layer_prefixes(spec))


def count_parameters(spec: ModelSpec) -> int:
    """Number of trainable parameters, from the closed form.

    A layer has (D+H+1)H for the RNN, 4(D+H+1)H for the LSTM, 2(D+H+1)H for the
    MGU and 3(D+H+2)H for the GRU, whose candidate has a recurrent bias; minGRU
    and minLSTM, whose gates do not read the state, have 2(D+1)H and 3(D+1)H.
    Layer normalization adds two gains to each column, and to the LSTM a gain
    and a bias of c: (D+H+3)H for the RNN, 3(D+H+4)H for the GRU and
    4(D+H+3)H + 2H for the LSTM. A convolution from I maps to O has (9I+1)O.
    """
    head_rows = 1 if spec.tie_weights else head_size(spec) + 1
    total = head_rows * spec.output_size
    if spec.model == "seq2seq":
        total += bridge_count(spec)
    if spec.crf:
        total += (spec.output_size + 2) * spec.output_size
    total += spec.shape_size * spec.shape_embedding_size
    if spec.model == "video_model":
        layers = convolutions(spec.conv_channels)
        total += sum((KERNEL**2 * i + 1) * o for i, o, _ in layers)
    for _, stack in stacks(spec):
        hidden, gates = stack.hidden_size, GATES[stack.cell]
        rows = {"w_hh": hidden, "b_hh": 1, "gain_hh": 1}
        names = step_weights(stack.cell, stack.layer_norm)
        recurrent = sum(rows.get(name, 0) for name in names)
        state = sum(name not in rows for name in names)  # of H each
        for _, size in layer_prefixes(stack):
            columns = gates * (size + 1 + stack.layer_norm + recurrent)
            total += (columns + state) * hidden
        if stack.input == "embedding":
            total += stack.input_size * stack.embedding_size
    return total


def bridge_count(spec: ModelSpec) -> int:
    """Parameters of a seq2seq model besides its stacks and head.

    A state has (H+1)H of the bridge; Bahdanau's attention (2H+2)H, Luong's
    general H², his dot none; combining outputs and context 2H².
    """
    hidden = spec.hidden_size
    attention = {
        "bahdanau": (2 * hidden + 2) * hidden,
        "luong-general": hidden**2,
    }.get(spec.attention, 0)
    readout = 2 * hidden**2 if spec.attention != "none" else 0
    bridge = len(bridge_parts(spec)) * (hidden + 1) * hidden
    return bridge + attention + readout
