"""The header of a checkpoint: JSON text whose types are checked."""

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Annotated, Any, NoReturn, get_type_hints

from msgspec import Meta, Struct, ValidationError, convert

from shared.errors import SpecError, UserError, unknown
from shared.fields import current_fields
from shared.specs import INITS, LOSSES, ModelSpec

LONGEST = 200
"""Characters of a fault that a message shows."""


class CheckpointError(UserError):
    """A file that is not a checkpoint, or is incomplete."""


class Result(Struct, forbid_unknown_fields=True):
    """What the saved weights reach, and of which epoch and seed they are."""

    metric: str = ""
    validation: float | None = None
    epoch: Annotated[int, Meta(ge=0)] | None = None
    seed: Annotated[int, Meta(ge=0)] | None = None

    def __post_init__(self) -> None:
        """A score is of a metric."""
        if self.validation is not None and not self.metric:
            raise ValueError("validation is of no metric")


TYPES: dict[str, Any] = {
    "run": dict[str, Any],
    "model": dict[str, Any],
    "metadata": dict[str, Any] | None,
    "result": Result,
    "data_hashes": dict[str, str],
}
"""Field of the header -> the type of its JSON."""


@contextmanager
def checked(file: Path, field: str) -> Iterator[None]:
    """Context whose errors become a CheckpointError that names the field."""
    try:
        yield
    except RecursionError as error:
        raise CheckpointError(
            f"'{file}' has a damaged header: {field} is nested too deeply"
        ) from error
    except (ValidationError, ValueError, SpecError) as error:
        fault = str(error)
        if len(fault) > LONGEST:
            fault = f"{fault[:LONGEST]}…"
        raise CheckpointError(
            f"'{file}' has a damaged header: {field}: {fault}"
        ) from error


def parsed(texts: Mapping[str, str], field: str) -> Any:
    """The value of a field; ValueError if it is absent or of another type."""
    if field not in texts:
        raise ValueError("it is missing")
    value = json.loads(
        texts[field], parse_constant=_not_finite, parse_float=_finite
    )
    convert(value, TYPES[field])
    return value


def model_of(fields: Mapping[str, Any]) -> ModelSpec:
    """The model of stored fields, under the names of today."""
    given = current_fields(fields, _types(ModelSpec))
    check_types(given, ModelSpec)
    model = ModelSpec(**given)
    if model.model not in LOSSES:
        raise SpecError(unknown("model", model.model, LOSSES))
    if model.init not in INITS:
        raise SpecError(unknown("init", model.init, INITS))
    return model


def check_types(given: Mapping[str, Any], record: type) -> None:
    """ValueError for a field that a dataclass lacks or has as another type."""
    types = _types(record)
    for name, value in given.items():
        if name not in types:
            raise SpecError(unknown("option", name, types))
        try:
            convert(value, types[name])
        except ValidationError as error:
            raise ValueError(f"{name}: {error}") from error


@cache
def _types(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _not_finite(text)


def _not_finite(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a finite number")
