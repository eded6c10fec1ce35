"""`compare.py vectors check`: how an adapter is run, and what is printed."""

import json

import numpy as np
import pytest

from comparisons.compare import dispatch
from comparisons.runs.processes import Worker
from comparisons.vectors import check as client
from comparisons.vectors.check import Checker, adapter_names, adapter_path
from comparisons.vectors.compare import LIMITS, result_of
from comparisons.vectors.kinds import KINDS
from shared.errors import UserError

REFERENCE = """
from comparisons.vectors.reference.run import run as reference

NAME, PRECISIONS = "Echo", ("float64",)


def versions():
    return {"echo": "1"}


def run(case):
"""

ODD = """
    if case.kind == "mingru":
        raise NotImplementedError("no minGRU\\nhere")
    if case.kind == "lstm":
        raise ValueError("no LSTM")
    outputs, gradients = reference(case)
    if case.kind == "rnn-tanh":
        gradients["x"] = 2 * gradients["x"]
    if case.kind == "rnn-relu":
        del outputs["h"]
    if case.kind == "ctc":
        gradients = None
    return outputs, gradients
"""

HANGS = """
    import os, time
    if case.kind == "ctc":
        time.sleep(60)
    os._exit(3)
"""


def words(kinds, path, vectors, *more) -> list[str]:
    folder = str(vectors.folder)
    kinds = kinds or ["rnn-tanh", "rnn-relu", "lstm", "mingru", "ctc"]
    return [
        *("vectors", "check", str(path), "--vectors", folder),
        *("--kinds", *kinds, *more),
    ]


def test_an_adapter_that_is_right_passes(vectors, adapter, capsys, tmp_path):
    path = adapter(REFERENCE + "    return reference(case)\n")
    out = tmp_path / "record.json"
    kinds = list(KINDS)
    assert dispatch(words(kinds, path, vectors, "--out", str(out))) == 0
    printed = capsys.readouterr().out
    count = len(vectors.places)
    assert f"{count} passed, 0 failed" in printed
    record = json.loads(out.read_text())
    assert (record["adapter"], record["versions"]) == ("Echo", {"echo": "1"})
    assert record["vectors"] == vectors.index["version"]
    assert [row["kind"] for row in record["kinds"]] == kinds
    for row in record["kinds"]:
        assert row["passed"] == row["cases"] > 0
        assert max(row["deviations"].values()) == 0.0
        assert row["mistakes"] == []


def test_each_kind_of_failure_is_counted_and_named(
    vectors, adapter, capsys, tmp_path
):
    out = tmp_path / "record.json"
    path = adapter(REFERENCE + ODD)
    assert dispatch(words(None, path, vectors, "--out", str(out))) == 1
    printed = capsys.readouterr().out
    rows = {r["kind"]: r for r in json.loads(out.read_text())["kinds"]}
    counts = {
        kind: (row["passed"], row["failed"], row["unsupported"])
        for kind, row in rows.items()
    }
    assert counts == {
        "rnn-tanh": (0, 6, 0),
        "rnn-relu": (0, 6, 0),
        "lstm": (0, 6, 0),
        "mingru": (0, 0, 6),
        "ctc": (6, 0, 0),
    }
    assert "rnn-tanh: gradients of x 2 times the right ones (6 of 6" in printed
    assert "rnn-relu: h missing (6 of 6 examined)" in printed
    assert "lstm: ValueError: no LSTM (6 of 6 examined)" in printed
    assert "mingru: no minGRU" in printed
    assert "gradients" not in rows["ctc"]["deviations"]
    assert "6 passed, 18 failed" in printed


def test_a_process_that_hangs_or_ends_fails_its_case_alone(
    vectors, adapter, monkeypatch
):
    monkeypatch.setattr(client, "MOST_ENDS", 2)
    path = adapter(REFERENCE + HANGS)
    checker = Checker(path, vectors, timeout=1.0)
    try:
        (slow,) = (checker.run(n, "float64") for n in vectors.names("ctc")[:1])
        assert slow.text == "too slow: no result after 1 s"
        checker.timeout = 60.0
        results = dict(
            client.check(checker, ["lstm"], None, "float64", lambda kind: None)
        )["lstm"]
    finally:
        checker.end()
    assert [one.status for one in results] == ["error"] * 6
    assert results[0].text == "ends its process: exit status 3"
    assert results[1].text == results[0].text
    assert results[2].text == "not run: 2 cases ended their process"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing"], "unknown adapter 'nothing'; choices:"),
        (["pytorhc"], "did you mean 'pytorch'"),
        (["pytorch", "--vectors", "."], "'.' has no index.json; write it"),
        (["pytorch", "--kinds", "gru"], "unknown kind 'gru'"),
        (["pytorch", "--limit", "0"], "--limit must be at least 1"),
        (["pytorch", "--precision", "half"], "unknown precision 'half'"),
    ],
)
def test_wrong_words_are_one_line(arguments, message, vectors, monkeypatch):
    monkeypatch.chdir(vectors.folder)
    if "--vectors" not in arguments:
        arguments = [*arguments, "--vectors", str(vectors.folder)]
    monkeypatch.chdir(vectors.folder.parent)
    with pytest.raises(UserError) as refused:
        dispatch(["vectors", "check", *arguments])
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "import no_such_engine",
            "imports no_such_engine, which is not installed: pip install "
            "'rnn-comparisons[conformance]'",
        ),
        (
            "raise ValueError('broken')",
            "cannot be imported: ValueError: broken",
        ),
    ],
)
def test_an_engine_that_is_not_installed_is_named(
    vectors, adapter, text, message, monkeypatch
):
    started = []

    def start(**options):
        started.append(Worker(**options))
        return started[0]

    monkeypatch.setattr(client, "Worker", start)
    with pytest.raises(UserError) as refused:
        dispatch(words(["lstm"], adapter(text), vectors))
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
    assert started[0].process.poll() is not None


@pytest.mark.parametrize(
    ("module", "extra"),
    [
        ("torch", "pytorch"),
        ("tensorflow", "keras"),
        ("flax", "jax"),
        ("mlx", "conformance"),
    ],
)
def test_the_extra_of_an_engine_is_that_of_its_framework(module, extra):
    assert client.extra_of(module) == extra


def test_the_names_of_adapters_are_their_files():
    assert {"pytorch", "nnx", "keras/jax", "mlx"} <= set(adapter_names())
    assert not [name for name in adapter_names() if name[0] == "_"]
    for name in adapter_names():
        assert adapter_path(name).is_file()


def test_cases_are_spread_and_one_of_few_is_trained(vectors):
    names = vectors.names("lstm")
    assert vectors.names("lstm", 100) == names
    some = vectors.names("lstm", 3)
    assert len(set(some)) == 3
    assert {names[0], names[-1]} <= set(some)


@pytest.mark.parametrize("end", ["", "last", "other"])
def test_what_is_past_the_end_is_named_and_never_a_failure(vectors, end):
    case, expected = vectors.read(vectors.names("lstm")[-1])
    given = expected.outputs["outputs"].copy()
    last = given[np.arange(len(given)), case.ends - 1][:, None]
    fill = {"": 0.0 * given, "last": last + 0.0 * given, "other": given + 7.0}
    given = np.where(case.mask[:, :, None], given, fill[end])
    answer = {
        "status": "ok",
        "outputs": expected.outputs | {"outputs": given},
        "gradients": None,
        "trainings": {},
    }
    result = result_of(case, expected, answer, "float64")
    assert (result.status, result.ends) == ("passed", end)


@pytest.mark.parametrize("precision", LIMITS)
def test_a_deviation_over_the_limit_fails(vectors, precision):
    case, expected = vectors.read(vectors.names("lstm")[-1])
    limit = LIMITS[precision]["outputs"]
    for factor, status in ((0.5, "passed"), (2.0, "failed")):
        outputs = dict(expected.outputs)
        most = np.abs(outputs["c"]).max()
        outputs["c"] = outputs["c"] + factor * limit * most
        answer = {
            "status": "ok",
            "outputs": outputs,
            "gradients": None,
            "trainings": {},
        }
        assert result_of(case, expected, answer, precision).status == status
