"""The options of the study of neurons, and the text that it reads."""

from argparse import Namespace
from dataclasses import dataclass

import numpy as np

from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.studies import common
from shared.errors import UserError
from shared.files.io import read_text
from shared.task import LanguageModelCodec
from shared.tasks.language_modeling.data import stream

LIMIT = 600
"""Tokens of a text that are read."""


@dataclass(frozen=True)
class NeuronsOptions(common.TrainedOptions):
    """A text of T tokens, and what is shown of it.

    source: description of the text; tokens: (T,); labels: the text of each;
    layer: from 0; units, features: to show; both empty: the strongest units.
    """

    source: str
    tokens: np.ndarray
    labels: list[str]
    layer: int
    units: list[int]
    features: list[str]

    def token_text(self, index: int) -> str:
        text: str = self.codec.decode(np.array([index]), self.metadata)
        return text


def parse_options(arguments: list[str]) -> NeuronsOptions:
    flags = parse("study neurons", arguments)
    base = common.load_trained(flags, LanguageModelCodec)
    model, codec, layer = base.trained.model, base.codec, flags.layer
    if flags.units and flags.features:
        raise UserError("--units and --features both choose units; give one")
    layer = model.num_layers - 1 if layer is None else layer
    common.check_index("layer", layer, model.num_layers)
    units = list(dict.fromkeys(flags.units or ()))
    for unit in units:
        common.check_index("unit", unit, model.hidden_size)
    text, source = text_of(flags, base)
    if not text:
        raise UserError("the text is empty")
    tokens = codec.encode(text, base.metadata, flags.unknown)
    if len(tokens) < 2:
        raise UserError(
            f"tokens of the text that the model knows: {len(tokens)}; at "
            "least 2 are needed"
        )
    if len(tokens) > LIMIT:
        tokens, source = tokens[:LIMIT], f"the first {LIMIT} tokens of {source}"
    else:
        source += f", {len(tokens)} tokens"
    return NeuronsOptions(
        **vars(base),
        source=source,
        tokens=tokens,
        labels=[codec.decode(row, base.metadata) for row in tokens[:, None]],
        layer=layer,
        units=units,
        features=words(flags.features) if flags.features else [],
    )


def text_of(flags: Namespace, base: common.TrainedOptions) -> tuple[str, str]:
    """The text to read, and its description."""
    if flags.text is not None and flags.file is not None:
        raise UserError("--text and --file name two texts; choose one")
    if flags.text is not None:
        return flags.text, "the text given"
    if flags.file is not None:
        try:
            return read_text(flags.file, option=""), str(flags.file)
        except OSError as error:
            raise UserError(
                f"cannot read '{flags.file}': {error.strerror}"
            ) from error
    dataset = common.load_dataset(base.trained, "--text or --file")
    tokens = stream(dataset.validation)[: LIMIT + 1]
    text = base.codec.decode(tokens, base.codec.metadata(dataset))
    return text, "the validation split"
