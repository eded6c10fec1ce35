"""A result is taken again when the code that decides it has changed."""

import ast

import pytest

from comparisons.records import environment
from comparisons.records.environment import CODE, ROOT, code_hash

DECIDES_NOTHING = {"environment", "implementation", "keeping"}
"""They say of the machine, declare a protocol, and write weights down."""


def imported(name):
    """The modules of `comparisons` that one of them imports."""
    tree = ast.parse((ROOT / "comparisons" / f"{name}.py").read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            first, _, module = node.module.partition(".")
            if first == "comparisons":
                yield from [module] if module else (a.name for a in node.names)


def test_all_that_decides_a_run_and_its_proof_is_hashed():
    found, left = set(), ["train", "equivalence"]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += imported(name)
    expected = {f"comparisons/{name}.py" for name in found - DECIDES_NOTHING}
    assert set(CODE) == {"shared", *expected}
    assert found >= DECIDES_NOTHING


@pytest.mark.parametrize("changed", CODE[1:])
def test_another_text_is_another_hash(monkeypatch, tmp_path, changed):
    for name in CODE[1:]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text((ROOT / name).read_text())
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    code = code_hash.__wrapped__
    (tmp_path / "jax_impl").mkdir()
    (tmp_path / "shared").mkdir()
    before = code("jax_impl")
    assert code("jax_impl") == before
    with (tmp_path / changed).open("a") as file:
        file.write("# another\n")
    assert code("jax_impl") != before
