"""Links to the documentation: of all names that are used often, and right."""

import ast
import re

import pytest

from comparisons.reader.documentation import (
    NAME,
    NATIVE_LAYERS,
    addresses,
    links,
)
from comparisons.reader.highlight import PROSE, colored
from comparisons.reader.source import PACKAGES, read_packages
from comparisons.reader.view import view
from shared.specs import CELLS
from shared.specs.cells import TABLE
from shared.tasks import get_task, task_names

SOURCES = read_packages()
HOSTS = {
    "pytorch_impl": {"docs.pytorch.org"},
    "keras_impl": {"keras.io"},
    "jax_impl": {"docs.jax.dev", "flax.readthedocs.io", "optax.readthedocs.io"},
}
MODULES = {
    "pytorch_impl": "torch|nn|F|optim",
    "keras_impl": "keras|layers|ops|optimizers|schedules",
    "jax_impl": "jax|jnp|lax|nnx|optax",
}
FRAMEWORKS = ("torch", "keras", "jax", "flax", "optax")
UNLINKED = {
    *("torch.inf", "torch.bool", "torch.int64", "torch.float32"),
    *("jnp.inf", "jnp.float32", "jnp.int32", "keras.Variable"),
    "torch.backends.mkldnn",
}
"""Constants, types, a class that Keras documents with others, and a module."""


def shown_code(package):
    """The code of all tasks and cells, without comments and docstrings."""
    rows = {  # tasks of one model share them
        id(row): row
        for task in task_names()
        for cell in CELLS
        for row in view(get_task(task), cell, packages=SOURCES)
    }
    lines = {
        (row.file, line.number)
        for row in rows.values()
        for line in row.lines.get(package, ())
    }
    for file, number in sorted(lines):
        spans = colored(SOURCES[package][file].text)[number - 1]
        code = "".join(text for kind, text in spans if kind not in PROSE)
        if not code.lstrip().startswith(("import ", "from ")):
            yield code


@pytest.mark.parametrize("package", PACKAGES)
def test_each_shown_name_of_a_framework_is_documented(package):
    used = {n for code in shown_code(package) for n in NAME.findall(code)}
    names = {n for n in used if re.match(rf"({MODULES[package]})\.", n)}
    assert len(names) > 30
    assert names - UNLINKED <= set(addresses(package))


@pytest.mark.parametrize("package", PACKAGES)
def test_each_documented_name_exists(package):
    names = namespace(package)
    for name in addresses(package):
        assert eval(name, names) is not None, name  # noqa: S307 - of our table


def namespace(package):
    """What the files of a package import from its frameworks."""
    found = {}
    for source in SOURCES[package].values():
        for node in ast.walk(ast.parse(source.text)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                name = getattr(node, "module", None) or node.names[0].name
                if name.partition(".")[0] in FRAMEWORKS:
                    exec(ast.unparse(node), found)
    if "layers" in found:
        found["self"] = found["layers"].Layer
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_each_address_is_of_a_name_in_the_code(package):
    text = "\n".join(source.text for source in SOURCES[package].values())
    for name, address in addresses(package).items():
        assert re.search(rf"(?<![\w.]){re.escape(name)}\b", text), name
        assert address.startswith("https://")
        assert address.split("/")[2] in HOSTS[package]
        assert "*" not in address


@pytest.mark.parametrize(
    "cell", [name for name, cell in TABLE.items() if cell.native]
)
def test_the_native_layers_have_addresses(cell):
    for package, name in zip(PACKAGES, NATIVE_LAYERS[cell]):
        last = name.partition(".")[2]
        address = addresses(package)[name]
        page = address.rstrip("/").rpartition("/")[2].replace("_", "")
        assert last.lower() in page.lower()


def test_a_link_covers_the_name_as_it_is_written():
    line = "    return nn.LSTM(size), mynn.LSTM"
    ((first, last, address),) = links("pytorch_impl", line)
    assert line[first:last] == "nn.LSTM"
    assert address.endswith("/torch.nn.LSTM.html")
    assert not links("keras_impl", line)
