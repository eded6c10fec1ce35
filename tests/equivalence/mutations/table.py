"""The mutations: errors as a programmer makes them, and what catches each.

A mutation replaces a function of a framework's package: the step of a cell
from scratch, what loads weights into native layers, what masks padding. It has
the same name in all three packages, unless a row gives one for each.

The checks are the same code for all packages, so that most errors are planted
in PyTorch alone, the quickest; those marked `everywhere` are planted in all
three and turn every kind of check red in each.
"""

from dataclasses import replace

from equivalence.mutations import wrong
from equivalence.mutations.mutation import FORWARD, LEARNING, Mutation
from equivalence.mutations.token_models import TOKEN_MUTATIONS

from comparisons.equivalence.case import BATCH, Case
from shared.specs import TrainSpec

PLAIN = Case("forecaster", "lstm", "values", "scratch", 1, False, False)
NATIVE = replace(PLAIN, impl="native")
PADDED = Case("classifier", "lstm", "onehot", "scratch", 1, True, True)
NATIVE_PADDED = replace(PADDED, impl="native")
POOLED = Case(  # an LSTM is never packed here: its padding is no zero
    "classifier", "lstm", "embedding", "native", 1, True, True, pooling="mean"
)
WORDS = Case(
    "tagger", "gru", "embedding", "native", 1, True, True, char_encoder=True
)
SIMPLE = Case("forecaster", "rnn", "values", "native", 1, False, False)
CLIPPED = TrainSpec(
    epochs=4,
    batch_size=BATCH,
    optimizer="sgd",
    learning_rate=0.02,
    momentum=0.9,
    clip_norm=0.1,
)
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
        "load_weights models.load_weights",
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
        "load_weights models.load_weights",
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
        "load_weights models.load_weights",
        wrong.loading(
            lambda name, w: w * (1 + wrong.FORGET) if name == "b_ih" else w
        ),
        NATIVE,
        FORWARD,
    ),
    Mutation(
        "mask a step too late, scratch",
        "scratch.ScratchRecurrent.call",
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
        "scratch.ScratchRecurrent.call",
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
        "scratch.ScratchLayer.__init__",
        wrong.never_reversed,
        PADDED,
        FORWARD,
    ),
    Mutation(
        "weights of the directions swapped, native",
        "load_weights models.load_weights",
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
    *TOKEN_MUTATIONS,
)
