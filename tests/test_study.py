"""The study of steps: every gate and state, the same in every framework."""

import csv
import importlib
from dataclasses import replace

import numpy as np
import pytest
from helpers import assert_refused, compare

from comparisons.cases import BATCH, Case
from comparisons.compare import dispatch
from comparisons.deviation import deviation
from comparisons.equivalence import LIMITS, loaded
from comparisons.studies.unrolling import (
    ENDINGS,
    Example,
    Unrolled,
    example_of,
    expected,
    request_of,
    unroll_example,
)
from shared import reference_model, reference_unroll
from shared.checkpoints import Checkpoint, save_checkpoint
from shared.errors import SpecError, UserError
from shared.initial import layer_prefixes
from shared.specs import CELLS, QUANTITIES, RunSpec
from shared.task import get_task

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")
SHAPES = {
    "values, one way, full": ("forecaster", "values", 1, False, False),
    "embedded, two ways, padded": ("classifier", "embedding", 2, True, True),
    "one-hot, one way, padded": ("classifier", "onehot", 2, False, True),
}


def case_of(cell, shape):
    model, kind, depth, both, padded = SHAPES[shape]
    return Case(model, cell, kind, "scratch", depth, both, padded)


def measured(package, case, precision):
    """Quantity -> deviation of a package's from the reference's."""
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, precision, 0)
    model, weights = loaded(implementation, case, precision)
    x, _, lengths = case.split()
    found = implementation.unroll(model, x, lengths)
    wanted = reference_unroll.unroll(case.spec(), weights, x, lengths)
    assert list(found) == list(wanted)
    assert all(str(found[name].dtype) == precision for name in found)
    return {name: deviation(found[name], wanted[name]) for name in wanted}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_every_step_is_that_of_the_reference(package, shape, cell, precision):
    apart = measured(package, case_of(cell, shape), precision)
    limit = LIMITS[precision]["forward"]
    assert {n: a for n, a in apart.items() if not a <= limit} == {}


@pytest.mark.parametrize("cell", CELLS)
def test_the_reference_has_every_gate_and_state_of_every_layer(cell):
    case = case_of(cell, "embedded, two ways, padded")
    spec, (x, _, lengths) = case.spec(), case.split()
    found = reference_unroll.unroll(spec, case.weights(), x, lengths)
    steps = [
        prefix + name
        for prefix, _ in layer_prefixes(spec)
        for name in QUANTITIES[cell]
    ]
    assert list(found) == ["input", *steps, "outputs"]
    for name in steps:
        assert found[name].shape == (BATCH, x.shape[1], spec.hidden_size)
    outputs = reference_model.forward(spec, case.weights(), x, lengths)
    np.testing.assert_array_equal(found["outputs"], outputs)


def test_states_follow_from_gates_by_the_equations():
    """h' = o tanh(c'), c' = f c + i g; h' = (1 - z) n + z h."""
    for cell in ("lstm", "gru"):
        case = case_of(cell, "values, one way, full")
        x, _, lengths = case.split()
        found = reference_unroll.unroll(case.spec(), case.weights(), x, lengths)
        gates = [found[f"rnn.0.{name}"] for name in QUANTITIES[cell]]
        before = [np.pad(g, ((0, 0), (1, 0), (0, 0)))[:, :-1] for g in gates]
        if cell == "lstm":
            i, f, g, o, h, c = gates
            np.testing.assert_allclose(c, f * before[5] + i * g, atol=1e-14)
            np.testing.assert_allclose(h, o * np.tanh(c), atol=1e-14)
        else:
            _, z, n, h = gates
            new = (1 - z) * n + z * before[3]
            np.testing.assert_allclose(h, new, atol=1e-14)


@pytest.mark.parametrize("cell", CELLS)
def test_past_the_end_gates_are_zero_and_the_state_keeps_still(cell):
    case = case_of(cell, "embedded, two ways, padded")
    x, _, lengths = case.split()
    found = reference_unroll.unroll(case.spec(), case.weights(), x, lengths)
    end, row = int(lengths[0]), 0
    assert end < x.shape[1]
    assert not found["input"][row, end:].any()
    for name in QUANTITIES[cell]:
        ahead, back = (
            found[f"rnn.1.{way}{name}"][row] for way in ("", "reverse.")
        )
        assert ahead[:end].any()
        assert not back[end:].any()  # read first: still the state 0
        kept = ahead[end - 1] if name in "hc" else 0.0 * ahead[0]
        np.testing.assert_array_equal(
            ahead[end:], np.broadcast_to(kept, ahead[end:].shape)
        )


PLANTS = {
    "a gate": ("lstm", lambda r, x, h, w, b: r(x, h, w, b)[::-1]),
    "a bias": ("gru", lambda r, x, h, w, b: r(x, h, w, b * 0.0)),
    "a state": ("gru", lambda r, x, h, w, b: r(x, h * 1.1, w, b)),
}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_error_in_the_gates_is_seen(package, plant, monkeypatch):
    cell, change = PLANTS[plant]
    steps = importlib.import_module(f"{package}.unroll").GATES
    right = steps[cell]
    monkeypatch.setitem(steps, cell, lambda *a: change(right, *a))
    apart = measured(package, case_of(cell, "values, one way, full"), "float64")
    assert max(apart.values()) > 1e-4
    assert apart["rnn.0.h"] <= 1e-10  # the steps themselves are right


@pytest.mark.parametrize("package", PACKAGES)
def test_a_planted_error_in_a_step_is_seen(package, monkeypatch):
    steps = importlib.import_module(f"{package}.cells").STEPS
    right = steps["rnn"]
    monkeypatch.setitem(
        steps, "rnn", lambda x, s, w, b: right(x * 1.001, s, w, b)
    )
    apart = measured(
        package, case_of("rnn", "values, one way, full"), "float64"
    )
    assert apart["rnn.0.h"] > 1e-5


@pytest.fixture
def example():
    """One padded sequence of four steps for a deep model in two ways."""
    case = case_of("gru", "embedded, two ways, padded")
    x, _, lengths = case.split()
    return Example(case.spec(), None, x[:1, :4], lengths[:1])


def test_a_request_brings_the_example_as_it_is(example):
    again = example_of(request_of(example))
    assert (again.model, again.checkpoint) == (example.model, None)
    for one, other in ((again.x, example.x), (again.lengths, example.lengths)):
        np.testing.assert_array_equal(one, other)
        assert one.dtype == other.dtype


def test_endings_are_the_outputs_of_the_sequence_cut_there(example):
    found = expected(example, 0)
    weights = example.weights(0)
    for t in range(4):
        cut = reference_model.forward(
            example.model, weights, example.x[:, : t + 1], None
        )
        np.testing.assert_allclose(found[ENDINGS][t], cut[0], atol=1e-14)
    np.testing.assert_allclose(found[ENDINGS][-1], found["outputs"][0])


@pytest.mark.parametrize("package", PACKAGES)
def test_a_job_gives_both_kinds_of_layers_the_same_weights(package, example):
    run = RunSpec("names", "any", "gru", device="cpu", threads=1)
    implementation = importlib.import_module(package)
    found = unroll_example(run, implementation, request_of(example))
    unrolled = Unrolled(
        example,
        run,
        list("abcd"),
        {package: {name: np.array(a) for name, a in found.items()}},
        expected(example, run.seed),
        LIMITS["float32"]["forward"],
    )
    assert unrolled.parted() == []
    other = replace(unrolled, reference=expected(example, run.seed + 1))
    assert len(other.parted()) == len(found)


def test_a_missing_quantity_parts():
    case = case_of("rnn", "values, one way, full")
    x, _, lengths = case.split()
    example = Example(case.spec(), None, x[:1], lengths)
    wanted = expected(example, 0)
    some = {name: a for name, a in wanted.items() if name != "rnn.0.h"}
    run = RunSpec("sine", "any", "rnn")
    parted = Unrolled(example, run, [], {"any": some}, wanted, 1e-5).parted()
    assert len(parted) == len(wanted)


def test_names_are_read_as_the_task_reads_them(tiny_names):
    task = get_task("names")
    dataset = task.load(task.data, 0)
    assert task.encode is not None
    row = 3
    name = str(dataset.arrays["names_test"][row])
    x, lengths = task.encode(name, dataset)
    np.testing.assert_array_equal(x[0], dataset.test.x[row, : len(name)])
    assert lengths.tolist() == [len(name)]
    for text in ("Papad3s", ""):
        with pytest.raises(SpecError, match=r"no character|'3'"):
            task.encode(text, dataset)


SINE = (
    *("study", "steps", "--task", "sine", "--preset", "quick"),
    *("--hidden-size", "4", "--train-steps", "100", "--quiet"),
)


def lines(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_command_shows_and_writes_every_step(tmp_path):
    done = compare(*SINE, "--cell", "gru", "--example", "2", "--out", tmp_path)
    assert done.code == 0, done
    assert max(map(len, done.out.splitlines())) <= 80
    for framework in ("pytorch", "keras", "jax"):
        assert f"\n {framework} " in done.out
    rows = lines(tmp_path / "steps-gru.csv")
    values = {}
    for row in rows:
        key = (row["framework"], row["quantity"])
        values.setdefault(key, []).append(float(row["value"]))
    frameworks = {framework for framework, _ in values}
    assert frameworks == {"pytorch", "keras", "jax", "reference"}
    window = 20
    for name in ("r", "z", "n", "h"):
        for framework in frameworks:
            found = values[framework, f"rnn.0.{name}"]
            assert len(found) == window * 4
            np.testing.assert_allclose(
                found, values["reference", f"rnn.0.{name}"], atol=1e-5
            )
    ends = {row["step"] for row in rows if row["quantity"] == "outputs"}
    assert ends == {str(window)}
    steps = [int(row["step"]) for row in rows if row["quantity"] == "endings"]
    assert sorted(set(steps)) == list(range(1, window + 1))
    picture = tmp_path / "steps-gru.png"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_checkpoint_is_unrolled_with_its_own_weights(tmp_path):
    path = tmp_path / "a.safetensors"
    case = Case("forecaster", "rnn", "values", "native", 1, False, False)
    model = replace(case.spec(), input_size=1, output_size=1)
    weights = {
        "rnn.0.w_ih": np.zeros((1, 5), np.float32),
        "rnn.0.w_hh": np.zeros((5, 5), np.float32),
        "rnn.0.b_ih": np.full(5, 0.5, np.float32),
        "head.weight": np.ones((5, 1), np.float32),
        "head.bias": np.zeros(1, np.float32),
    }
    run = RunSpec("sine", "jax", "rnn", seed=1)
    save_checkpoint(path, Checkpoint(run, model, weights))
    arguments = ("study", "steps", "--checkpoint", path, "--out", tmp_path)
    done = compare(*arguments, "--framework", "pytorch")
    assert done.code == 0, done
    assert "trained weights" in done.out
    for row in lines(tmp_path / "steps-rnn.csv"):
        if row["quantity"] == "rnn.0.h":
            assert float(row["value"]) == pytest.approx(np.tanh(0.5))
    assert_refused(compare(*arguments, "--task", "names"), "sine rnn", "names")
    assert_refused(compare(*arguments, "--cell", "gru"), "sine rnn", "gru")
    assert_refused(compare(*arguments, "--hidden-size", "9"), "--hidden-size")


@pytest.mark.parametrize(
    ("arguments", "texts"),
    [
        (("study",), ["steps"]),
        (("study", "step"), ["'step'", "did you mean 'steps'?"]),
        ((*SINE, "--text", "Ivan"), ["'sine' reads no text", "--example"]),
        ((*SINE, "--example", "9999"), ["9999", "only 0 to"]),
        ((*SINE, "--text", "a", "--example", "0"), ["choose one"]),
        ((*SINE, "--init", "native"), ["--init native"]),
        ((*SINE, "--cell", "lst"), ["'lst'", "did you mean 'lstm'?"]),
        (("study", "steps"), ["--task is missing"]),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(arguments, texts):
    with pytest.raises(UserError) as refused:
        dispatch([*arguments])
    assert "\n" not in str(refused.value)
    for text in texts:
        assert text in str(refused.value)
