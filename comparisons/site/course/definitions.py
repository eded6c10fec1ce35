"""Definitions of the three packages by their names, for the tabs of a page."""

from collections.abc import Mapping
from functools import cache
from textwrap import dedent
from typing import NamedTuple

from comparisons.frameworks import DEFAULT, get_framework
from comparisons.reader.ast_index import CALLS
from comparisons.reader.idioms import reason
from comparisons.reader.source import Package, read_packages, text_lines
from comparisons.records.environment import ROOT
from shared.errors import UserError, unknown

FRAMEWORKS = {get_framework(name).package: name for name in DEFAULT}
"""Package -> its framework."""


class Code(NamedTuple):
    """A definition in one package, or the reason why it has none.

    line: its first one, from 1; 0 without code.
    """

    path: str
    line: int
    text: str
    reason: str = ""


@cache
def packages() -> dict[str, Package]:
    return read_packages(ROOT)


def definition(
    name: str, known: Mapping[str, Package] | None = None
) -> dict[str, Code]:
    """Framework -> the code of `file.Name` or `file.Name.method`.

    A name that no package has raises UserError. The method that applies a
    module is `call` for all: forward, call, and __call__.
    """
    known = known or packages()
    file, _, place = name.partition(".")
    file, place = f"{file}.py", common(place)
    choices = {
        f"{path.removesuffix('.py')}.{item}"
        for package in known.values()
        for path, source in package.items()
        for item in source.definitions
    }
    having = [
        package
        for package, files in known.items()
        if file in files and place in files[file].definitions
    ]
    if not having:
        raise UserError(unknown("definition", name, choices))
    missing = reason(having, file, place) or "the others need none"
    return {
        framework: code_of(known[package], package, file, place)
        if package in having
        else Code(f"{package}/{file}", 0, "", missing)
        for package, framework in FRAMEWORKS.items()
    }


def common(name: str) -> str:
    """ScratchLayer.forward -> ScratchLayer.call, as the index has it."""
    owner, dot, last = name.rpartition(".")
    return f"{owner}.call" if dot and last in CALLS else name


def code_of(package: Package, name: str, file: str, place: str) -> Code:
    """The lines of a definition; those of a class have its methods."""
    source = package[file]
    lines, known = text_lines(source.text), source.definitions
    found = [
        number
        for item, one in known.items()
        if item == place or item.startswith(f"{place}.")
        for number in one.lines
    ]
    first, last = min(found), max(found)
    text = dedent("\n".join(lines[first - 1 : last]))
    return Code(f"{name}/{file}", first, text)
