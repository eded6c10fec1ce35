"""Imports follow the arrows of the map, and no circle of files exists."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from factories.implementations import PACKAGES

from comparisons.records.environment import ROOT

LAYERS = {
    "comparisons": (
        ("",),
        ("compare",),
        ("api",),
        ("commands",),
        ("site",),
        ("tuning", "atlas"),
        (
            *("bench", "exercises", "studies", "report", "reader", "vectors"),
            "speedrun",
        ),
        ("export", "publish"),
        ("runs", "figures"),
        ("analysis", "worker"),
        ("arguments", "equivalence"),
        ("records",),
        ("frameworks", "implementation"),
    ),
    "shared": (
        ("exercises",),
        ("reference", "tasks"),
        ("datasets",),
        ("text",),
        ("task", "metrics"),
        ("exhibits", "batching", "decoding", "files", "weights"),
        ("specs",),
        ("fields",),
        ("errors",),
        ("printable",),
    ),
}
"""Rooms from top to bottom: an import goes down or stays in its room, and
the rooms of one line do not know each other."""

MOST_FILES = {"comparisons": 4, "shared": 6}
"""Python files at the top of a package."""


def sources(root: Path, package: str) -> dict[str, ast.Module]:
    """Module -> its parsed source, of one package."""
    found = {}
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imports(tree: ast.Module, modules: set[str]) -> Iterator[str]:
    """The modules that a file imports, at its top or in a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if full in modules:
                    yield full
                elif node.module in modules:
                    yield node.module


def graph(root: Path, package: str) -> dict[str, set[str]]:
    """Module -> the modules of its package that it imports."""
    trees = sources(root, package)
    return {
        name: set(imports(tree, set(trees))) - {name}
        for name, tree in trees.items()
    }


def room(module: str) -> str:
    """The folder or file below the package: a.b.c -> b."""
    return module.split(".")[1] if "." in module else ""


def wrong_arrows(root: Path, package: str) -> list[str]:
    """Imports that go up, or sideways to another room of the same line."""
    level = {
        name: depth
        for depth, names in enumerate(LAYERS[package])
        for name in names
    }
    return [
        f"{source} imports {target}"
        for source, targets in graph(root, package).items()
        for target in sorted(targets)
        if room(source) != room(target)
        and level[room(source)] >= level[room(target)]
    ]


def circle(root: Path, package: str) -> list[str]:
    """The modules of a circle of imports; empty where there is none."""
    try:
        TopologicalSorter(graph(root, package)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize("package", LAYERS)
def test_imports_follow_the_layers(package):
    assert wrong_arrows(ROOT, package) == []


@pytest.mark.parametrize("package", LAYERS)
def test_no_import_cycle_exists(package):
    assert circle(ROOT, package) == []


@pytest.mark.parametrize("package", LAYERS)
def test_every_folder_has_its_layer_and_few_files_are_outside(package):
    rooms = {room(name) for name in sources(ROOT, package)} - {""}
    layers = {name for names in LAYERS[package] for name in names}
    assert rooms == layers - {""}
    assert len(list((ROOT / package).glob("*.py"))) <= MOST_FILES[package]


@pytest.mark.parametrize("package", [*LAYERS, "tests"])
def test_no_folder_is_crowded(package):
    folders = [p for p in (ROOT / package).rglob("*") if p.is_dir()]
    counts = {p: len(list(p.glob("*.py"))) for p in folders}
    assert max(counts.values()) <= 22, max(counts, key=counts.__getitem__)


def crowded_prefixes(root: Path, package: str) -> list[str]:
    """Folders with three files of one prefix that is not the folder's name.

    Modules of tests are imported by their names alone, so that one in the
    folder `bench` is still `test_bench_scan`.
    """
    groups = Counter(
        (path.parent, path.stem.removeprefix("test_").partition("_")[0])
        for path in (root / package).rglob("*.py")
        if not path.stem.startswith("__")
    )
    return sorted(
        f"{folder.relative_to(root)}/{prefix}"
        for (folder, prefix), count in groups.items()
        if count >= 3 and not folder.name.startswith(prefix)
    )


@pytest.mark.parametrize("package", [*LAYERS, *PACKAGES, "tests"])
def test_three_files_of_one_prefix_are_a_folder(package):
    assert crowded_prefixes(ROOT, package) == []


def test_three_files_of_one_prefix_are_found(tmp_path):
    files = dict.fromkeys(["text__word_a", "text__word_b", "text__word"], "")
    root = planted(tmp_path, **files, specs__specs="", specs__specs_a="")
    assert crowded_prefixes(root, "shared") == ["shared/text/word"]


@pytest.mark.parametrize("package", ["shared", "comparisons"])
def test_no_framework_is_imported(package):
    names = {"torch", "keras", "tensorflow", "jax", "flax", "optax"}
    theirs = ("comparisons.bench.loops.", "comparisons.vectors.adapters.")
    for name, tree in sources(ROOT, package).items():
        for node in ast.walk(tree):
            found = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [getattr(node, "module", None) or ""]
            )
            heads = {text.split(".")[0] for text in found}
            assert not heads & names or name.startswith(theirs), name


OF_THE_WORKER = {
    *("messages", "requests"),  # what is sent
    *("studies.neurons", "attention_maps"),  # of a text, also without a process
    # Their models, and the names of paths.
    *("timing.attention", "timing.padding", "timing.paths", "timing.scan"),
}
"""Modules of `comparisons.worker` that its clients know."""


def test_clients_know_what_is_sent_and_no_job():
    trees = sources(ROOT, "comparisons")
    inside = "comparisons.worker."
    known = {
        target
        for name, tree in trees.items()
        if not name.startswith(inside)
        for target in imports(tree, set(trees))
        if target.startswith(inside)
    }
    assert known <= {inside + name for name in OF_THE_WORKER}
    for name in ("messages", "requests"):
        jobs = imports(trees[inside + name], set(trees))
        assert f"{inside}jobs" not in set(jobs)


def planted(tmp_path: Path, **files: str) -> Path:
    """A small package `shared` with these files, `folder__name`."""
    for name, text in files.items():
        path = tmp_path / "shared" / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_an_upward_import_is_found(tmp_path):
    root = planted(
        tmp_path,
        specs="def load():\n    from shared.tasks.memory import echo\n",
        tasks__memory__echo="from shared.specs import load\n",
        exhibits__kinds="import shared.decoding.sampling\n",
        decoding__sampling="",
        weights__checkpoints="from shared.tasks.memory import echo\n",
    )
    assert wrong_arrows(root, "shared") == [
        "shared.exhibits.kinds imports shared.decoding.sampling",
        "shared.specs imports shared.tasks.memory.echo",
        "shared.weights.checkpoints imports shared.tasks.memory.echo",
    ]


def test_a_cycle_inside_a_folder_is_found(tmp_path):
    root = planted(
        tmp_path,
        text__tokens="from shared.text import splits\n",
        text__splits="def f():\n    from shared.text.tokens import g\n",
    )
    assert set(circle(root, "shared")) == {
        "shared.text.tokens",
        "shared.text.splits",
    }
