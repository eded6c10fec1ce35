"""The operations of XLA's CPU client, from the trace that JAX writes."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jax

THREADS = "tf_XLA"
"""How the names of threads begin that execute programs."""

AROUND = ("ThunkExecutor", "while", "call", "conditional", "end:", "wait")
"""Beginnings of the names of what executes other operations."""


@contextmanager
def tracing() -> Iterator[dict[str, float]]:
    """Seconds by name, filled at the end."""
    found = defaultdict[str, float](float)
    with tempfile.TemporaryDirectory() as folder:
        with jax.profiler.trace(folder):
            yield found
        for path in Path(folder).rglob("*.xplane.pb"):
            planes = jax.profiler.ProfileData.from_file(str(path)).planes
            for line in (line for plane in planes for line in plane.lines):
                if line.name.startswith(THREADS):
                    for event in line.events:
                        if not event.name.startswith(AROUND):
                            found[event.name] += event.duration_ns / 1e9
