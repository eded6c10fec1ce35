"""A model, and the choices that it has."""

from dataclasses import dataclass

from shared.errors import SpecError, unknown
from shared.fields import check, count, from_zero, option, rate
from shared.specs.cells import CELLS, IMPLS, IMPLS_OF
from shared.specs.scratch import check_scratch
from shared.specs.video import check_frames, frame_side

INPUTS = ("values", "onehot", "embedding")
ATTENTIONS = ("none", "bahdanau", "luong-dot", "luong-general")
POOLINGS = ("last", "mean", "max", "mean+max")

MOST_LAYERS = 1000
"""Far more than any model has; each has tensors and a kernel of its own."""

LOSSES = {
    "forecaster": "squared_error",
    "classifier": "cross_entropy",
    "tagger": "masked_cross_entropy",
    "language_model": "masked_cross_entropy",
    "frame_model": "frame_cross_entropy",
    "sequence_forecaster": "squared_error",
    "seq2seq": "masked_cross_entropy",
    "autoencoder": "squared_error",
    "speech_recognizer": "ctc",
    "video_model": "multi_task",
}
"""Model -> the loss it is trained with; see `ModelSpec.loss`."""

SMOOTHED_LOSSES = (
    *("cross_entropy", "binary_cross_entropy", "masked_cross_entropy"),
)
"""Losses that label smoothing is defined for."""

BIDIRECTIONAL_MODELS = (
    *("forecaster", "classifier", "tagger", "seq2seq", "autoencoder"),
    "speech_recognizer",
)
"""Models that see all of a sequence, not only the steps before."""

TAGGER, SEQ2SEQ, VIDEO = ("tagger",), ("seq2seq",), ("video_model",)
STREAMING = ("frame_model", "sequence_forecaster")
"""Models whose outputs at each step are values of the next one."""

RAGGED_MODELS = ("classifier", "tagger", "speech_recognizer")
"""Models of padded sequences, which read the lengths too."""

STATEFUL_MODELS = ("language_model", *STREAMING)
"""Models of one direction that continue from a given state."""

QUANTILE_MODELS = ("forecaster", "sequence_forecaster")
"""Models whose outputs may be several quantiles of each value."""

AUTOREGRESSIVE = ("language_model", "seq2seq")
"""Models whose outputs are the tokens that they read next."""

WHOLE_SEQUENCES = tuple(model for model in LOSSES if model not in SEQ2SEQ)
"""Models whose layers read a sequence, or a window of it, at once."""


CRF_WEIGHTS = ("crf.transitions", "crf.start", "crf.end")
"""Scores of a tag after another, of a first tag, and of a last one."""

REFUSED = {
    "bidirectional": (
        BIDIRECTIONAL_MODELS,
        "cannot be bidirectional: it would see what it has to predict",
    ),
    "quantile_levels": (
        QUANTILE_MODELS,
        f"has no quantiles; choices: {', '.join(QUANTILE_MODELS)}",
    ),
    "crf": (TAGGER, "has no tags for a crf"),
}
"""Field -> the models that have it, and what is said of another."""


@dataclass(frozen=True)
class ModelSpec:
    """A model: what `build_model` builds."""

    model: str = "forecaster"
    cell: str = option("lstm", "recurrent cell", CELLS)
    input: str = option("values", "encoding of a time step's input", INPUTS)
    input_size: int = count(1, "features D, or vocabulary size V of indices")
    embedding_size: int = count(32, "size E of the learned embedding")
    hidden_size: int = count(32, "hidden units H of each recurrent layer")
    output_size: int = count(1, "outputs or classes K")
    quantile_levels: tuple[float, ...] = ()
    num_layers: int = count(
        1, "number of stacked recurrent layers L", most=MOST_LAYERS
    )
    bidirectional: bool = option(
        False, "read the sequence backward too", models=BIDIRECTIONAL_MODELS
    )
    dropout: float = rate(0.0, "dropout rate of each recurrent layer's outputs")
    input_dropout: float = rate(
        0.0,
        "dropout rate of the first recurrent layer's inputs",
        models=(
            *("classifier", "tagger", "speech_recognizer"),
            *(*STREAMING, *AUTOREGRESSIVE),
        ),
    )
    tie_weights: bool = option(
        False, "tie the output matrix to the embedding", models=AUTOREGRESSIVE
    )
    attention: str = option(
        "none", "attention over the source", ATTENTIONS, models=SEQ2SEQ
    )
    impl: str = option(
        "native",
        "the framework's layers, cells from scratch, or cells with "
        "backpropagation through time by hand",
        IMPLS,
    )
    pooling: str = option(
        "last", "pooling over the time steps", POOLINGS, models=("classifier",)
    )
    char_encoder: bool = option(
        False, "also encode the characters of each word", models=TAGGER
    )
    char_size: int = from_zero(0, "size of the character vocabulary; 0: none")
    char_embedding_size: int = count(
        32, "size of a character embedding", models=TAGGER
    )
    char_hidden_size: int = count(
        32, "hidden units of the character encoder", models=TAGGER
    )
    shape_size: int = from_zero(
        0, "size of the vocabulary of word shapes; 0: none"
    )
    shape_embedding_size: int = count(
        16, "size of the embedding of a word's shape", models=TAGGER
    )
    crf: bool = option(
        False,
        "score sequences of tags by a conditional random field",
        models=TAGGER,
    )
    conv_channels: int = count(
        48,
        "maps of the last of three convolutions of a frame",
        least=6,
        models=VIDEO,
    )
    forget_bias: float = option(1.0, "LSTM: initial bias of the forget gate")
    update_bias: float = option(
        0.0, "GRU: initial bias of the update gate; above 0: longer memory"
    )
    layer_norm: bool = option(
        False,
        "RNN, GRU, LSTM from scratch: layer normalization of W x, U h and c",
    )
    recurrent_dropout: float = rate(
        0.0,
        "from scratch: dropout rate of h in U h, one mask per sequence",
        models=WHOLE_SEQUENCES,
    )
    init: str = "matched"

    def __post_init__(self) -> None:
        levels = tuple(self.quantile_levels)
        object.__setattr__(self, "quantile_levels", levels)
        check(self)
        if self.model not in LOSSES:
            raise SpecError(unknown("model", self.model, LOSSES))
        if self.impl not in IMPLS_OF[self.cell]:
            raise SpecError(
                f"cell '{self.cell}' has no {self.impl} layers in the "
                f"frameworks; use --impl {IMPLS_OF[self.cell][0]}"
            )
        check_scratch(self)
        check_frames(self)
        for field, (models, fault) in REFUSED.items():
            if getattr(self, field) and self.model not in models:
                raise SpecError(f"a {self.model.replace('_', ' ')} {fault}")
        halved = self.model == "seq2seq" and self.bidirectional
        if halved and self.hidden_size % 2:
            raise SpecError(
                f"hidden_size {self.hidden_size} must be even where the "
                "encoder is bidirectional: each direction has half of it"
            )
        if self.tie_weights and self.input != "embedding":
            raise SpecError(
                f"tie_weights needs input embedding, not {self.input}"
            )
        if self.tie_weights and self.embedding_size != self.hidden_size:
            raise SpecError(
                f"tie_weights needs embedding_size {self.embedding_size} and "
                f"hidden_size {self.hidden_size} to be equal"
            )

    @property
    def padding_index(self) -> int | None:
        """The index that pads sequences, whose embedding never learns."""
        return 0 if self.model in ("classifier", "tagger") else None

    @property
    def frame_side(self) -> int:
        """Height and width of the frames of a video model, in pixels."""
        return frame_side(self.input_size)

    @property
    def smoothed(self) -> bool:
        """Whether its loss is a cross-entropy of one label, or one a step."""
        return self.loss in SMOOTHED_LOSSES

    @property
    def loss(self) -> str:
        """The loss it is trained with.

        One logit is a binary classifier's; quantiles have the pinball loss.
        """
        if self.quantile_levels:
            return "pinball"
        if self.crf:
            return "crf"
        if self.model == "classifier" and self.output_size == 1:
            return "binary_cross_entropy"
        return LOSSES[self.model]
