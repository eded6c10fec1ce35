"""The reader of the code: it shows exactly a task's code, and all of it."""

import shutil
from functools import cache

import pytest

from comparisons.reader.call_graph import chosen_keys, reached
from comparisons.reader.idioms import IDIOM_ONLY
from comparisons.reader.parts import GROUPS, PARTS
from comparisons.reader.source import PACKAGES, merged, read_packages
from comparisons.reader.view import align, view
from comparisons.records.environment import ROOT
from shared.exhibits.names import framework_name
from shared.specs import CELLS
from shared.tasks import get_task, task_names

SOURCES = read_packages()
VIEWS = [(task, cell) for task in task_names() for cell in CELLS]


def shown(task, cell, parts=tuple(PARTS), packages=SOURCES):
    return view(get_task(task), cell, parts, packages)


def names(rows):
    return {row.name for row in rows}


@cache
def raw(package, file):
    return (ROOT / package / file).read_text().splitlines()


@pytest.mark.parametrize("package", PACKAGES)
def test_each_line_of_a_file_belongs_to_one_definition(package):
    for file, source in SOURCES[package].items():
        found = [n for d in source.definitions.values() for n in d.lines]
        lines = enumerate(raw(package, file), 1)
        assert len(found) == len(set(found)), file
        assert {n for n, text in lines if text.strip()} <= set(found), file


@pytest.mark.parametrize(("task", "cell"), VIEWS)
def test_shown_code_is_in_all_three_or_has_its_reason(task, cell):
    for part in PARTS:
        rows = shown(task, cell, [part])
        assert rows
        for row in rows:
            assert set(row.lines) | set(row.reasons) == set(PACKAGES)
            assert not set(row.lines) & set(row.reasons)
            assert all(row.lines.values()), row
            for words in row.reasons.values():
                assert set(words.split("; ")) <= reasons(), row


@cache
def reached_by_cell(package, task, cell):
    """The places that the step of a cell needs."""
    sources = SOURCES[package]
    entries = sources["cells.py"].definitions["STEPS"].entries
    starts = [("cells.py", name) for name in entries[cell].uses]
    return reached(sources, starts, chosen_keys(get_task(task), cell))


@cache
def reasons():
    return {part for text in IDIOM_ONLY.values() for part in text.split("; ")}


@pytest.mark.parametrize(("task", "cell"), VIEWS)
def test_no_other_cell_is_shown(task, cell):
    rows = shown(task, cell)
    for package in SOURCES:
        alone = {key: reached_by_cell(package, task, key) for key in CELLS}
        own = {name for _, name in alone[cell]}
        others = {n for key in CELLS for _, n in alone[key]} - own
        assert own <= names(rows)
        assert len(others) >= len(CELLS) - 1
        assert not others & names(rows)
        (table,) = [row for row in rows if row.name == "STEPS"]
        text = "".join(line.text for line in table.lines[package])
        assert [key for key in CELLS if f'"{key}"' in text] == [cell]


def test_only_the_task_s_own_model_loss_and_rules_are_shown():
    sine, surnames = names(shown("sine", "gru")), names(shown("names", "gru"))
    assert {"Forecaster", "mean_squared_error", "adam"} <= sine
    assert {"Classifier", "Embedding", "cross_entropy"} <= surnames
    assert not sine & {"Classifier", "Embedding", "OneHot", "cross_entropy"}
    assert not surnames & {"Forecaster", "OneHot", "mean_squared_error"}
    for found in (sine, surnames):
        assert not found & {"sgd", "HeavyBall", "scan_loop", "compile_loop"}


def test_sections_partition_the_rows():
    rows = [row for part in PARTS for row in shown("names", "lstm", [part])]
    assert rows == shown("names", "lstm")
    assert len({(row.file, row.name) for row in rows}) == len(rows)
    assert {r.file for r in rows if r.part == "loss"} == {"losses.py"}
    for group, parts in GROUPS.items():
        assert shown("names", "lstm", [group]) == shown("names", "lstm", parts)


def test_the_reader_opens_a_cell_on_its_step():
    for cell in CELLS:
        first, *_ = shown("sine", cell, ["cell"])
        assert first.name == f"{cell}_step".replace("-", "_")


def test_the_layer_opens_on_the_framework_s_own():
    first, second, *_ = shown("sine", "lstm", ["layer"])
    assert (first.name, second.name) == ("LAYERS", "Recurrent")


def test_a_task_shows_no_code_that_it_does_not_run():
    sine, stateful = names(shown("sine", "lstm")), names(shown("charlm", "gru"))
    assert not {n for n in sine if "LanguageModel" in n}
    assert not sine & {"detach", "one_direction", "Recurrent.select_rows"}
    assert {"StatefulLanguageModel", "detach", "generate"} <= stateful
    translate = names(shown("translate", "gru"))
    assert {"Recurrent.select_rows", "decode", "attention_maps"} <= translate
    assert not translate & {"StatefulLanguageModel", "generate", "predict"}


@pytest.fixture
def plant(tmp_path):
    """Changes a text of one package in a copy, and reads it again."""
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name)

    def change(package, file, old, new):
        path = tmp_path / package / file
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))
        return read_packages(tmp_path)

    return change


EXTRA = "# A remark.\ndef extra(x):\n    return x\n\n\n"


@pytest.mark.parametrize("package", PACKAGES)
def test_a_new_definition_appears_at_once(plant, package):
    packages = plant(package, "losses.py", "LOSSES = {", EXTRA + "LOSSES = {")
    rows = shown("sine", "lstm", ["loss"], packages)
    assert [row.name for row in rows][-3:] == ["extra", "LOSSES", "module"]
    (lines,) = rows[-3].lines.values()
    assert [line.text for line in lines] == EXTRA.splitlines()[:3]
    assert set(rows[-3].lines) == {package}
    word = framework_name(package.removesuffix("_impl"))
    assert set(rows[-3].reasons.values()) == {f"only in {word}"}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_statement_that_is_changed_in_one_differs_in_all(plant, package):
    def equal(packages):
        rows = shown("sine", "lstm", ["cell"], packages)
        (row,) = [row for row in rows if row.name == "lstm_step"]
        return sum(found.same for found in align(row, packages))

    old = "c = f * c + i * g"
    packages = plant(package, "cells.py", old, old.replace("+", "-"))
    assert equal(SOURCES) - equal(packages) == 1


def test_definitions_used_by_one_framework_are_shown_for_all(plant):
    plant(
        "jax_impl",
        "losses.py",
        "def mean_squared_error",
        EXTRA + "def mean_squared_error",
    )
    old = "_integer_labels(outputs, targets)"
    plant("jax_impl", "losses.py", old, old.replace("outputs", "extra(1)"))
    assert not names(shown("sine", "gru", ["loss"])) & {"cross_entropy"}
    old = "return F.mse_loss(outputs, targets)"
    packages = plant("pytorch_impl", "losses.py", old, "cross_entropy(1, 2)")
    rows = shown("sine", "gru", ["loss"], packages)
    assert {"cross_entropy", "extra"} <= names(rows)


def test_a_new_cell_is_not_shown_with_another(plant):
    packages = plant(
        "jax_impl",
        "cells.py",
        "STEPS = {",
        EXTRA + 'STEPS = {\n    "extra": extra,',
    )
    rows = shown("sine", "lstm", ["cell"], packages)
    assert "extra" not in names(rows)
    assert not any("extra" in line.text for r in rows for line in all_of(r))


def all_of(row):
    return [line for lines in row.lines.values() for line in lines]


def test_names_of_one_framework_follow_their_neighbors():
    assert merged(["abd", "acd", "ad"]) == ["a", "c", "b", "d"]
    assert merged(["", "ab", "xab"]) == ["x", "a", "b"]
