"""Links to the documentation: of all names that are used often, and right."""

import re
from collections import Counter

import pytest

from comparisons.reader.documentation import (
    NAME,
    NATIVE_LAYERS,
    addresses,
    links,
)
from comparisons.reader.source import PACKAGES, read_packages
from shared.specs.cells import TABLE

SOURCES = read_packages()
HOSTS = {
    "pytorch_impl": {"docs.pytorch.org"},
    "keras_impl": {"keras.io"},
    "jax_impl": {"docs.jax.dev", "flax.readthedocs.io", "optax.readthedocs.io"},
}
MODULES = {
    "pytorch_impl": "torch|nn|F|optim",
    "keras_impl": "layers|ops|optimizers|schedules",
    "jax_impl": "jnp|lax|nnx|optax",
}
OFTEN = 2
UNLINKED = {
    *("nn.RNNBase", "torch.inf", "torch.float32", "torch.bool"),
    *("torch.Tensor", "torch.device", "jnp.float32", "jnp.float64"),
}
"""Names of types and constants."""


@pytest.mark.parametrize("package", PACKAGES)
def test_names_that_are_used_often_are_documented(package):
    text = "\n".join(source.text for source in SOURCES[package].values())
    lines = [
        line
        for line in text.splitlines()
        if not line.lstrip().startswith(("#", "import", "from"))
    ]
    used = Counter(name for line in lines for name in NAME.findall(line))
    often = {
        name
        for name, count in used.items()
        if count >= OFTEN and re.match(rf"({MODULES[package]})\.", name)
    }
    assert len(often) > 10
    assert often - UNLINKED <= set(addresses(package))


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
