"""A cell is in few files, and no code asks for one by its name."""

import ast
import re
from collections.abc import Iterator

import pytest

from comparisons.records.environment import ROOT
from shared.errors import SpecError
from shared.specs import CELLS, IMPLS_OF, ModelSpec

PACKAGES = ("shared", "comparisons", "pytorch_impl", "keras_impl", "jax_impl")
MOST_FILES = 6
EXAMPLES = {
    "mgu": set(),
    "mingru": set(),
    "rnn-relu": {
        "comparisons/equivalence/case.py",
        *(f"{p}_impl/bptt_cells.py" for p in ("pytorch", "keras", "jax")),
    },
}
"""A cell without, and one with layers of the frameworks' own -> files that
name it for another reason: a kink needs weights that stay away from it, and a
native cell has a gradient by hand."""

OF_OTHERS = ("comparisons/export/", "comparisons/vectors/")
"""Folders that name what other engines have; a new cell needs none of them."""


def sources() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")


def names_a_cell(node: ast.AST) -> bool:
    """Whether a comparison has the name of a cell, alone or in a tuple."""
    return isinstance(node, ast.Compare) and any(
        isinstance(one, ast.Constant) and one.value in CELLS
        for side in (node.left, *node.comparators)
        for one in ast.walk(side)
    )


@pytest.mark.parametrize(("cell", "others"), EXAMPLES.items())
def test_a_cell_is_in_the_files_that_contributing_lists(cell, others):
    word = re.compile(rf"\b{cell}(_\w+)?\b")
    found = {path for path, text in sources() if word.search(text)} - others
    found = {path for path in found if not path.startswith(OF_OTHERS)}
    assert len(found) <= MOST_FILES
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.partition("**Add a cell:**")[2].partition("**Add a fr")[0]
    listed = set(re.findall(r"`([a-z_/]+\.py)`", section.partition("|\n\n")[0]))
    assert found == listed


def test_no_code_asks_for_a_cell_by_its_name():
    assert names_a_cell(ast.parse('cell == "gru"').body[0].value)
    assert names_a_cell(ast.parse('cell in ("rnn", "gru")').body[0].value)
    assert [
        f"{path}:{node.lineno}"
        for path, text in sources()
        for node in ast.walk(ast.parse(text))
        if names_a_cell(node)
    ] == []


@pytest.mark.parametrize("cell", CELLS)
def test_a_model_has_the_implementations_of_its_cell(cell):
    for impl in IMPLS_OF[cell]:
        assert ModelSpec(cell=cell, impl=impl).cell == cell
    if "native" not in IMPLS_OF[cell]:
        with pytest.raises(SpecError, match=f"'{cell}' has no native layers"):
            ModelSpec(cell=cell)
