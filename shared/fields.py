"""Fields of records: what each admits, and which models use them."""

import dataclasses
import math
import operator
from collections.abc import Collection, Hashable, Mapping
from functools import cache, partial
from numbers import Real
from typing import Any

from shared.errors import SpecError, unknown

MOST_INTEGER = 2**63 - 1
"""Of 64 bits: what arrays are sized and files are written with."""

KINDS = {"int": (int, "a whole number"), "float": (Real, "a number")}
"""Annotation of a field -> what its value must be."""

BOUNDS = {
    "least": (operator.ge, "at least"),
    "above": (operator.gt, "above"),
    "below": (operator.lt, "below"),
    "most": (operator.le, "at most"),
}


def option(
    default: Any, text: str, choices: Collection[str] = (), **rules: Any
) -> Any:
    """A field with its help and the values that it admits.

    rules: BOUNDS, the models and the datasets that use it, if not all do,
    whether a text may be `blank`, and `prefixes` of what may follow besides the
    choices, such as "hf:" of a file.
    """
    metadata = {"help": text, "choices": tuple(choices), **rules}
    return dataclasses.field(default=default, metadata=metadata)


def several(kind: type, text: str) -> Any:
    """A field of several texts or numbers; none unless given."""
    return option((), text, each=kind)


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
    "train_share": "split",
    # of decoding
    "longest": "max_new_tokens",
}
"""Old name of a field -> its name, in stored specs and as a flag.

It is used wherever a record has the new name and not the old one: a language
model's window was `steps`, which other tasks still have.
"""

RENAMED_KEYS = {
    "kept": "metadata",
    "facts": "metadata",
    "floor": "noise_floor",
    "shares": "probs",
    "looks": "attention_maps",
    "written": "decoded",
    "read": "input",
    "asked": "target",
    "said": "predicted",
    "guess": "predicted",
    "symbols": "tokens",
    "worst_symbols": "worst_tokens",
    "rest": "later",
    "first_symbols": "first_tokens",
    "rest_symbols": "later_tokens",
}
"""Old key -> its name, in records and checkpoints, but not in their specs."""

RENAMED_VALUES: dict[str, dict[Any, str]] = {
    "dataset": {"sine": "one-wave"},
    "truncate": {"tail": "pre", "head": "post"},
    "tokenizer": {"word": "simple"},
    "split": {**dict.fromkeys((0.9, "0.9"), "90/10"), 0.95: "95/5"},
}
"""Field -> old value -> its value."""


def current_name(name: str, names: Collection[str]) -> str:
    """The name of a field among `names`, given that or its old one."""
    new = RENAMED_FIELDS.get(name, name)
    return new if name not in names and new in names else name


@cache
def current_names(
    given: tuple[str, ...], names: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """The names of today, and those of them with RENAMED_VALUES."""
    found = [current_name(old, names) for old in given]
    return found, [name for name in found if name in RENAMED_VALUES]


def current_fields(
    given: Mapping[str, Any], names: Collection[str]
) -> dict[str, Any]:
    """Stored fields under the names and with the values of today.

    SpecError for a share of teacher forcing that is not a number.
    """
    if not given:
        return {}
    names_now, revalued = current_names(tuple(given), tuple(names))
    fields = dict(zip(names_now, given.values()))
    for name in revalued:
        if not isinstance(fields[name], Hashable):
            continue  # refused where its type is checked
        fields[name] = RENAMED_VALUES[name].get(fields[name], fields[name])
    forcing = fields.get("teacher_forcing")
    if isinstance(forcing, str):  # "linear", or a number as text
        linear = forcing == "linear"
        try:
            fields["teacher_forcing"] = 1.0 if linear else float(forcing)
        except ValueError as error:
            raise SpecError(
                f"teacher_forcing '{forcing}' is not a number"
            ) from error
        fields["teacher_forcing_decay"] = "linear" if linear else "none"
    return fields


def current_keys(stored: Any) -> Any:
    """Stored JSON with the keys of today, at any depth."""
    if isinstance(stored, dict):
        return {
            RENAMED_KEYS.get(key, key): current_keys(value)
            for key, value in stored.items()
        }
    if isinstance(stored, list):
        return [current_keys(item) for item in stored]
    return stored


def check_choice(name: str, value: Any, rules: Mapping[str, Any]) -> None:
    """Raise SpecError for a value that is none of the choices."""
    choices, prefixes = rules.get("choices"), rules.get("prefixes", ())
    if not choices or value in choices:
        return
    longer = [p for p in prefixes if str(value).startswith(p) and value != p]
    if not longer:
        files = (f"{prefix}FILE" for prefix in prefixes)
        raise SpecError(unknown(name, value, (*choices, *files)))


def check(record: Any) -> None:
    """Raise SpecError for the first field with a value not admitted."""
    for item in dataclasses.fields(record):
        value, rules = getattr(record, item.name), item.metadata
        check_choice(item.name, value, rules)
        kind = getattr(item.type, "__name__", item.type)
        if kind in KINDS and not isinstance(value, KINDS[kind][0]):
            raise SpecError(
                f"{item.name} must be {KINDS[kind][1]}, not {value!r}"
            )
        if isinstance(value, float) and not math.isfinite(value):
            raise SpecError(f"{item.name} must be finite, not {value}")
        if isinstance(value, int) and abs(value) > MOST_INTEGER:
            raise SpecError(
                f"{item.name} must be at most {MOST_INTEGER}, not {value}"
            )
        for name, (holds, words) in BOUNDS.items():
            if name in rules and not holds(value, rules[name]):
                raise SpecError(
                    f"{item.name} must be {words} {rules[name]}, not {value}"
                )
