"""The JSON Schema of the index."""

from typing import Any

from comparisons.vectors.kinds import DIRECTIONS, KINDS
from comparisons.vectors.plan import STATES
from comparisons.vectors.training import TRAININGS

TEXT, COUNT = {"type": "string"}, {"type": "integer", "minimum": 1}
NUMBER, FLAG = {"type": "number"}, {"type": "boolean"}
TEXTS = {"type": "array", "items": TEXT}


def strict(**fields: Any) -> dict[str, Any]:
    """An object with exactly these fields."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


KIND = strict(
    title=TEXT,
    formula=TEXT,
    family={"enum": ["recurrent", "attention", "ctc"]},
    states=TEXTS,
    weights=TEXTS,
    forget_bias=NUMBER,
    file=TEXT,
    bytes=COUNT,
    sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
)
CASE = strict(
    id=TEXT,
    lengths=FLAG,
    initial_state={"enum": list(STATES)},
    trained=FLAG,
)
GROUP = strict(
    kind={"enum": list(KINDS)},
    number={"type": "integer", "minimum": 0},
    directions={"enum": [*DIRECTIONS, ""]},
    layers=COUNT,
    steps=COUNT,
    batch=COUNT,
    inputs=COUNT,
    hidden=COUNT,
    cases={"type": "array", "items": CASE, "minItems": 1},
)
TRAINING = strict(
    steps=COUNT,
    learning_rate=NUMBER,
    momentum=NUMBER,
    beta1=NUMBER,
    beta2=NUMBER,
    epsilon=NUMBER,
)
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "The index of the conformance vectors",
    **strict(
        format={"const": "recurrent conformance vectors"},
        version={"type": "string", "pattern": r"^\d+\.\d+$"},
        trainings=strict(**dict.fromkeys(TRAININGS, TRAINING)),
        kinds={
            "type": "object",
            "propertyNames": {"enum": list(KINDS)},
            "additionalProperties": KIND,
        },
        groups={"type": "array", "items": GROUP, "minItems": 1},
    ),
}
