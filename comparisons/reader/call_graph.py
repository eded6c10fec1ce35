"""Which definitions a task's code uses, by what refers to what."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from comparisons.reader.ast_index import MODULE, Definition
from comparisons.reader.source import Package, Place, Source
from shared.specs import CELLS, IMPLS
from shared.task import Task

ROOTS = (
    *("build_model", "fit", "predict"),
    *("load_weights", "export_weights", "count_parameters"),
)
"""What the runner calls of a package for any task."""

Chosen = frozenset[str]
"""The keys that a task and a cell choose in tables."""


def chosen_keys(task: Task, cell: str) -> Chosen:
    """The words of a task's model and training; both kinds of layers."""
    values = [*asdict(task.model).values(), *asdict(task.train).values()]
    words = {value for value in values if isinstance(value, str)}
    return frozenset(words - set(CELLS) | {cell, task.model.loss, *IMPLS})


def used_places(packages: dict[str, Package], chosen: Chosen) -> set[Place]:
    """All that some package reaches, and definitions without references.

    A definition reached in one framework counts in all: the mirrored packages
        hold the same definitions.
    """
    found: set[Place] = set()
    while True:
        files = {file for file, _ in found}
        more = set(found)
        for package in packages.values():
            nearby = {p for p in unreferenced(package) if p[0] in files}
            entrances = {package["__init__.py"].imports[n] for n in ROOTS}
            more |= reached(package, found | nearby | entrances, chosen)
        if more == found:
            return found
        found = more


def reached(
    package: Package, starts: Iterable[Place], chosen: Chosen
) -> set[Place]:
    """Names the starts refer to, transitively, in one package."""
    found: set[Place] = set()
    todo = list(starts)
    while todo:
        file, name = place = todo.pop()
        source = package.get(file)
        if place in found or not source or name not in source.definitions:
            continue
        found.add(place)
        names = source.definitions
        todo += [(file, n) for n in names if n.startswith(f"{name}.")]
        todo += places(source, file, used_names(names[name], chosen))
    return found


def used_names(definition: Definition, chosen: Chosen) -> frozenset[str]:
    """The names a definition refers to; of a table, in chosen entries."""
    keys = chosen & definition.entries.keys()
    uses = [definition.entries[key].uses for key in keys] or [definition.uses]
    return frozenset[str]().union(*uses)


def shown_lines(
    definition: Definition, chosen: Iterable[str]
) -> tuple[int, ...]:
    """The lines of a definition without the entries that are not chosen.

    A table without a chosen entry is shown whole, the imports of a module never
    are.
    """
    entries = definition.entries
    keys = set(chosen) & entries.keys()
    if not keys and definition.name != MODULE:
        return definition.lines
    shown, hidden = (
        frozenset[int]().union(*(entries[key].lines for key in group))
        for group in (keys, entries.keys() - keys)
    )
    return tuple(n for n in definition.lines if n in shown or n not in hidden)


def unreferenced(package: Package) -> set[Place]:
    """Definitions that nothing in their package refers to."""
    found = {
        (file, name)
        for file, source in package.items()
        for name in source.definitions
        if name != MODULE and "." not in name
    }
    for file, source in package.items():
        found.difference_update(source.imports.values())
        for item in source.definitions.values():
            found.difference_update(places(source, file, item.uses))
    return found


def places(source: Source, file: str, names: Iterable[str]) -> Iterator[Place]:
    for name in names:
        if name in source.definitions:
            yield file, name
        elif name in source.imports:
            yield source.imports[name]
