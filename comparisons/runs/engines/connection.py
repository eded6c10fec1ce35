"""A connection to Ray: to a cluster, or to one that is started here."""

import importlib
import os
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from comparisons.arguments.address import unanswered
from comparisons.records.environment import ROOT, cpu_count
from comparisons.runs.engines.staging import stage
from shared.specs import RunSpec

MEMORY = 1 << 27
"""Bytes of a local Ray's object store: fields of runs are small."""

VARIABLES = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}
"""Of a local Ray: it reports to nobody, and its workers yield to nobody."""

SHARED = ContextVar("SHARED", default=False)
"""Whether the Ray that is started here outlives a connection."""


def load_ray() -> Any:
    """The module, which is an extra."""
    return importlib.import_module("ray")


@contextmanager
def one_local_ray() -> Iterator[None]:
    """Within, all connections to a Ray of this machine are to the same one."""
    token = SHARED.set(True)
    try:
        yield
    finally:
        SHARED.reset(token)
        if load_ray().is_initialized():
            load_ray().shutdown()


class Connection:
    """The connection of one command.

    address: of a cluster, "" to start Ray on this machine. environment, sent:
    what a `Host` needs; folder: of files that end with the connection.
    """

    def __init__(self, address: str):
        self.address = address
        self.temporary = tempfile.TemporaryDirectory(prefix="rnn-ray-")
        self.folder = Path(self.temporary.name)
        self.environment: dict[str, str] = {}
        self.sent: dict[str, str] = {}
        self.ray: Any = None

    def open(self, run: RunSpec, variables: Mapping[str, str]) -> None:
        """Connect; UserError where no Ray answers.

        run: one whose code and data are sent. variables: of all processes.
        """
        local = {} if self.address else VARIABLES
        for name, value in {**local, **variables}.items():
            os.environ.setdefault(name, value)
        ray = load_ray()
        if SHARED.get() and not self.address and ray.is_initialized():
            self.ray = ray
            return
        given: dict[str, Any] = {"log_to_driver": False}
        given |= {"configure_logging": True, "logging_level": "fatal"}
        if self.address:
            given |= {"address": self.address}
            environment = self._sent(run, variables)
        else:
            paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
            path = os.pathsep.join(filter(None, paths))
            environment = {"env_vars": {"PYTHONPATH": path}}
            given |= {"num_cpus": cpu_count(), "object_store_memory": MEMORY}
            given |= {"include_dashboard": False}
        handler = signal.getsignal(signal.SIGTERM)
        try:
            self.ray = ray
            ray.init(runtime_env=environment, **given)
        except Exception as error:  # a start that takes too long has no other
            raise unanswered(self.address) from error
        finally:
            signal.signal(signal.SIGTERM, handler)  # Ray has one of its own

    def slots(self, cpus: int, jobs: int) -> int:
        """The actors that work at once: `jobs`, or as many as have room."""
        total = int(self.ray.cluster_resources().get("CPU", 1))
        return jobs or max(1, total // cpus)

    def close(self) -> None:
        if self.ray is not None and not (SHARED.get() and not self.address):
            self.ray.shutdown()
        self.temporary.cleanup()

    def _sent(
        self, run: RunSpec, variables: Mapping[str, str]
    ) -> dict[str, Any]:
        """The runtime environment of a cluster: code, data, variables."""
        staged = stage(run, self.folder / "code")
        self.environment, self.sent = staged.environment, staged.sent
        environment: dict[str, Any] = {"working_dir": str(staged.folder)}
        if variables:
            environment["env_vars"] = dict(variables)
        return environment
