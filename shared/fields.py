"""Fields of records: what each admits, and which models heed it."""

from __future__ import annotations

import dataclasses
from dataclasses import field
from typing import Any

from shared.errors import SpecError, unknown


def option(
    default: Any,
    text: str,
    *,
    least: float | None = None,
    above: float | None = None,
    below: float | None = None,
    most: float | None = None,
    choices: tuple[str, ...] | None = None,
    models: tuple[str, ...] | None = None,
) -> Any:
    """A field with its help, admitted values, and the models that use it."""
    bounds = {"least": least, "above": above, "below": below, "most": most}
    metadata = {"help": text, "choices": choices, "models": models, **bounds}
    return field(default=default, metadata=metadata)


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
