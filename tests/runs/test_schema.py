"""Every record satisfies its schema; what is amiss in one is named."""

import copy
import dataclasses
import json
from pathlib import Path

import pytest
from factories.processes import PYTORCH, TINY, compare, records, without
from factories.specs import run_spec
from jsonschema import Draft202012Validator

from comparisons.commands.verify import gate_row
from comparisons.equivalence.measure import Deviation
from comparisons.records.schema import read_schema, violations
from comparisons.records.store import SCHEMA, StoreError, read_records
from comparisons.runs.processes import WorkerError
from shared.specs import ModelSpec, RunSpec, TrainSpec

ROOT = Path(__file__).resolve().parent.parent
RECORDED = sorted(ROOT.glob("docs/*/runs.jsonl"))
KINDS = ("run", "baselines", "equivalence")
RNN = (*TINY, "--cells", "rnn", "--seeds", "1")


@pytest.fixture(scope="module")
def good():
    """A recorded record of each kind."""
    found = {}
    for record in read_records(RECORDED[0]):
        found.setdefault(record["kind"], record)
    return found


def test_the_schema_is_one_and_describes_every_field():
    schema = read_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"] == SCHEMA
    bare = list(undescribed(schema, "record"))
    assert bare == []


def undescribed(part, place):
    """Where the schema has a field without a description."""
    for name, field in part.get("properties", {}).items():
        if "description" not in field:
            yield f"{place}.{name}"
        yield from undescribed(field, f"{place}.{name}")
        yield from undescribed(field.get("items", {}), f"{place}.{name}[]")
    for name, kind in part.get("$defs", {}).items():
        yield from undescribed(kind, name)


def test_a_specs_fields_are_those_of_the_schema():
    schema = read_schema()
    run = schema["$defs"]["run"]["properties"]
    for spec, described in (
        (RunSpec, schema["properties"]["spec"]),
        (ModelSpec, run["model_spec"]),
        (TrainSpec, run["train_spec"]),
    ):
        names = {item.name for item in dataclasses.fields(spec)}
        assert names == set(described["properties"]), spec
        for item in dataclasses.fields(spec):
            choices = item.metadata.get("choices")
            listed = described["properties"][item.name].get("enum")
            if choices:
                assert sorted(choices) == sorted(listed), item.name


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.parent.name)
def test_every_published_record_satisfies_it(path):
    found = read_records(path)
    assert {record["kind"] for record in found} == set(KINDS)
    for record in found:
        assert violations(record) == [], record["key"]


def assert_satisfied(found, *statuses):
    assert {record["status"] for record in found} == set(statuses)
    for record in found:
        assert violations(record) == [], record


def test_the_records_of_a_fresh_comparison_satisfy_it(tmp_path):
    """Of a row that ran and of two whose framework is not installed."""
    env = without(tmp_path / "hidden", "keras", "flax")
    done = compare(*RNN, "--out", tmp_path, env=env)
    assert done.code == 1, done
    runs = records(tmp_path)
    assert [r["status"] for r in runs].count("unavailable") == 2
    assert_satisfied(runs, "ok", "unavailable")
    for kind in ("baselines", "equivalence"):
        assert_satisfied(records(tmp_path, kind), "ok")


def test_the_records_of_what_went_wrong_satisfy_it(tmp_path):
    for flags, status in (
        (("--learning-rate", "1e30", "--optimizer", "sgd"), "diverged"),
        (("--epochs", "9999", "--timeout", "2"), "timeout"),
    ):
        out = tmp_path / status
        done = compare(*RNN, *PYTORCH, *flags, "--out", out)
        assert done.code == 1, done
        assert_satisfied(records(out), status)


class Fixed:
    """A worker whose answer, or end, is given."""

    def __init__(self, answer):
        self.answer = answer

    def ask(self, *arguments, **extra):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_the_records_of_a_verification_satisfy_it():
    run = run_spec("sine", "jax", "gru")
    gap = Deviation("gru native", "forward", 1e-8, 1e-5)._asdict()
    for answer, status in (
        ({"result": {"gaps": [gap]}}, "ok"),
        (WorkerError("failed", "it ended", "trace"), "failed"),
    ):
        record = gate_row(Fixed(answer), run, "native", 1.0)
        record |= {"command": "compare.py verify", "schema": SCHEMA}
        assert_satisfied([json.loads(json.dumps(record))], status)


REQUIRED = {
    "run": ["scores", "epochs", "seed", "machine", "peak_memory_mb"],
    "baselines": ["baselines", "floor", "task", "versions"],
    "equivalence": ["gaps", "commit", "spec"],
}


@pytest.mark.parametrize(
    ("kind", "name"), [(k, name) for k in KINDS for name in REQUIRED[k]]
)
def test_a_field_that_is_missing_is_named(good, kind, name):
    record = {n: value for n, value in good[kind].items() if n != name}
    (text,) = violations(record)
    assert f"'{name}' is a required property" in text


WRONG = {
    "a text for a number": ("epochs.0.seconds", "0.1"),
    "a negative duration": ("wall_seconds", -1.0),
    "a fraction of a parameter": ("parameters", 1.5),
    "a number for a text": ("spec.task", 3),
    "a cell that is none": ("model_spec.cell", "lsmt"),
    "a status that is none": ("status", "fine"),
    "a list for the scores": ("scores", []),
    "a truth as a number": ("checks.loss fell", 1),
    "an unknown field": ("speed", 1.0),
    "an unknown field of the training": ("train_spec.rate", 1.0),
    "no number at all": ("steps_per_epoch", None),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_named_with_its_place(good, case):
    path, value = WRONG[case]
    record = copy.deepcopy(good["run"])
    place = record
    *parents, name = path.split(".")
    for parent in parents:
        place = place[int(parent) if isinstance(place, list) else parent]
    place[name] = value
    found = violations(record)
    assert any(name in text for text in found), found


def test_a_number_that_was_not_finite_is_null(good):
    record = copy.deepcopy(good["run"])
    record["epochs"][0]["loss"] = record["scores"]["rmse"] = None
    assert violations(record) == []


def written(folder, *found):
    path = folder / "runs.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in found))
    return path


def test_a_record_from_before_checkpoints_is_read(good, tmp_path):
    older = {n: v for n, v in good["run"].items() if n != "checkpoint"}
    newer = {**older, "checkpoint": "jax-rnn-0-0123abcd.safetensors"}
    assert read_records(written(tmp_path, older, newer)) == [older, newer]
    assert violations(older) == violations(newer) == []


def test_a_record_of_another_schema_is_refused_by_its_number(good, tmp_path):
    other = {**good["run"], "schema": 99}
    path = written(tmp_path, good["run"], other)
    with pytest.raises(StoreError, match=rf"line 2 .* 99; .* schema {SCHEMA}"):
        read_records(path)
    (text,) = violations(other)
    assert "99" in text
    assert str(SCHEMA) in text
    del other["schema"]
    with pytest.raises(StoreError, match=r"line 2 .* lacks schema"):
        read_records(written(tmp_path, good["run"], other))
