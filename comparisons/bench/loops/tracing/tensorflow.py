"""The operations of TensorFlow, from the trace that its profiler writes."""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tensorflow as tf
from tensorflow.tsl.profiler.protobuf import xplane_pb2

OPERATION = re.compile(
    r"[^:\s]+:(?P<type>\w+)|(?P<thunk>[\w-]+(_fusion|\.)[.\d]*)"
)
"""An operation of a graph, `name:type`, or of XLA, `dot.3`, `add_fusion.1`.

Iterators have two colons."""

AROUND = (
    *("While", "StatelessWhile", "PartitionedCall", "If", "XlaLaunch"),
    *("while", "call", "conditional", "PyFunc"),
)
"""Beginnings of what executes others, and of what draws the batches."""


@contextmanager
def tracing() -> Iterator[dict[str, float]]:
    """Seconds by type or name, filled at the end."""
    found = defaultdict[str, float](float)
    with tempfile.TemporaryDirectory() as folder:
        with tf.profiler.experimental.Profile(folder):
            yield found
        for path in Path(folder).rglob("*.xplane.pb"):
            space = xplane_pb2.XSpace.FromString(path.read_bytes())
            for plane in space.planes:
                for line in plane.lines:
                    for event in line.events:
                        name = plane.event_metadata[event.metadata_id].name
                        own = OPERATION.fullmatch(name)
                        kind = own and (own["type"] or own["thunk"])
                        if kind and not kind.startswith(AROUND):
                            found[kind] += event.duration_ps / 1e12
