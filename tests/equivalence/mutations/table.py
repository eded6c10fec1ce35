"""The mutations: errors as a programmer makes them, and what catches each.

A mutation replaces a function of a framework's package: the step of a cell
from scratch, what loads weights into native layers, what masks padding. It has
the same name in all three packages, unless a row gives one for each.

The checks are the same code for all packages, so that most errors are planted
in PyTorch alone, the quickest; those marked `everywhere` are planted in all
three and turn every kind of check red in each.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from equivalence.mutations import wrong

from comparisons.equivalence.case import BATCH, Case
from comparisons.equivalence.cases import language_case, seq2seq_case
from shared.specs import TrainSpec

FORWARD = {"forward"}
LEARNING = {"gradient", "trajectory"}
SAMPLED = {"scheduled sampling"}

PLAIN = Case("forecaster", "lstm", "values", "scratch", 1, False, False)
NATIVE = replace(PLAIN, impl="native")
PADDED = Case("classifier", "lstm", "onehot", "scratch", 1, True, True)
NATIVE_PADDED = replace(PADDED, impl="native")
POOLED = Case(
    "classifier", "gru", "embedding", "native", 1, True, True, pooling="mean"
)
WORDS = Case(
    "tagger", "gru", "embedding", "native", 1, True, True, char_encoder=True
)
SIMPLE = Case("forecaster", "rnn", "values", "native", 1, False, False)
LANGUAGE = language_case("lstm", "native", "embedding", 1)
SEQ2SEQ = seq2seq_case("rnn", "native", "bahdanau", 1, both=True)
TIED = seq2seq_case("gru", "native", "luong-dot", 1, both=True, tied=True)
CLIPPED = TrainSpec(
    epochs=4,
    batch_size=BATCH,
    optimizer="sgd",
    learning_rate=0.02,
    momentum=0.9,
    clip_norm=0.1,
)


class Mutation(NamedTuple):
    """One planted error.

    name: what is wrong; function: what is replaced, `file.name`, `name` of the
    package, `file.TABLE[key]` or several with spaces between, "call" for a
    forward pass; wrong: the right function and the package -> the wrong one;
    case: the model that is checked; red: the checks that fail, and no others;
    training: where the error is one of the optimizer; everywhere: planted in
    all packages.
    """

    name: str
    function: str | dict[str, str]
    wrong: Callable
    case: Case
    red: set[str]
    training: TrainSpec | None = None
    everywhere: bool = False


BATCHES = "training.epoch_batches training.EpochBatches training.epoch_order"
ATTEND = "seq2seq.attend decoding.attend"
CLIPPING = {
    "pytorch_impl": "training.nn.utils.clip_grad_norm_",
    "keras_impl": "optimizers.OPTIMIZERS[sgd]",
    "jax_impl": "optimizers.optax.clip_by_global_norm",
}

MUTATIONS = (
    Mutation(
        "gates i and f swapped, scratch",
        "cells.STEPS[lstm]",
        wrong.step(wrong.swap_gates),
        PLAIN,
        FORWARD,
    ),
    Mutation(
        "gates i and f swapped, native",
        "load_weights",
        wrong.loading(lambda name, w: w[..., wrong.SWAPPED]),
        NATIVE,
        FORWARD,
        everywhere=True,
    ),
    Mutation(
        "recurrent bias of the GRU missing, scratch",
        "cells.STEPS[gru]",
        wrong.step(lambda package, wx, w_hh, b_hh: (wx, w_hh, b_hh * 0.0)),
        replace(PLAIN, cell="gru"),
        FORWARD,
    ),
    Mutation(
        "recurrent bias of the GRU missing, native",
        "load_weights",
        wrong.loading(lambda name, w: w * 0 if name == "b_hh" else w),
        replace(NATIVE, cell="gru"),
        FORWARD,
    ),
    Mutation(
        "forget bias added to weights that have it, scratch",
        "cells.STEPS[lstm]",
        wrong.step(wrong.add_forget_bias),
        PLAIN,
        FORWARD,
    ),
    Mutation(
        "forget bias doubled, native",
        "load_weights",
        wrong.loading(
            lambda name, w: w * (1 + wrong.FORGET) if name == "b_ih" else w
        ),
        NATIVE,
        FORWARD,
    ),
    Mutation(
        "mask a step too late, scratch",
        "cells.ScratchRecurrent.call",
        wrong.lengths(lambda ends, steps: ends + 1 - ends // steps),
        PADDED,
        FORWARD,
    ),
    Mutation(
        "mask a step too late, native",
        "recurrent.Recurrent.call",
        wrong.lengths(lambda ends, steps: ends + 1 - ends // steps),
        NATIVE_PADDED,
        FORWARD,
    ),
    Mutation(
        "mask ignored, scratch",
        "cells.ScratchRecurrent.call",
        wrong.lengths(lambda ends, steps: None),
        PADDED,
        FORWARD,
    ),
    Mutation(
        "mask ignored, native",
        "recurrent.Recurrent.call",
        wrong.lengths(lambda ends, steps: None),
        NATIVE_PADDED,
        FORWARD,
    ),
    Mutation(
        "both directions read forward, scratch",
        "cells.ScratchLayer.__init__",
        wrong.never_reversed,
        PADDED,
        FORWARD,
    ),
    Mutation(
        "weights of the directions swapped, native",
        "load_weights",
        wrong.swap_directions,
        NATIVE_PADDED,
        FORWARD,
    ),
    Mutation(
        "mean over a step past the end",
        "pooling.sequence_mask",
        wrong.later_mask,
        POOLED,
        FORWARD,
    ),
    Mutation(
        "padding read as a character",
        "inputs.Characters.call",
        wrong.characters(lambda encode, x: encode(abs(x - 1))),
        WORDS,
        FORWARD,
    ),
    Mutation(
        "all words encoded like the first, as a wrong reshape does",
        "inputs.Characters.call",
        wrong.characters(lambda encode, x: encode(x[:, :1]) + 0 * encode(x)),
        WORDS,
        FORWARD,
    ),
    Mutation(
        "loss counts padding, with the second tag as its target",
        "losses.LOSSES[masked_cross_entropy]",
        wrong.loss(lambda loss, outputs, targets: loss(outputs, abs(targets))),
        WORDS,
        LEARNING,
    ),
    Mutation(
        "loss summed over the outputs, not averaged",
        "losses.LOSSES[squared_error]",
        wrong.loss(
            lambda loss, outputs, targets: (
                loss(outputs, targets) * outputs.shape[-1]
            )
        ),
        SIMPLE,
        LEARNING,
        everywhere=True,
    ),
    Mutation(
        "gradients clipped per parameter, not by their global norm",
        CLIPPING,
        wrong.clip_per_parameter,
        SIMPLE,
        {"trajectory"},
        CLIPPED,
        everywhere=True,
    ),
    Mutation(
        "state not passed on to the next window",
        "language_model.LanguageModel.forward_from",
        wrong.fresh_state,
        LANGUAGE,
        {"token NLL", "stateful", "generated"},
        everywhere=True,
    ),
    Mutation(
        "windows of other rows",
        BATCHES,
        wrong.batches(stateful=False),
        LANGUAGE,
        {"stateful"},
    ),
    Mutation(
        "only the most probable token sampled",
        "generate",
        wrong.options(top_k=1),
        LANGUAGE,
        {"generated"},
    ),
    Mutation(
        "attention to the padding of a source",
        ATTEND,
        wrong.no_attention_mask,
        SEQ2SEQ,
        {"token NLL", "attention weights", *SAMPLED},
        everywhere=True,
    ),
    Mutation(
        "teacher forcing at every step",
        BATCHES,
        wrong.batches(teacher_forcing=1.0),
        TIED,
        SAMPLED,
    ),
    Mutation(
        "teacher forcing a step late",
        "training.epoch_batches",
        wrong.changed_batches(wrong.late_tokens),
        TIED,
        LEARNING | SAMPLED,
    ),
    Mutation(
        "predictions read a step late",
        "training.epoch_batches",
        wrong.changed_batches(wrong.late_predictions),
        TIED,
        SAMPLED,
    ),
    Mutation(
        "no label smoothing",
        "training.build_loss",
        lambda right, package: lambda name, smoothing: right(name, 0.0),
        TIED,
        SAMPLED,
    ),
    Mutation(
        "no length penalty",
        "decode",
        wrong.options(length_penalty=0.0),
        TIED,
        {"decoded"},
    ),
    Mutation(
        "a beam of one hypothesis",
        "decode",
        wrong.options(beam=1),
        TIED,
        {"decoded"},
        everywhere=True,
    ),
)
