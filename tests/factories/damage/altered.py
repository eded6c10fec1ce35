"""Checkpoints of several tasks, and files of them that were altered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.records.checkpoints import load_checkpoint
from factories import generated, pairs
from factories.specs import run_spec
from shared.specs import ModelSpec
from shared.weights.checkpoints import (
    Checkpoint,
    CheckpointError,
    save_checkpoint,
)
from shared.weights.layout import weight_shapes

DROP, EXTRA = object(), object()
"""In place of a value: it is left out, or has something more."""


def classifier(task, metadata, **sizes):
    """A checkpoint of zeros for texts."""
    spec = ModelSpec(
        model="tagger" if task == "tagging" else "classifier",
        cell="gru",
        input="embedding",
        embedding_size=2,
        hidden_size=3,
        **sizes,
    )
    shapes = weight_shapes(spec).items()
    weights = {name: np.zeros(shape, np.float32) for name, shape in shapes}
    result = {"metric": "accuracy", "validation": 0.5, "epoch": 1, "seed": 3}
    run = run_spec(task, "jax", "gru", seed=3, model={"hidden_size": 3})
    return Checkpoint(run, spec, weights, metadata, result, {"a.txt": "ff"})


def names():
    metadata = {"characters": "abc", "classes": ["x", "y", "z"]}
    return classifier("names", metadata, input_size=5, output_size=3)


def sentiment():
    words = {"words": ["good", "bad"], "classes": ["no", "yes"]}
    metadata = {**words, "steps": 9, "truncate": "pre"}
    return classifier("sentiment", metadata, input_size=4, output_size=1)


def tagging():
    metadata = {
        "words": ["a", "cat"],
        "characters": ["a", "c", "t"],
        "char_steps": 4,
        "classes": ["DET", "NOUN"],
    }
    sizes = {"input_size": 4, "output_size": 2, "char_size": 5}
    return classifier("tagging", metadata, **sizes)


SAVED = {
    "names": names,
    "sentiment": sentiment,
    "tagging": tagging,
    "charlm": generated.saved,
    "translate": pairs.saved,
}


class Altered:
    """The bytes of a checkpoint, and what a changed file of them gives."""

    def __init__(self, path: Path, saved: Checkpoint) -> None:
        self.path = path
        save_checkpoint(path, saved)
        data = path.read_bytes()
        size = 8 + int.from_bytes(data[:8], "little")
        self.header, self.body = json.loads(data[8:size]), data[size:]

    @property
    def texts(self) -> dict[str, str]:
        texts: dict[str, str] = self.header["__metadata__"]
        return texts

    def error(self, header: Any, body: bytes | None = None) -> str:
        """The message on a file with this header; "" if it is read."""
        text = json.dumps(header).encode()
        size = len(text).to_bytes(8, "little")
        self.path.write_bytes(size + text + (body or self.body))
        try:
            load_checkpoint(self.path)
        except CheckpointError as error:
            assert str(self.path) in str(error)
            assert "\n" not in str(error)
            return str(error)
        return ""

    def with_field(self, name: str, text: object) -> str:
        header = deepcopy(self.header)
        changed(header["__metadata__"], name, text)
        return self.error(header)

    def with_value(self, name: str, path: tuple, value: object) -> str:
        """The field with something else at this place of its JSON."""
        found = json.loads(self.texts[name])
        place = found
        for step in path[:-1]:
            place = place[step]
        changed(place, path[-1], value)
        return self.with_field(name, json.dumps(found))

    def with_tensor(self, name: str, **fields: Any) -> str:
        header = deepcopy(self.header)
        header[name] |= fields
        return self.error(header)


def changed(place: Any, key: Any, value: object) -> None:
    if value is DROP:
        del place[key]
    elif value is EXTRA and isinstance(place[key], dict):
        place[key]["extra"] = 1
    elif value is EXTRA:
        place[key] = [place[key], place[key]]
    else:
        place[key] = value


def paths(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """Each place of some JSON; of a list its first item."""
    items = list(enumerate(value))[:1] if isinstance(value, list) else ()
    for key, item in value.items() if isinstance(value, dict) else items:
        yield (*path, key)
        yield from paths(item, (*path, key))
