"""`python -m comparisons.records.schema`: publish the records' schema."""

import inspect
import json
import re
from typing import Any

import msgspec

from comparisons.records.environment import ROOT
from comparisons.records.record import KINDS, SCHEMA, Run
from shared.files.io import write_file

PUBLISHED = ROOT / "docs" / "schema" / f"runs-{SCHEMA}.json"

FLAT = re.compile(r"\{[^{}]*\}|\[[^][{}]*\]")
"""What fits a line: an object or a list of plain values."""


def schema() -> str:
    """The JSON schema (draft 2020-12) of a line of `runs.jsonl`."""
    kinds, parts = msgspec.json.schema_components(
        [Run, *KINDS.values()], ref_template="#/$defs/{name}"
    )
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A record of runs.jsonl, version {SCHEMA}",
        "oneOf": list(kinds),
        "$defs": {name: described(part) for name, part in parts.items()},
    }
    whole = null_last(whole)
    text = json.dumps(whole, indent=1)
    return FLAT.sub(lambda found: " ".join(found[0].split()), text) + "\n"


def described(part: dict[str, Any]) -> dict[str, Any]:
    """The part with its docstring as every version of msgspec shows it."""
    text = part.get("description")
    return (
        part if text is None else part | {"description": inspect.cleandoc(text)}
    )


def null_last(part: Any) -> Any:
    """The part with null as the last of alternatives, in every version."""
    if isinstance(part, list):
        return [null_last(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {name: null_last(one) for name, one in part.items()}
    if "anyOf" in found:
        found["anyOf"].sort(key=lambda one: one.get("type") == "null")
    return found


if __name__ == "__main__":
    write_file(PUBLISHED, schema())
