"""What a record of `runs.jsonl` holds: a JSON schema for each version."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from comparisons.records.store import SCHEMA, Record


def violations(record: Record) -> list[str]:
    """What is wrong with a record, a line each; nothing if all is right.

    The record says its version in `schema`; every field is described with
    its unit in `runs-1.json` beside this file (JSON Schema, draft 2020-12).
    Needs the library jsonschema, which the extra `test` installs.
    """
    version = record.get("schema")
    if version not in range(1, SCHEMA + 1):
        return [f"schema: {version} is not described, only {SCHEMA} is"]
    errors = list(validator(version).iter_errors(record))
    # A part that fails describes no field, so that all of its fields count
    # as undescribed too: that says nothing more.
    others = [e for e in errors if e.validator != "unevaluatedProperties"]
    return sorted(
        f"{'.'.join(map(str, error.absolute_path)) or 'record'}: "
        f"{error.message}"
        for error in others or errors
    )


def read_schema(version: int = SCHEMA) -> dict[str, Any]:
    """The schema of a version of the records.

    Versions differ in what a spec holds of model, train and data, of which
    the schema says no more than that they are objects.
    """
    file = resources.files(__name__) / "runs-1.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    schema["properties"]["schema"]["const"] = version
    return schema


@cache
def validator(version: int) -> Any:
    """What checks records of a version, made once."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(read_schema(version))
