"""The process of one run."""

import os
from pathlib import Path

import pytest
from factories.specs import run_spec

from comparisons.runs.engines.cores import can_pin
from comparisons.runs.processes import WorkerError
from comparisons.runs.trained import worker_of


@pytest.mark.skipif(not can_pin(), reason="this system pins no process")
@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_it_has_as_many_cores_as_the_run_has_threads(framework):
    """NumPy counts them before any framework is imported."""
    run = run_spec("sine", framework, "rnn", threads=1)
    worker = worker_of(run)
    try:
        with pytest.raises(WorkerError, match="no-job"):
            worker.ask("no-job", run, 60.0)  # it has imported what it needs
        pid = worker.process.pid
        assert len(os.sched_getaffinity(pid)) == 1
        found = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        assert b"OMP_NUM_THREADS=1" in found
        assert (b"KERAS_BACKEND=tensorflow" in found) == (framework == "keras")
    finally:
        worker.end()
