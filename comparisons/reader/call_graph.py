"""Which definitions a task's code uses, by what refers to what."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from functools import cache

from comparisons.reader.ast_index import MODULE, Definition
from comparisons.reader.source import Package, Place, Source
from shared.specs import CELLS, IMPLS
from shared.task import Task

ROOTS = (
    *("build_model", "fit"),
    *("load_weights", "export_weights", "count_parameters"),
)
"""What the runner calls of a package for any task."""

EVALUATION = {
    **dict.fromkeys(("forecaster", "classifier", "tagger"), ("predict",)),
    **dict.fromkeys(("autoencoder", "sequence_forecaster"), ("predict",)),
    **dict.fromkeys(("speech_recognizer", "video_model"), ("predict",)),
    "frame_model": ("predict", "generate"),
    "language_model": ("token_nll", "generate"),
    "seq2seq": ("teacher_forced_scores", "decode", "attention_maps"),
}
"""Model -> what the runner calls after training."""

HOOKS = ("__init__", "build", "call")
"""Methods that a framework calls, whether or not a package does too."""

Chosen = frozenset[str]
"""The keys that a task and a cell choose in tables."""


def chosen_keys(task: Task, cell: str) -> Chosen:
    """The words of a task's model and training, and `.field` of set fields.

    All kinds of layers are chosen. A field counts as set if a preset sets it.
    """
    fields = [*asdict(task.model).items(), *asdict(task.train).items()]
    words = {value for _, value in fields if isinstance(value, str)}
    for preset in task.presets.values():
        for part in ("model", "train"):
            fields += preset.get(part, {}).items()
    options = {f".{name}" for name, value in fields if value}
    chosen = words - set(CELLS) | {cell, task.model.loss, *IMPLS} | options
    return frozenset(chosen)


@cache
def decisive_keys(sources: tuple[Source, ...]) -> Chosen:
    """The keys that change what is shown."""
    found = (
        {*item.entries, *(f".{option}" for option in item.options)}
        for source in sources
        for item in source.definitions.values()
    )
    return frozenset[str]().union(EVALUATION, *found)


def used_places(packages: dict[str, Package], chosen: Chosen) -> set[Place]:
    """All that some package reaches, and definitions without references.

    A definition reached in one framework counts in all: the mirrored packages
        hold the same definitions.
    """
    roots = ROOTS + sum((EVALUATION[n] for n in EVALUATION.keys() & chosen), ())
    internal = set[str]().union(*map(attributes, packages.values()))
    found: set[Place] = set()
    while True:
        files = {file for file, _ in found}
        more = set(found)
        for package in packages.values():
            nearby = {p for p in unreferenced(package) if p[0] in files}
            entrances = {package["__init__.py"].imports[n] for n in roots}
            starts = found | nearby | entrances
            more |= reached(package, starts, chosen, internal)
        if more == found:
            return found
        found = more


def reached(
    package: Package,
    starts: Iterable[Place],
    chosen: Chosen,
    internal: Collection[str] = (),
) -> set[Place]:
    """Names the starts refer to, transitively, in one package.

    internal: methods that the packages call themselves: one of a class is
        reached only where a reached definition calls it.
    """
    found: set[Place] = set()
    called: set[str] = set()
    waiting: set[Place] = set()
    todo = list(starts)
    while todo:
        file, name = place = todo.pop()
        source = package.get(file)
        if place in found or not source or name not in source.definitions:
            continue
        found.add(place)
        names = source.definitions
        called |= names[name].attributes
        waiting |= {(file, n) for n in names if n.startswith(f"{name}.")}
        todo += places(source, file, used_names(names[name], chosen))
        ready = {
            (file, method)
            for file, method in waiting
            if (word := method.rpartition(".")[2]) in called
            or word not in internal
            or word in HOOKS
        }
        todo += ready
        waiting -= ready
    return found


def attributes(package: Package) -> set[str]:
    """All names after a dot in a package."""
    return set[str]().union(
        *(
            definition.attributes
            for source in package.values()
            for definition in source.definitions.values()
        )
    )


def used_names(definition: Definition, chosen: Chosen) -> frozenset[str]:
    """The names a definition refers to; of a table, in chosen entries.

    A table of some cells has nothing for the others.
    """
    keys = chosen & definition.entries.keys()
    if not keys and definition.entries and set(CELLS) > set(definition.entries):
        return frozenset()
    uses = [definition.entries[key].uses for key in keys] or [definition.uses]
    unset = [
        names
        for option, names in definition.options.items()
        if f".{option}" not in chosen
    ]
    return frozenset[str]().union(*uses) - frozenset[str]().union(*unset)


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
