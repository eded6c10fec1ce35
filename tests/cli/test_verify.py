"""`compare.py verify` ends with 1 where a framework is not the reference."""

from __future__ import annotations

import re
import threading

import pytest

from comparisons.analysis.equivalence import TESTED
from comparisons.arguments import command_line
from comparisons.commands import verify
from comparisons.equivalence.case import Case
from comparisons.equivalence.deviation import WORST
from comparisons.equivalence.limits import BY_DEVICE, LIMITS
from comparisons.records.store import read_records
from comparisons.runs.processes import WorkerError
from comparisons.vectors.diagnosis.explain import plants_of
from comparisons.vectors.diagnosis.models import head, layer_case
from comparisons.vectors.diagnosis.plant import planted_outputs
from shared.specs import IMPLS

CASE = "forecaster gru"


def deviations(precision, **measured):
    """Deviations at their limits, but those that are given."""
    limits = LIMITS[precision]
    return [
        {"case": CASE, "check": name, "measured": value, "limit": limits[name]}
        for name, value in (limits | measured).items()
    ]


@pytest.fixture
def verified(monkeypatch, tmp_path, capsys):
    """Run the command with workers that answer as a function says."""

    def run(answer, *more, outputs=None):
        requested = []

        class Worker:
            def ask(self, job, run, timeout, **request):
                if job == "outputs":
                    if outputs is None:
                        raise WorkerError("failed", "it has ended", "")
                    return {"result": {"outputs": outputs(Case(**request))}}
                impl = request["impl"]
                requested.append((job, run.cell, run.precision, impl))
                return {"result": {"deviations": answer(run, impl)}}

            def end(self):
                requested.append("end")

        monkeypatch.setattr(verify, "Worker", Worker)
        flags = ["--frameworks", "pytorch", "--cells", "gru", "rnn"]
        code = verify.main([*flags, "--out", str(tmp_path), *more])
        return code, " ".join(capsys.readouterr().out.split()), requested

    return run


def test_all_checks_at_their_limits_hold(verified, tmp_path):
    code, out, requested = verified(lambda run, impl: deviations(run.precision))
    assert code == 0
    assert "0 over their limit" in out
    jobs = {
        ("full", cell, precision, impl)
        for cell in ("gru", "rnn")
        for precision in TESTED
        for impl in IMPLS
    }
    assert {one for one in requested if one != "end"} == jobs
    assert len(read_records(tmp_path / "runs.jsonl")) == len(jobs)


@pytest.mark.parametrize(
    ("device", "precisions"),
    [("cpu", TESTED), ("gpu", TESTED), ("mps", ("float32",))],
)
def test_limits_are_those_of_the_device(
    verified, monkeypatch, device, precisions
):
    monkeypatch.setattr(command_line, "check_device", lambda options: None)
    limits = BY_DEVICE[device]

    def answer(run, impl):
        assert run.device == device
        return [
            {"case": CASE, "check": name, "measured": limit, "limit": limit}
            for name, limit in limits[run.precision].items()
        ]

    code, out, requested = verified(answer, "--device", device)
    assert code == 0
    assert {one[2] for one in requested if one != "end"} == {*precisions}
    shown = [limit for p in precisions for limit in limits[p].values()]
    assert re.findall(r"≤ (\S+)", out) == [f"{limit:.0e}" for limit in shown]
    assert f"Limits of device {device}." in out


@pytest.mark.parametrize("precision", TESTED)
@pytest.mark.parametrize("impl", IMPLS)
@pytest.mark.parametrize("factor", [2.0, None])
def test_a_single_check_over_its_limit_is_an_error(
    verified, precision, impl, factor
):
    limit = LIMITS[precision]["gradient"]
    planted = WORST if factor is None else factor * limit

    def answer(run, layers):
        here = (run.cell, run.precision, layers) == ("rnn", precision, impl)
        measured = {"gradient": planted} if here else {}
        # The last case holds: the largest deviation is shown all the same.
        return [
            *deviations(run.precision, **measured),
            *deviations(run.precision, gradient=0.0),
        ]

    code, out, _ = verified(answer)
    assert code == 1
    assert "1 over their limit" in out
    assert f"{CASE}: gradient {planted:.1e} > {limit:.0e}" in out
    table = out.partition(CASE)[0]
    assert f"{planted:.0e}" in table


@pytest.mark.parametrize("known", [True, False])
def test_the_likely_mistake_of_a_cell_is_named_once(verified, known):
    (plant,) = (
        plant
        for plant in plants_of("gru-reset-after")
        if plant.text == "gates r and z exchanged"
    )

    def outputs(case):
        found = head(case, planted_outputs(plant, layer_case(case)))
        return found if known else 7.0 * found

    def answer(run, impl):
        wrong = (run.cell, impl) == ("gru", "scratch")
        return deviations(run.precision, **{"forward": WORST} if wrong else {})

    code, out, _ = verified(answer, outputs=outputs)
    assert code == 1
    named = "PyTorch GRU scratch: outputs match gates r and z exchanged"
    assert out.count(named) == known
    assert out.count("outputs match") == known


@pytest.mark.parametrize(
    ("status", "code"), [("failed", 1), ("timeout", 1), ("unavailable", 0)]
)
def test_a_worker_without_an_answer(verified, status, code):
    def answer(run, impl):
        if (run.cell, impl) == ("gru", IMPLS[0]):
            raise WorkerError(status, f"it was {status}", "")
        return deviations(run.precision)

    found, out, _ = verified(answer)
    assert found == code
    assert f"it was {status}" in out


def test_every_process_is_ended(verified):
    *_, requested = verified(lambda run, impl: deviations(run.precision))
    assert requested.count("end") >= 2 * len(TESTED)


def test_an_interrupt_ends_the_checks_and_keeps_those_done(
    monkeypatch, tmp_path
):
    made = []

    class Worker:
        def __init__(self):
            made.append(self)
            self.number, self.ended = len(made), threading.Event()

        def ask(self, job, run, timeout, *, impl):
            if self.number == 2:
                raise KeyboardInterrupt
            if self.number > 2:  # a long check, which only the end cuts short
                assert self.ended.wait(10)
                raise WorkerError("failed", "the worker ended: signal 9", "")
            return {"result": {"deviations": deviations(run.precision)}}

        def end(self):
            self.ended.set()

    monkeypatch.setattr(verify, "Worker", Worker)
    monkeypatch.setattr(verify, "cpu_count", lambda: 1)
    cells = ["rnn", "gru", "lstm", "mgu"]
    flags = ["--frameworks", "pytorch", "--cells", *cells]
    with pytest.raises(KeyboardInterrupt):
        verify.main([*flags, "--out", str(tmp_path)])
    assert all(worker.ended.wait(10) for worker in made)
    assert len(made) <= 3
    kept = read_records(tmp_path / "runs.jsonl")
    assert {record.cell for record in kept} == {"rnn"}
