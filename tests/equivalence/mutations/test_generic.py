"""What is recorded of a run of mutmut."""

import json
import tomllib

import pytest
from equivalence.mutations import generic


@pytest.fixture
def mutants(tmp_path):
    """The results of three files; one was not run to its end."""

    def keep(name, *codes):
        path = tmp_path / "mutants" / f"{name}.meta"
        path.parent.mkdir(parents=True, exist_ok=True)
        results = {f"{name} {n}": code for n, code in enumerate(codes)}
        path.write_text(json.dumps({"exit_code_by_key": results}))

    keep("shared/metrics.py", 1, 1, 0, 33, 36)
    keep("shared/errors.py", 1, None)
    keep("shared/__init__.py")
    return tmp_path / "mutants"


def recorded(folder, mutants):
    record = folder / "record.jsonl"
    generic.write(record, mutants)
    return list(map(json.loads, record.read_text().splitlines()))


def line(file, mutants, run, *numbers):
    names = ("killed", "survived", "no_tests", "timeout")
    counts = dict(zip(names, numbers, strict=True))
    return {"file": file, "mutants": mutants, "run": run, **counts}


def test_a_timeout_is_among_the_killed(tmp_path, mutants):
    assert recorded(tmp_path, mutants) == [
        line("shared/errors.py", 2, 1, 1, 0, 0, 0),
        line("shared/metrics.py", 5, 5, 3, 1, 1, 1),
    ]


def test_a_sample_is_counted_apart_from_the_files(tmp_path, mutants):
    names = generic.draw(mutants, 5)
    assert names == ["shared/errors.py 1"]
    path = mutants / "shared/errors.py.meta"
    path.write_text(path.read_text().replace("null", "0"))
    assert recorded(tmp_path, mutants) == [
        line("shared/errors.py", 2, 1, 1, 0, 0, 0),
        line("shared/metrics.py", 5, 5, 3, 1, 1, 1),
        line(generic.SAMPLE, 1, 1, 0, 1, 0, 0),
    ]
    assert generic.draw(mutants, 5) == []
    assert generic.drawn(mutants) == names


def test_the_copy_names_the_tests_and_the_files(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "any"\n')
    generic.configure(tmp_path / "pyproject.toml")
    tables = tomllib.loads((tmp_path / "pyproject.toml").read_text())
    section = tables["tool"]["mutmut"]
    assert section["only_mutate"] == list(generic.MUTATED)
    assert section["pytest_add_cli_args_test_selection"] == generic.TESTS
    for path in generic.TESTS:
        assert (generic.ROOT / path).exists(), path
    for pattern in generic.MUTATED:
        assert list(generic.ROOT.glob(pattern)), pattern
    assert tables["project"] == {"name": "any"}
