"""What a command line asks the study of neurons for, checked."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.records.checkpoints import load_checkpoint
from comparisons.studies.neurons.features import SCORES
from shared.errors import DataError, UserError
from shared.files.io import read_text
from shared.task import LanguageModelCodec
from shared.tasks import get_task
from shared.tasks.language_modeling.data import stream
from shared.weights.checkpoints import Checkpoint

LIMIT = 600
"""Symbols of a text that are read."""


@dataclass(frozen=True)
class Asked:
    """Options of the study.

    path: checkpoint file or folder; source: description of the text; symbols:
        (T,); marks: the text of each; names: that of each index; layer: from 0;
        units, find: to show; empty: the strongest.
    """

    trained: Checkpoint
    path: Path
    source: str
    symbols: np.ndarray
    marks: list[str]
    frameworks: list[str]
    layer: int
    units: list[int]
    find: list[str]
    out: Path
    timeout: float

    def name(self, index: int) -> str:
        codec, kept = language(self.trained)
        return codec.decode(np.array([index]), kept)


def asked_of(arguments: list[str]) -> Asked:
    """Read the command line; raises UserError."""
    options = parse("study neurons", arguments)
    trained = load_checkpoint(options.checkpoint)
    codec, kept = language(trained)
    frameworks = words(options.frameworks or [trained.run.framework])
    layer, units, find = shown(options, trained)
    text, source = text_of(options, trained, codec)
    symbols, source = symbols_of(text, source, codec, kept, options.unknown)
    return Asked(
        trained,
        options.checkpoint.resolve(),
        source,
        symbols,
        [codec.decode(symbols[t : t + 1], kept) for t in range(len(symbols))],
        frameworks,
        layer,
        units,
        find,
        options.out or Path("results") / trained.run.task,
        options.timeout,
    )


def language(
    trained: Checkpoint,
) -> tuple[LanguageModelCodec, Mapping[str, Any]]:
    """The codec and metadata of a checkpoint; UserError without one."""
    run = trained.run
    codec = get_task(run.task).codec
    if not isinstance(codec, LanguageModelCodec) or trained.kept is None:
        raise UserError(
            f"'{run.task} {run.cell}' is no language model; study neurons "
            "reads with the checkpoint of one"
        )
    return codec, trained.kept


def shown(
    options: Namespace, trained: Checkpoint
) -> tuple[int, list[int], list[str]]:
    """The layer, and its units or features to show."""
    model = trained.model
    layer = model.num_layers - 1 if options.layer is None else options.layer
    units, find = options.units or [], words(options.features or list(SCORES))
    if options.units and options.features:
        raise UserError("--units and --features both choose units; give one")
    for kind, value, size in (
        ("layer", layer, model.num_layers),
        *(("unit", unit, model.hidden_size) for unit in units),
    ):
        if not 0 <= value < size:
            raise UserError(f"there is no {kind} {value}, only 0 to {size - 1}")
    return layer, list(dict.fromkeys(units)), find if options.features else []


def text_of(
    options: Namespace, trained: Checkpoint, codec: LanguageModelCodec
) -> tuple[str, str]:
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
    run = trained.run
    try:
        dataset = get_task(run.task).load(run.data, run.seed)
    except DataError as error:
        raise UserError(f"{error}; or give --text or --file") from error
    symbols = stream(dataset.validation)[: LIMIT + 1]
    return codec.decode(symbols, codec.metadata(dataset)), "the validation part"


def symbols_of(
    text: str,
    source: str,
    codec: LanguageModelCodec,
    kept: Mapping[str, Any],
    way: str,
) -> tuple[np.ndarray, str]:
    """The first symbols (T,) of a text, and what they are in words."""
    if not text:
        raise UserError("the text is empty")
    symbols = codec.encode(text, kept, way)
    if len(symbols) < 2:
        raise UserError(
            f"symbols of the text that the model knows: {len(symbols)}; at "
            "least 2 are needed"
        )
    if len(symbols) > LIMIT:
        return symbols[:LIMIT], f"the first {LIMIT} symbols of {source}"
    return symbols, f"{source}, {len(symbols)} symbols"
