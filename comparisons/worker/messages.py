"""Messages between a worker and its parent: lines of JSON with arrays."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np

Message = dict[str, Any]
Emit = Callable[[Message], None]

REACHED = "reached"
"""The event of a validation that reaches its target."""

ARRAY = {"dtype", "shape", "values"}


def dumps(message: Message) -> str:
    return json.dumps(message, default=_fields)


def loads(line: str) -> Message:
    message: Message = json.loads(line, object_hook=_array)
    return message


def _fields(value: Any) -> Message:
    if not isinstance(value, np.ndarray):
        raise TypeError(f"{type(value).__name__} is neither JSON nor an array")
    values = value.ravel().tolist()
    return {"dtype": str(value.dtype), "shape": value.shape, "values": values}


def _array(found: Message) -> Any:
    if found.keys() != ARRAY:
        return found
    return np.array(found["values"], found["dtype"]).reshape(found["shape"])
