"""A record from one line of a file."""

import json
import re
from typing import Any

import msgspec
from msgspec import UNSET, Raw

from comparisons.records.record import KINDS, SCHEMA, Epoch, Run, typed
from comparisons.records.spec import Record
from comparisons.records.upgrade import upgraded
from shared.errors import UserError
from shared.fields import RENAMED_KEYS, current_keys

FIELDS = ("schema", "kind", "key", "status")
"""What every record has, whatever its version."""

SPECS = ("spec", "overrides", "model_spec", "train_spec", "data_spec")
"""Fields whose keys are options, renamed by their task."""

UNCHANGED = {*SPECS, "epochs", "inference_seconds", "data_hashes"}
"""Fields whose keys are not renamed."""

OLD_KEY = re.compile(rb'"(?:%s)"\s*:' % "|".join(RENAMED_KEYS).encode())

START = re.compile(
    rb'{"schema": ?(?P<schema>\d+), ?"kind": ?"(?P<kind>\w+)", '
    rb'?"key": ?"(?P<key>\w*)", ?(?:"status": ?"(?P<status>\w+)",)?'
)
"""How the lines begin that any version wrote."""

INVALID = (
    *(msgspec.MsgspecError, ValueError, OverflowError),
    RecursionError,
)
"""Raised for a line that is no record."""


class StoreError(UserError):
    """A folder or a file of records that cannot be used."""


class Head(msgspec.Struct):
    """What decides how a line is read."""

    schema: int
    kind: str
    key: str
    status: str


REPEATED = {"machine", "versions", "model_spec", "train_spec", "checks"}
"""Fields whose JSON is the same in many records."""

OLD = ("model_spec", "train_spec", "floor", "facts", "gaps", "baselines")
"""Fields of version 1 alone, and of what is no run."""

OLD_TYPES = {**dict.fromkeys((*REPEATED, "detail"), Raw), "epochs": list[Epoch]}
"""Field -> the type that is read fastest; others are any JSON."""

OldRecord = msgspec.defstruct(
    "OldRecord",
    [
        (name, OLD_TYPES.get(name, Any), UNSET)
        for name in (*Run.__struct_fields__, *OLD)
    ],
    forbid_unknown_fields=True,
)
"""A run, its baselines, or its checks, as version 1 wrote them."""


class Known(dict[bytes, Any]):
    """The JSON of fields of earlier lines -> their values."""

    def __missing__(self, text: bytes) -> Any:
        return self.setdefault(text, msgspec.json.decode(text))


heads = msgspec.json.Decoder(Head)
old_records = msgspec.json.Decoder(OldRecord)
fields_of = msgspec.json.Decoder(dict[str, Raw])
decoders: dict[str, msgspec.json.Decoder[Any]] = {
    **{kind: msgspec.json.Decoder(struct) for kind, struct in KINDS.items()},
    "ok": msgspec.json.Decoder(Run),
}
"""Kind of a record, "ok" for a run with a result -> its decoder."""


def read_record(
    line: bytes | str,
    place: str,
    detail: bool = True,
    known: Known | None = None,
) -> Record:
    """The record of a line, without its detail if that is not needed.

    A result that lacks a field counts as a run that failed. What is no record
    raises one of INVALID, a later schema StoreError. known: fields of the
    lines before, where there are many.
    """
    text = line.encode() if isinstance(line, str) else line
    record = quick_record(text, detail)
    if record is None:
        fields = None if detail or known is None else old_fields(text, known)
        record = slow_record(fields or decoded(text, detail), place)
    if isinstance(record, Run) and not detail:
        record.detail = {}
    return record


def key_in(text: bytes) -> str:
    """The key of a line; one of INVALID if it has none."""
    start = START.match(text)
    return start["key"].decode() if start else heads.decode(text).key


def quick_record(text: bytes, detail: bool) -> Record | None:
    """The record of a line of this version; None if it needs more care."""
    try:
        schema, kind, status = head_of(text)
        if schema != SCHEMA:
            return None
        # The fields of records are typed, those of details are not.
        if (detail or kind != "run") and OLD_KEY.search(text):
            return None
        result = kind == "run" and status == "ok"
        found: Record = decoders["ok" if result else kind].decode(text)
    except (*INVALID, KeyError):
        return None
    return found


def head_of(text: bytes) -> tuple[int, str, str]:
    """The schema, kind, and status of a line."""
    start = START.match(text)
    if start and start["status"]:  # decoding would read all of the line
        schema, kind, _, status = start.groups()
        return int(schema), kind.decode(), status.decode()
    head = heads.decode(text)
    return head.schema, head.kind, head.status


def slow_record(fields: dict[str, Any], place: str) -> Record:
    """The record of the fields of a line of any version."""
    schema = fields.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise StoreError(
            f"{place} has schema {schema}; this version reads schema 1 and "
            f"{SCHEMA}"
        )
    missing = [name for name in FIELDS if name not in fields]
    if missing:
        raise ValueError(f"it lacks {', '.join(missing)}")
    if schema not in (1, SCHEMA):
        raise ValueError("its schema is no version")
    if schema == 1:
        fields = upgraded(fields)
    try:
        return typed(fields)
    except msgspec.ValidationError as error:
        if fields["status"] != "ok":
            raise
        # Without its result, it has the fields of every record alone.
        names = fields.keys() & Record.__struct_fields__
        head = {name: fields[name] for name in names}
        said = f"the record is invalid: {error}"
        return typed({**head, "status": "failed", "error": said})


def old_fields(text: bytes, known: Known) -> dict[str, Any] | None:
    """The fields of an OldRecord without its detail; None if it is none."""
    try:
        text.decode()
        fields = msgspec.structs.asdict(old_records.decode(text))
        del fields["detail"]
        for name in REPEATED:
            if fields[name] is not UNSET:
                fields[name] = known[bytes(fields[name])]
    except msgspec.DecodeError:
        return None
    return {
        RENAMED_KEYS.get(name, name): value
        if name != "facts"
        else current_keys(value)
        for name, value in fields.items()
        if value is not UNSET
    }


def decoded(text: bytes, detail: bool) -> dict[str, Any]:
    """The fields of a JSON object under the keys of today."""
    try:
        text.decode()
        found = {
            name: msgspec.json.decode(value)
            for name, value in fields_of.decode(text).items()
            if detail or name != "detail"
        }
    except msgspec.DecodeError:
        found = json.loads(text)  # which may have NaN
        msgspec.json.encode(found)  # half of a surrogate pair is no text
        if not isinstance(found, dict):
            raise ValueError("it is no JSON object") from None
    return {
        RENAMED_KEYS.get(name, name): value
        if name in UNCHANGED
        else current_keys(value)
        for name, value in found.items()
    }
