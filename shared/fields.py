"""Fields of records: what each admits, and which models heed it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import field
from functools import partial
from typing import Any

from shared.errors import SpecError, unknown


def option(default: Any, text: str, **rules: Any) -> Any:
    """A field with its help and the values that it admits.

    rules: bounds (least, above, below, most), choices, and the models that
    use it, if not all do.
    """
    return field(default=default, metadata={"help": text, **rules})


count = partial(option, least=1)
from_zero = partial(option, least=0)
rate = partial(option, least=0.0, below=1.0)

RENAMED_FIELDS = {
    # of models and training
    "layers": "impl",
    "schedule": "lr_schedule",
    "decay": "lr_decay",
    "decay_after": "lr_decay_start",
    "buckets": "num_buckets",
    # of data
    "units": "tokenizer",
    "pieces": "vocab_size",
    "takes": "max_train_takes",
    "bands": "n_mels",
    "steps": "bptt",
    "keep": "truncate",
    "smooth": "smoothing_window",
    "scaling": "normalize",
    "repeats": "keep_duplicates",
    # of decoding
    "longest": "max_new_tokens",
}
"""Old name of a field -> its name.

Read in stored specs, and accepted as a flag, wherever a record has the new
name and not the old one: a language model's window was `steps`, which other
tasks still have.
"""

RENAMED_VALUES = {"truncate": {"tail": "pre", "head": "post"}}
"""Field -> old value -> its value."""


def current_name(name: str, names: Collection[str]) -> str:
    """The name of a field among `names`, given that or its old one."""
    new = RENAMED_FIELDS.get(name, name)
    return new if name not in names and new in names else name


def current_fields(
    given: Mapping[str, Any], names: Collection[str]
) -> dict[str, Any]:
    """Stored fields under the names and with the values of today."""
    found = {}
    for old, value in given.items():
        name = current_name(old, names)
        values = RENAMED_VALUES.get(name, {})
        found[name] = values.get(value, value) if values else value
    forcing = found.get("teacher_forcing")
    if isinstance(forcing, str):  # "linear", or a number as text
        linear = forcing == "linear"
        found["teacher_forcing"] = 1.0 if linear else float(forcing)
        found["teacher_forcing_decay"] = "linear" if linear else "none"
    return found


def check(record: Any) -> None:
    """Raise SpecError for the first field with a value not admitted."""
    for item in dataclasses.fields(record):
        value, rule = getattr(record, item.name), item.metadata
        if rule.get("choices") and value not in rule["choices"]:
            raise SpecError(unknown(item.name, value, rule["choices"]))
        for name, holds, words in (
            ("least", lambda v, b: v >= b, "at least"),
            ("above", lambda v, b: v > b, "above"),
            ("below", lambda v, b: v < b, "below"),
            ("most", lambda v, b: v <= b, "at most"),
        ):
            bound = rule.get(name)
            if bound is not None and not holds(value, bound):
                raise SpecError(
                    f"{item.name} must be {words} {bound}, not {value}"
                )
