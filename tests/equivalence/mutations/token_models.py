"""Mutations of models of tokens: their states, decoding, and sampling."""

from equivalence.mutations import wrong
from equivalence.mutations.mutation import LEARNING, Mutation

from comparisons.equivalence.cases import language_case, seq2seq_case

SAMPLED = {"scheduled sampling"}

LANGUAGE = language_case("lstm", "native", "embedding", 1)
SEQ2SEQ = seq2seq_case("rnn", "native", "bahdanau", 1, both=True)
TIED = seq2seq_case("gru", "native", "luong-dot", 1, both=True, tied=True)
BATCHES = "training.epoch_batches training.EpochBatches training.epoch_order"
ATTEND = "seq2seq.attend decoding.attend"

TOKEN_MUTATIONS = (
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
        lambda right, package: lambda name, _, levels: right(name, 0.0),
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
