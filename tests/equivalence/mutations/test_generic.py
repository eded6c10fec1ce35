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
        results = {f"mutant {n}": code for n, code in enumerate(codes)}
        path.write_text(json.dumps({"exit_code_by_key": results}))

    keep("shared/metrics.py", 1, 1, 0, 33, 36)
    keep("shared/errors.py", 1, None)
    keep("shared/__init__.py")
    return tmp_path / "mutants"


def test_a_timeout_is_among_the_killed(tmp_path, mutants):
    record = tmp_path / "record.jsonl"
    known = {"file": "a.py", "mutants": 2, "killed": 2}
    record.write_text(json.dumps(known) + "\n")
    generic.write(record, mutants)
    assert list(map(json.loads, record.read_text().splitlines())) == [
        known,
        {
            "file": "shared/metrics.py",
            "mutants": 5,
            "killed": 3,
            "survived": 1,
            "no_tests": 1,
            "timeout": 1,
        },
    ]


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
