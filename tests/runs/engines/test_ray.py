"""Runs on a Ray cluster, and a cluster whose parts are killed."""

import importlib.util
import os
import signal
import socket
import threading
import time
from contextlib import contextmanager

import pytest
from factories.processes import (
    LIMIT,
    PYTORCH,
    TINY,
    Running,
    assert_refused,
    compare,
    descendants,
    outcomes,
    processes,
    records,
    stat,
    wait_until,
    without,
)

FLAGS = (*TINY, *PYTORCH, "--cells", "rnn", "--checkpoints", "off")


@contextmanager
def mute_server():
    """The address of a server that accepts, and never says anything."""
    accepted = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while True:
                try:
                    accepted.append(server.accept())
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
    for connection, _ in accepted:
        connection.close()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def refused(address, out):
    """That the address is refused in one line, in ten seconds."""
    begin = time.monotonic()
    flags = ("--engine", "ray", "--address", address, "--out", out)
    assert_refused(compare(*FLAGS, *flags), address)
    assert not out.exists()
    assert time.monotonic() - begin < 30  # ten, and an interpreter's start


def test_an_extra_that_is_not_installed_is_one_line(tmp_path):
    for engine, module in (("ray", "ray"), ("slurm", "submitit")):
        env = without(tmp_path / engine, module)
        done = compare(*FLAGS, "--engine", engine, env=env)
        assert_refused(done, f"pip install 'rnn-comparisons[{engine}]'")


needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None,
    reason="Ray is not installed (the extra ray)",
)


@needs_ray
@pytest.mark.parametrize("address", ["nowhere", "a:b", "127.0.0.1:99999"])
def test_what_is_no_address_is_refused(tmp_path, address):
    refused(address, tmp_path / "out")


@needs_ray
def test_an_address_where_no_ray_answers_is_refused(tmp_path):
    refused(f"127.0.0.1:{free_port()}", tmp_path / "out")
    with mute_server() as address:
        refused(address, tmp_path / "out")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A comparison of two cells through a local Ray, and its folder."""
    out = tmp_path_factory.mktemp("ray") / "out"
    cells = ("--cells", "rnn", "gru", "--checkpoints", "on")
    flags = (*FLAGS, *cells, "--seeds", "2", "--engine", "ray", "--out", out)
    return compare(*flags), flags, out


@needs_ray
@pytest.mark.slow
def test_records_and_files_come_into_the_one_store(finished):
    done, _, out = finished
    assert done.code == 0, done
    runs = records(out)
    assert len(runs) == len({r["key"] for r in runs}) == 4
    assert {(r["timing"], r["status"]) for r in runs} == {("scored", "ok")}
    assert len(records(out, "baselines")) == len(records(out, "equivalence"))
    for run in runs:
        assert (out / "scores" / f"{run['key']}.npz").is_file()
        assert (out / "checkpoints" / run["checkpoint"]).is_file()
    assert "Scored, not timed: 4 of 4 runs" in " ".join(done.out.split())


@needs_ray
@pytest.mark.slow
def test_the_same_command_does_nothing_again(finished):
    done, flags, out = finished
    before = (out / "runs.jsonl").read_bytes()
    again = compare(*flags)
    assert (again.code, again.out) == (0, done.out), again
    assert (out / "runs.jsonl").read_bytes() == before


@needs_ray
@pytest.mark.slow
def test_scores_are_those_of_this_machine(finished, tmp_path):
    _, flags, out = finished
    local = compare(*flags, "--engine", "local", "--out", tmp_path / "here")
    assert local.code == 0, local
    here = {r["key"]: r["scores"] for r in records(tmp_path / "here")}
    assert here == {r["key"]: r["scores"] for r in records(out)}


@needs_ray
@pytest.mark.slow
@pytest.mark.parametrize("killed", ["driver", "actor", "worker", "raylet"])
def test_nothing_is_lost_or_doubled_when_a_process_is_killed(tmp_path, killed):
    out = tmp_path / "out"
    long = ("--seeds", "4", "--epochs", "40", "--engine", "ray", "--out", out)
    flags = (*FLAGS, *long)
    names = {
        "actor": b"ray::Host",
        "worker": b"comparisons.worker",
        "raylet": b"raylet/raylet",
    }
    running = Running(tmp_path, *flags)
    try:
        running.until(lambda: records(out))
        family = descendants(running.process.pid)
        own = [p for p in processes(names.get(killed, b"")) if p in family]
        pid = running.process.pid if killed == "driver" else own[0]
        os.kill(pid, signal.SIGKILL)
        running.process.wait(LIMIT)
    finally:
        running.end()
    # Two agents of Ray ask for a minute whether their node comes back.
    wait_until(lambda: not any(map(stat, family)), limit=150.0)
    before = (out / "runs.jsonl").read_bytes()
    assert records(out)
    again = compare(*flags)
    assert again.code == 0, again
    assert (out / "runs.jsonl").read_bytes().startswith(before)
    good = [seed for seed, status in outcomes(out) if status == "ok"]
    assert sorted(good) == [*range(4)]


@pytest.fixture
def cluster():
    """A cluster of two nodes, one CPU each, on this machine."""
    from ray.cluster_utils import Cluster

    made = Cluster(
        initialize_head=True,
        head_node_args={"num_cpus": 1, "include_dashboard": False},
    )
    yield made
    made.shutdown()


@needs_ray
@pytest.mark.slow
def test_runs_of_a_node_that_is_lost_are_placed_again(tmp_path, cluster):
    """Code and data reach both nodes; the command goes on without one."""
    node = cluster.add_node(num_cpus=1)
    out = tmp_path / "out"
    long = ("--seeds", "4", "--epochs", "40", "--out", out)
    address = ("--engine", "ray", "--address", cluster.address)
    running = Running(tmp_path, *FLAGS, *long, *address)
    try:
        running.until(lambda: records(out))
        cluster.remove_node(node, allow_graceful=False)
        done = running.finished()
    finally:
        running.end()
    assert done.code == 0, done
    assert sorted(outcomes(out)) == [(seed, "ok") for seed in range(4)]
