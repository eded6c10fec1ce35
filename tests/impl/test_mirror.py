"""The three packages are mirror images; the arrows point one way.

The packages are parsed, never imported. What one framework alone needs
is listed in `comparisons.reader.idioms` with its reason.
"""

import ast
import shutil
from itertools import combinations

import pytest

from comparisons.reader.ast_index import MODULE
from comparisons.reader.idioms import IDIOM_ONLY, excused
from comparisons.reader.source import PACKAGES, read_source
from comparisons.records.environment import ROOT

FRAMEWORKS = {
    *("torch", "tensorflow", "keras", "jax", "jaxlib", "flax", "optax"),
    *("torchvision", "tf_keras", "haiku"),
}
OWN = {
    "pytorch_impl": {"torch"},
    "keras_impl": {"keras", "tensorflow"},  # the backend of its datasets
    "jax_impl": {"jax", "jaxlib", "flax", "optax"},
}
"""The frameworks that each package may import."""


def outline(path):
    """Name and docstring of each definition of a file, in order."""
    source = read_source(path.read_text(), path.parent.name)
    found = source.definitions.values()
    return [(d.name, d.doc) for d in found if d.name != MODULE]


def files(folder):
    return sorted(path.name for path in folder.glob("*.py"))


def mirrored(root, package, file):
    """The outline of a file without what is excused."""
    found = outline(root / package / file)
    return [item for item in found if not excused(package, file, item[0])]


def mismatches(root):
    """What is not the same in all three packages, in words."""
    first = PACKAGES[0]
    for other in PACKAGES[1:]:
        if files(root / first) != files(root / other):
            yield f"{first} and {other} have other files"
    shared = set.intersection(*(set(files(root / p)) for p in PACKAGES))
    for file in sorted(shared):
        for one, other in combinations(PACKAGES, 2):
            pair = [mirrored(root, p, file) for p in (one, other)]
            if pair[0] != pair[1]:
                differing = [
                    f"{name}: {text}"
                    for mine, its in (pair, pair[::-1])
                    for name, text in mine
                    if (name, text) not in its
                ]
                yield f"{file}: {one}, {other}: {differing or 'another order'}"


def imports(path):
    """The top-level packages that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def test_the_packages_are_mirror_images():
    assert list(mismatches(ROOT)) == []


@pytest.mark.parametrize("key", IDIOM_ONLY)
def test_every_exception_exists_and_differs_between_packages(key):
    path, name = key.split()
    package, file = path.split("/")
    found = {p: dict(outline(ROOT / p / file)) for p in PACKAGES}
    assert name in found[package]
    assert len({items.get(name, "absent") for items in found.values()}) > 1


NAMED = {"pytorch_impl": "PyTorch", "keras_impl": "Keras", "jax_impl": "NNX"}
"""What a docstring names where it gives a reason itself."""


def explained(package, file, name):
    """Whether a comment, or a docstring with its framework, has the reason."""
    path = ROOT / package / file
    lines, body = path.read_text().splitlines(), ast.parse(path.read_text())
    for part in name.split("."):
        (body,) = [node for node in body.body if part in bound(node)]
    heads = [body, *getattr(body, "decorator_list", ())]
    first = min(node.lineno for node in heads) - 1
    while first and lines[first - 1].strip().startswith("#"):
        first -= 1
    text = "\n".join(lines[first : body.end_lineno])
    return "#" in text or NAMED[package] in text


def bound(node):
    """The names that a statement binds."""
    targets = getattr(node, "targets", [])
    return [getattr(node, "name", None), *map(ast.unparse, targets)]


def test_each_reason_is_also_a_comment_where_the_difference_is():
    places = {}
    for key, text in IDIOM_ONLY.items():
        path, name = key.split()
        places.setdefault((*path.split("/"), text), []).append(name)
    bare = [
        (*place, names)
        for place, names in places.items()
        if not any(explained(*place[:2], name) for name in names)
    ]
    assert bare == []


@pytest.mark.parametrize("package", PACKAGES)
def test_mirrored_definitions_have_a_docstring_of_one_line(package):
    for file in files(ROOT / package):
        for name, text in outline(ROOT / package / file):
            constant = name.isupper() or name in ("__all__", "State", "Steps")
            if not name.endswith("__init__") and not constant:
                assert text, (file, name)
                assert "\n" not in text, (file, name)


PLANTS = {
    "a docstring": ('"""h\' = tanh', '"""h = tanh'),
    "a name": ("def rnn_step(", "def rnn_tick("),
    "an order": ("STEPS = {", "def extra():\n    pass\n\n\nSTEPS = {"),
    "a constant": ("STEPS = {", "EXTRA = 1\nSTEPS = {"),
    "a method": ("class ScratchLayer(", "class OtherLayer("),
}


@pytest.fixture
def copy(tmp_path):
    """A copy of the packages, and what is newly found wrong with it."""
    for name in PACKAGES:
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    before = set(mismatches(tmp_path))
    return tmp_path, lambda: set(mismatches(tmp_path)) - before


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_mismatch_is_found(copy, package, plant):
    folder, found = copy
    old, new = PLANTS[plant]
    file = "scratch.py" if plant == "a method" else "cells.py"
    path = folder / package / file
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    assert len(found()) == 2
    assert all(package in text for text in found())


def test_two_swapped_functions_are_found(copy):
    folder, found = copy
    path = folder / "jax_impl" / "losses.py"
    tree = ast.parse(path.read_text())
    kind = ast.FunctionDef
    functions = [node for node in tree.body if isinstance(node, kind)]
    assert len(functions) > 1
    tree.body.remove(functions[0])
    tree.body.append(functions[0])
    path.write_text(ast.unparse(tree))
    assert len(found()) == 2


def test_an_extra_file_is_found(copy):
    folder, found = copy
    (folder / "keras_impl" / "helpers.py").touch()
    assert found() == {"pytorch_impl and keras_impl have other files"}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_its_own_framework_and_shared(package):
    barred = (FRAMEWORKS - OWN[package]) | set(PACKAGES) | {"comparisons"}
    for path in (ROOT / package).rglob("*.py"):
        assert not imports(path) & (barred - {package}), path


def test_shared_imports_no_framework_and_nothing_above_it():
    barred = FRAMEWORKS | set(PACKAGES) | {"comparisons"}
    for path in (ROOT / "shared").rglob("*.py"):
        assert not imports(path) & barred, path


def test_comparisons_name_no_implementation_and_no_framework():
    folder = ROOT / "comparisons"
    for path in folder.rglob("*.py"):
        if not {"loops", "adapters"} & {*path.parts}:
            assert not imports(path) & (FRAMEWORKS | set(PACKAGES)), path


def test_a_planted_import_is_found(tmp_path):
    path = tmp_path / "file.py"
    for line in (
        "import torch.nn as nn",
        "def f():\n    from torch.nn import functional",
    ):
        path.write_text(line)
        assert imports(path) == {"torch"}
