"""The options of the study of neurons, and the text that it reads."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from comparisons.arguments.checkpoints import codec_of
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.studies.common import (
    TrainedOptions,
    check_index,
    load_dataset,
)
from shared.errors import UserError
from shared.files.io import read_text
from shared.task import LanguageModelCodec
from shared.tasks.language_modeling.data import stream
from shared.weights.checkpoints import Checkpoint, load_checkpoint

LIMIT = 600
"""Tokens of a text that are read."""


@dataclass(frozen=True)
class NeuronsOptions(TrainedOptions):
    """A text of T tokens, and what is shown of it.

    source: description of the text; tokens: (T,); labels: the text of each;
    layer: from 0; units, features: to show; both empty: the strongest units.
    """

    codec: LanguageModelCodec
    source: str
    tokens: np.ndarray
    labels: list[str]
    layer: int
    units: list[int]
    features: list[str]

    def token_text(self, index: int) -> str:
        return self.codec.decode(np.array([index]), self.metadata)


def parse_options(arguments: list[str]) -> NeuronsOptions:
    """Read the command line; raises UserError."""
    options = parse("study neurons", arguments)
    path, any_model = options.checkpoint, Namespace(task=None, cell=None)
    trained = load_checkpoint(path)
    codec, metadata = codec_of(trained, path, any_model, LanguageModelCodec)
    run, model = trained.run, trained.model
    if options.units and options.features:
        raise UserError("--units and --features both choose units; give one")
    layer = model.num_layers - 1 if options.layer is None else options.layer
    check_index("layer", layer, model.num_layers)
    for unit in options.units or ():
        check_index("unit", unit, model.hidden_size)
    text, source = text_of(options, trained, codec)
    if not text:
        raise UserError("the text is empty")
    tokens = codec.encode(text, metadata, options.unknown)
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
        trained=trained,
        path=path,
        metadata=metadata,
        frameworks=words(options.frameworks or [run.framework]),
        out=options.out or Path("results") / run.task,
        timeout=options.timeout,
        codec=codec,
        source=source,
        tokens=tokens,
        labels=[codec.decode(token, metadata) for token in tokens[:, None]],
        layer=layer,
        units=list(dict.fromkeys(options.units or ())),
        features=words(options.features) if options.features else [],
    )


def text_of(
    options: Namespace, trained: Checkpoint, codec: LanguageModelCodec
) -> tuple[str, str]:
    """The text to read, and its description."""
    if options.text is not None and options.file is not None:
        raise UserError("--text and --file name two texts; choose one")
    if options.text is not None:
        return options.text, "the text given"
    if options.file is not None:
        try:
            return read_text(options.file), str(options.file)
        except OSError as error:
            raise UserError(
                f"cannot read '{options.file}': {error.strerror}"
            ) from error
    dataset = load_dataset(trained, "--text or --file")
    tokens = stream(dataset.validation)[: LIMIT + 1]
    text = codec.decode(tokens, codec.metadata(dataset))
    return text, "the validation split"
