"""The table of idioms: each pattern occurs, and each row has its lines."""

import re

import pytest

from comparisons.reader.idioms import IDIOM_ONLY
from comparisons.reader.line_idioms import (
    LINE_IDIOMS,
    compiled,
    explanations,
    idioms_of,
)
from comparisons.reader.line_idioms.definitions import PASSAGES, WHOLE
from comparisons.reader.overview import differences, statements
from comparisons.reader.source import PACKAGES, read_packages
from comparisons.records.environment import ROOT

SOURCES = read_packages()


def test_the_tables_keep_their_size():
    assert len(IDIOM_ONLY) <= 65
    assert 40 <= len(LINE_IDIOMS) <= 80
    assert 40 <= len(WHOLE) + len(PASSAGES) <= 150
    titles = [idiom.title for idiom in LINE_IDIOMS]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("package", PACKAGES)
def test_each_pattern_occurs_in_the_code(package):
    found = {
        title
        for source in SOURCES[package].values()
        for _, text in statements(source.text)
        for title in idioms_of(package, text)
    }
    assert found == set(compiled(package))


def test_a_reason_is_one_line_and_names_frameworks():
    words = re.compile(r"PyTorch|Keras|JAX|Flax|Optax|torch|nnx|nn\.|NNX")
    sentences = [idiom.why for idiom in LINE_IDIOMS]
    sentences += [*WHOLE.values(), *(why for *_, why in PASSAGES)]
    for why in sentences:
        assert why.endswith(".")
        assert len(why) <= 220
        assert words.search(why) or why == WHOLE["* module"], why


def test_each_definition_with_a_reason_exists_and_has_its_pattern():
    texts = {}
    for package, files in SOURCES.items():
        for file, source in files.items():
            lines = source.text.splitlines()
            for name, found in source.definitions.items():
                text = "\n".join(lines[n - 1] for n in found.lines)
                texts.setdefault(f"{file} {name}", {})[package] = text
    assert WHOLE.keys() - {"* module"} <= texts.keys()
    for place, pattern, _ in PASSAGES:
        assert any(map(pattern.search, texts[place].values())), place


def test_two_statements_must_match_unless_one_framework_has_the_idiom():
    def titles(**texts):
        statements = {f"{name}_impl": text for name, text in texts.items()}
        return [idiom.title for idiom in explanations(statements)]

    assert "dim or axis" in titles(pytorch="f(dim=1)", jax="f(axis=1)")
    assert "dim or axis" not in titles(pytorch="f(dim=1)", jax="f(x)")
    assert "Batch first" in titles(pytorch="f(batch_first=True)", jax="f(x)")


def test_the_first_page_has_a_line_of_each_framework():
    rows = differences(SOURCES)
    assert 12 <= len(rows) <= 20
    for row in rows:
        assert tuple(row.examples) == PACKAGES
        pattern = {p: compiled(p)[row.title] for p in PACKAGES}
        for package, example in row.examples.items():
            text = (ROOT / package / example.file).read_text()
            shown = "\n".join(
                "".join(piece.text for piece in line) for line in example.lines
            )
            assert pattern[package].search(shown), row.title
            for line in shown.splitlines():
                assert line.strip() in text
            assert any(piece.marked for n in example.lines for piece in n)
