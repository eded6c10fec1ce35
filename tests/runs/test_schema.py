"""The published schema is the structs', and every record satisfies it."""

import json

import msgspec
import pytest
from factories.processes import PYTORCH, TINY, compare, records, without
from factories.specs import run_spec
from jsonschema import Draft202012Validator

from comparisons.commands.verify import check_cell
from comparisons.equivalence.measure import Deviation
from comparisons.records.environment import ROOT
from comparisons.records.files import folders_of_records, records_file
from comparisons.records.lines import lines_of
from comparisons.records.measurements import (
    Baselines,
    BenchScan,
    Equivalence,
    Verification,
)
from comparisons.records.record import Run, Stopped, Trial, typed
from comparisons.records.schema import PUBLISHED, schema
from comparisons.records.store import Store, read_record, read_records
from comparisons.runs.processes import WorkerError

pytestmark = pytest.mark.usefixtures("numpy_training")

DOCS = ROOT / "docs"
VERIFIED = records_file(DOCS / "verify")
TIMED = records_file(DOCS / "scan")
DIVERGING = ("adding-regularization",)
"""Folders of studies that count the runs that diverge."""

RECORDED = [
    path
    for path in map(records_file, folders_of_records(DOCS))
    if path not in (VERIFIED, TIMED)
]
KINDS = {"run": Run, "baselines": Baselines, "equivalence": Equivalence}
RNN = (*TINY, "--cells", "rnn", "--seeds", "1")
VALIDATOR = Draft202012Validator(json.loads(schema()))


@pytest.fixture(scope="module")
def good():
    """A record of each kind, as a line of version 2 has it."""
    found = {}
    for record in read_records(RECORDED[0]):
        record.schema = 2
        found[record.kind] = json.loads(msgspec.json.encode(record))
    return found


def test_the_published_schema_is_the_generated_one():
    assert PUBLISHED.read_text() == schema()
    Draft202012Validator.check_schema(json.loads(schema()))


def test_every_field_is_described():
    for name, kind in json.loads(schema())["$defs"].items():
        for field, described in kind["properties"].items():
            assert "description" in described, f"{name}.{field}"


def test_recorded_times_satisfy_it():
    for record in read_records(TIMED):
        assert isinstance(record, BenchScan)
        line = json.loads(msgspec.json.encode(record))
        assert list(VALIDATOR.iter_errors(line)) == []
        assert typed(line) == record


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.parent.name)
def test_every_recorded_file_is_read_with_its_results(path):
    found = read_records(path)
    counted = {"diverged"} if path.parent.name in DIVERGING else set()
    assert {type(r) for r in found} - {Stopped, Trial} == set(KINDS.values())
    for record in found:
        pruned = {"pruned"} if isinstance(record, Trial) else set()
        assert record.status in {"ok"} | counted | pruned, record.error
        line = json.loads(msgspec.json.encode(record))
        assert list(VALIDATOR.iter_errors(line)) == []
        assert typed(line) == record


def test_recorded_verifications_satisfy_it():
    found = read_records(VERIFIED)
    assert {type(record) for record in found} == {Verification}
    for record in found:
        line = json.loads(msgspec.json.encode(record))
        assert list(VALIDATOR.iter_errors(line)) == []


def test_names_of_version_1_are_upgraded():
    path = records_file(DOCS / "sine-one-wave")
    lines = [json.loads(line) for _, line in lines_of(path)]
    for old, new in zip(lines, read_records(path), strict=True):
        assert new.overrides.model == old["spec"]["model"]
        if old["kind"] == "run":
            assert [*new.spec.model.values()] == [*old["model_spec"].values()]
            assert new.spec.model["impl"] == old["model_spec"]["layers"]
            schedule = old["train_spec"]["schedule"]
            assert new.spec.train["lr_schedule"] == schedule
            assert new.checks["loss_decreased"] == old["checks"]["loss fell"]
            assert list(new.checks.values()) == list(old["checks"].values())
        if old["kind"] == "equivalence":
            found = [[*gap.values()] for gap in old["gaps"]]
            assert [
                [d.case, d.check, d.measured, d.limit] for d in new.deviations
            ] == found


def test_old_keys_are_renamed_in_records_of_both_versions(good):
    path = records_file(DOCS / "echo")
    lines = [json.loads(line) for _, line in lines_of(path)]
    examples = 0
    for old, new in zip(lines, read_records(path), strict=True):
        # Seeds after the first have no details in docs/.
        if old["kind"] == "run" and old["detail"]:
            example = old["detail"]["example"]
            examples += 1
            assert new.detail["example"] == {
                "input": example["read"],
                "target": example["asked"],
                "predicted": example["said"],
            }
        if old["kind"] == "baselines":
            assert new.noise_floor == old["floor"]
            assert new.metadata["lag"] == old["facts"]["lag"]
    assert examples == 9
    line = good["baselines"] | {"facts": {"lag": 3}, "floor": 0.5}
    del line["metadata"], line["noise_floor"]
    record = read_record(json.dumps(line), "")
    assert (record.metadata, record.noise_floor) == ({"lag": 3}, 0.5)


def test_options_of_a_spec_are_not_renamed_as_keys(good):
    line = good["run"]
    line = line | {"spec": line["spec"] | {"data": {"symbols": 5}}}
    assert read_record(json.dumps(line), "").spec.data == {"symbols": 5}


def assert_satisfied(found, *statuses):
    assert {record["status"] for record in found} == set(statuses)
    for record in found:
        assert list(VALIDATOR.iter_errors(record)) == []
        assert record["schema"] == 2


def test_the_records_of_a_fresh_comparison_satisfy_it(tmp_path):
    env = without(tmp_path / "hidden", "keras", "flax")
    done = compare(*RNN, "--out", tmp_path, env=env)
    assert done.code == 0, done
    assert_satisfied(records(tmp_path), "ok")
    for kind in ("baselines", "equivalence"):
        assert_satisfied(records(tmp_path, kind), "ok")


def test_the_records_of_failed_runs_satisfy_it(tmp_path):
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


def test_the_records_of_a_verification_satisfy_it(tmp_path):
    run = run_spec("sine", "jax", "gru")
    one = Deviation("gru native", "forward", 1e-8, 1e-5)._asdict()
    store = Store(tmp_path)
    for answer in (
        {"result": {"deviations": [one]}},
        WorkerError("failed", "it ended", "trace"),
    ):
        store.append(check_cell(Fixed(answer), run, "native", 1.0, "verify"))
    store.close()
    assert_satisfied(records(tmp_path, "verification"), "ok", "failed")


REQUIRED = {
    "run": ["scores", "epochs", "seed", "machine", "steps_per_epoch"],
    "baselines": ["task", "versions"],
    "equivalence": ["commit", "spec"],
}


@pytest.mark.parametrize(
    ("kind", "name"), [(k, name) for k in KINDS for name in REQUIRED[k]]
)
def test_a_field_that_is_missing_is_named(good, kind, name):
    record = {n: value for n, value in good[kind].items() if n != name}
    with pytest.raises(msgspec.ValidationError, match=f"`{name}`"):
        typed(record)
    assert list(VALIDATOR.iter_errors(record))


WRONG = {
    "a text for a number": ("epochs.0.seconds", "0.1"),
    "a negative duration": ("wall_seconds", -1.0),
    "a fraction of a parameter": ("parameters", 1.5),
    "a number for a text": ("spec.task", 3),
    "a list for the scores": ("scores", []),
    "a truth as a number": ("checks.loss_decreased", 1),
    "no number at all": ("steps_per_epoch", None),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_named_with_its_place(good, case):
    path, value = WRONG[case]
    record = json.loads(json.dumps(good["run"]))
    place = record
    *parents, name = path.split(".")
    for parent in parents:
        place = place[int(parent) if isinstance(place, list) else parent]
    place[name] = value
    with pytest.raises(msgspec.ValidationError, match=path.split(".")[0]):
        typed(record)
    assert list(VALIDATOR.iter_errors(record))


@pytest.mark.parametrize("place", [(), ("spec",)])
def test_an_unknown_field_is_named(good, place):
    record = json.loads(json.dumps(good["run"]))
    part = record
    for name in place:
        part = part[name]
    part["speed"] = 1.0
    with pytest.raises(msgspec.ValidationError, match="speed"):
        typed(record)


def test_a_number_that_was_not_finite_is_null(good, tmp_path):
    record = typed(good["run"])
    record.epochs[0].loss = float("nan")
    store = Store(tmp_path)
    store.append(record)
    store.close()
    (line,) = records(tmp_path)
    assert line["epochs"][0]["loss"] is None
    assert list(VALIDATOR.iter_errors(line)) == []
