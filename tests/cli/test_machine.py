"""What a run needs of the machine, known before it starts."""

from argparse import Namespace
from dataclasses import replace

import numpy as np
import pytest

from comparisons.arguments import machine, memory
from comparisons.arguments.memory import check_memory
from comparisons.arguments.options import parse_options
from comparisons.equivalence.limits import BY_DEVICE
from comparisons.runs.plan import fitting_in_memory, nearest_size
from shared.errors import DeviceError, UserError
from shared.specs import ModelSpec
from shared.specs.run import PRECISIONS
from shared.weights.flops import count_parameters


@pytest.fixture
def small(monkeypatch):
    """A machine without a GPU that has as many bytes as requested."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")

    def limit(size):
        monkeypatch.setattr(memory, "memory_limit", lambda: size)

    limit(10**12)
    return limit


def run_of(*flags):
    return parse_options(["--task", "sine", "--cells", "gru", *flags]).run


@pytest.mark.parametrize(
    ("flags", "copies"),
    [
        ((), 16),  # weights, gradients and two moments of 4 bytes
        (("--optimizer", "rmsprop"), 12),
        (("--optimizer", "sgd"), 8),
        (("--precision", "float64"), 32),
    ],
)
def test_a_model_needs_its_weights_gradients_and_moments(small, flags, copies):
    run = run_of("--hidden-size", "1000", *flags)
    weights = count_parameters(run.model) * copies
    states = 64 * 4 * 1000 * copies // {16: 4, 12: 3, 8: 2, 32: 4}[copies]
    small(weights + states)
    check_memory(run)
    small(weights + states - 1)
    with pytest.raises(UserError, match="hidden_size 1000, num_layers 1 and"):
        check_memory(run)


def test_states_of_all_steps_are_kept(small):
    run = run_of("--num-layers", "3", "--bidirectional", "on")
    small(30 * 10**6)
    check_memory(run, 100)
    with pytest.raises(UserError, match="needs at least"):
        check_memory(run, 10_000)


def test_on_a_gpu_only_the_weights_must_fit(small, monkeypatch):
    run = run_of("--hidden-size", "1000")
    small(4 * count_parameters(run.model))
    with pytest.raises(UserError):
        check_memory(run)
    monkeypatch.setattr(memory, "may_have_gpu", lambda: True)
    check_memory(run)
    with pytest.raises(UserError):
        check_memory(replace(run, device="cpu"))


def test_a_limit_of_the_process_is_seen(monkeypatch):
    whole = machine.memory_limit()
    assert whole > 10**8
    limits = (whole // 2, machine.resource.RLIM_INFINITY)
    monkeypatch.setattr(machine.resource, "getrlimit", lambda kind: limits)
    assert machine.memory_limit() == whole // 2


@pytest.mark.parametrize(
    ("visible", "files", "found"),
    [
        ("", ["nvidia0"], False),
        ("-1", ["nvidia0"], False),
        ("0", ["nvidiactl"], True),
        (None, ["kfd"], True),
        (None, ["null", "nvme0"], False),
    ],
)
def test_a_gpu_is_known_by_its_driver(
    monkeypatch, tmp_path, visible, files, found
):
    for name in files:
        (tmp_path / name).touch()
    monkeypatch.setattr(machine, "DEVICES", tmp_path)
    monkeypatch.setattr(machine.sys, "platform", "linux")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    if visible is not None:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert machine.may_have_gpu() == found
    for options in (
        Namespace(device="gpu"),
        Namespace(device="auto", precision="tf32"),
    ):
        if found:
            machine.check_device(options)
        else:
            with pytest.raises(DeviceError, match="none on this machine"):
                machine.check_device(options)


@pytest.mark.parametrize("goal", [10, 1000, 54_321, 10**9, 2**62])
@pytest.mark.parametrize(
    "spec",
    [
        ModelSpec(cell="gru"),
        ModelSpec(cell="rnn", num_layers=2, bidirectional=True),
        ModelSpec("seq2seq", "lstm", "embedding", embedding_size=1),
        ModelSpec(
            *("seq2seq", "gru", "embedding"),
            embedding_size=1,
            bidirectional=True,
        ),
        ModelSpec(cell="gru", impl="scratch", layer_norm=True),
    ],
)
def test_the_nearest_size_is_the_nearest(spec, goal):
    def count(size):
        return count_parameters(replace(spec, hidden_size=size))

    step = 2 if spec.model == "seq2seq" and spec.bidirectional else 1
    least = step * (1 + spec.layer_norm)  # one unit cannot be normalized
    if count(least) > goal:
        with pytest.raises(UserError, match=f"the {count(least)} of the small"):
            nearest_size(spec, goal)
        return
    size = nearest_size(spec, goal)
    assert size % step == 0
    for other in (size - step, size + step):
        if other >= least:
            assert abs(count(size) - goal) <= abs(count(other) - goal)


def test_data_that_numpy_cannot_hold_are_an_error_of_the_user():
    error = pytest.raises(UserError, match="x: the data do not fit")
    for shape in ((2**62,), (2**40, 2**40)):
        with error, fitting_in_memory("x"):
            np.zeros(shape)
    with pytest.raises(ValueError, match="other"), fitting_in_memory("x"):
        raise ValueError("other")


@pytest.mark.parametrize(
    ("system", "precision", "text"),
    [
        ("linux", "float32", "device mps needs a Mac: there is none"),
        ("darwin", "float64", "precision float64 needs another device"),
        ("darwin", "bf16", "precision bf16 needs another device"),
        ("darwin", "tf32", "precision tf32 needs a GPU, not device mps"),
    ],
)
def test_mps_is_of_macs_in_single_precision(
    monkeypatch, system, precision, text
):
    monkeypatch.setattr(machine.sys, "platform", system)
    with pytest.raises(DeviceError, match=text):
        machine.check_device(Namespace(device="mps", precision=precision))


@pytest.mark.parametrize("device", ["cpu", "gpu", "mps"])
def test_a_device_has_limits_of_the_precisions_it_has(monkeypatch, device):
    monkeypatch.setattr(machine.sys, "platform", "darwin")
    monkeypatch.setattr(machine, "may_have_gpu", lambda: True)
    for precision in PRECISIONS:
        options = Namespace(device=device, precision=precision)
        if precision in BY_DEVICE[device]:
            machine.check_device(options)
        else:
            with pytest.raises(DeviceError, match=precision):
                machine.check_device(options)


def test_mps_on_a_mac_is_left_to_pytorch(monkeypatch):
    monkeypatch.setattr(machine.sys, "platform", "darwin")
    machine.check_device(Namespace(device="mps", precision="float32"))
    words = ["--task", "sine", "--device", "mps"]
    assert parse_options([*words, "--frameworks", "pytorch"])
    with pytest.raises(
        UserError, match=r"keras has no device mps; .*: pytorch"
    ):
        parse_options(words)
