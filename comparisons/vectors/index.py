"""Read the files of the cases: what each reads, and what is right."""

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.vectors.build import FORMAT, INDEX
from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.plan import VERSION
from comparisons.vectors.training import TRAININGS
from shared.errors import UserError, unknown
from shared.files.io import read_text

FEW = 30
"""Below so many cases of a kind, one of them is trained."""

TARGETS = ("context", "outputs", "h", "c")
"""In the order of the loss; the files are sorted by name."""


class Expected(NamedTuple):
    """What is right, in float64; trainings: optimizer -> losses, weights."""

    outputs: Arrays
    gradients: Arrays
    trainings: dict[str, Arrays]


class Vectors:
    """The cases of a folder; UserError where it has none that can be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / INDEX
        if not path.is_file():
            raise UserError(
                f"'{folder}' has no {INDEX}; write it: compare.py vectors "
                f"build --out {folder}"
            )
        self.index = parsed(path)
        self.shards: dict[str, dict[int, Arrays]] = {}

    @cached_property
    def places(self) -> dict[str, tuple[dict[str, Any], int]]:
        """Case -> its group in the index, and its row there."""
        return {
            case["id"]: (group, row)
            for group in self.index["groups"]
            for row, case in enumerate(group["cases"])
        }

    def names(self, kind: str, limit: int | None = None) -> list[str]:
        """Cases of a kind: all, or so many spread evenly, the trained first."""
        own = [
            n for n, (group, _) in self.places.items() if group["kind"] == kind
        ]
        if limit is None or limit >= len(own):
            return own
        trained = [n for n in own if self.planned(n)["trained"]]
        some = trained[:1] if limit < FEW else trained[::4]
        rest = [n for n in own if n not in some]
        count = max(0, limit - len(some))
        steps = np.linspace(0, len(rest) - 1, count).astype(int)
        return (some + [rest[i] for i in dict.fromkeys(steps)])[:limit]

    def planned(self, name: str) -> dict[str, Any]:
        group, row = self.places[name]
        found: dict[str, Any] = group["cases"][row]
        return found

    def read(self, name: str) -> tuple[Case, Expected]:
        """A case by its name; UserError for one that there is not."""
        if name not in self.places:
            raise UserError(unknown("case", name, self.places))
        group, row = self.places[name]
        planned = group["cases"][row]
        trained = [case["trained"] for case in group["cases"]]
        parts: dict[str, Arrays] = {}
        own = self.shard(group["kind"])[group["number"]]
        for tensor, array in own.items():
            part, _, rest = tensor.partition("/")
            if part not in TRAININGS:
                parts.setdefault(part, {})[rest] = array[row]
            elif planned["trained"]:
                place = sum(trained[:row])
                parts.setdefault(part, {})[rest] = array[place]
        return case_of(group, planned, parts), Expected(
            parts["outputs"],
            parts["gradients"],
            {n: parts[n] for n in TRAININGS if n in parts},
        )

    def shard(self, kind: str) -> dict[int, Arrays]:
        """Group -> the tensors of a kind's file, which is read once."""
        if kind not in self.shards:
            from safetensors.numpy import load_file

            path = self.folder / self.index["kinds"][kind]["file"]
            if not path.is_file():
                raise UserError(f"there is no file '{path}'; build it anew")
            groups: dict[int, Arrays] = {}
            for name, array in load_file(path).items():
                number, _, rest = name.partition("/")
                groups.setdefault(int(number), {})[rest] = array
            self.shards[kind] = groups
        return self.shards[kind]

    def cases(self, kind: str) -> Iterator[tuple[Case, Expected]]:
        return map(self.read, self.names(kind))


def parsed(path: Path) -> dict[str, Any]:
    """The index; UserError where it is none, or of another version."""
    try:
        index: dict[str, Any] = json.loads(read_text(path))
        found, version = index["format"], index["version"]
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"'{path}' is no index of cases") from error
    if (
        found != FORMAT
        or version.partition(".")[0] != VERSION.partition(".")[0]
    ):
        raise UserError(
            f"'{path}' is of {found} {version}; this code reads {VERSION}"
        )
    return index


def case_of(
    group: dict[str, Any], planned: dict[str, Any], parts: dict[str, Arrays]
) -> Case:
    """A case, in float64; a state that is not given has no array."""
    given = planned["initial_state"] != "none"
    arrays = {
        name: array.astype("f8")
        for name, array in parts["arrays"].items()
        if given or not name.startswith("initial.")
    }
    labels = parts.get("labels")
    return Case(
        id=planned["id"],
        kind=group["kind"],
        directions=group["directions"],
        layers=group["layers"],
        hidden=group["hidden"],
        arrays=arrays,
        lengths=parts["lengths"][""].astype(int)
        if planned["lengths"]
        else None,
        targets={
            name: parts["targets"][name].astype("f8")
            for name in TARGETS
            if name in parts.get("targets", {})
        },
        labels=labels[""].astype(int) if labels else None,
    )
