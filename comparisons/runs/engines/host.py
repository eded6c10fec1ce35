"""A worker on another machine: its items, and the files that they write."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from comparisons.records.environment import machine
from comparisons.runs.engines.engine import unpacked
from comparisons.runs.engines.pool import Slot
from comparisons.runs.engines.waiting import by_framework
from comparisons.worker.messages import Emit, Message
from shared.files.atomic import write_whole

FILES = "files"
"""Name of the field that has what a run wrote: path -> bytes."""

WRITTEN = ("checkpoint", "examples")
"""Fields of a request that are paths of what a run writes."""


class Host:
    """Does items in a process of its own, as a slot of this machine.

    environment: variables of the process; folders are relative to that of the
    program. sent: path of a file on the first machine -> where it is sent to,
    read where the path does not exist here.
    """

    def __init__(
        self,
        timeout: float,
        environment: Mapping[str, str] | None = None,
        sent: Mapping[str, str] | None = None,
    ):
        for name, value in (environment or {}).items():
            parts = value.split(os.pathsep)
            os.environ[name] = os.pathsep.join(map(os.path.abspath, parts))
        self.sent = {
            path: str(Path(copy).absolute())
            for path, copy in (sent or {}).items()
            if not Path(path).exists()
        }
        self.slot = Slot((), timeout)

    def ready(self) -> bool:
        return True

    def do(self, message: Message) -> Message:
        """The fields of an item; of a run also its machine and its files."""
        item = here = unpacked(message | {"run": self.local(message["run"])})
        with tempfile.TemporaryDirectory(prefix="rnn-") as folder:
            paths = {n: item.request.get(n) for n in WRITTEN}
            inside = {
                path: str(Path(folder) / Path(path).name)
                for path in paths.values()
                if path
            }
            request = {n: inside[p] if p else p for n, p in paths.items()}
            if item.kind == "run":
                here = replace(here, request=item.request | request)
            fields = self.slot.do(here, by_framework(here))
            fields["machine"] = machine()
            fields[FILES] = {
                path: Path(own).read_bytes()
                for path, own in inside.items()
                if Path(own).is_file()
            }
        return fields

    def train(self, message: Message, on_event: Emit) -> Message:
        """The fields of a trial, and of its machine; see `Slot.do`."""
        item = unpacked(message | {"run": self.local(message["run"])})
        fields = self.slot.do(item, by_framework(item), on_event)
        return fields | {"machine": machine()}

    def local(self, run: Message) -> Message:
        """The run with the files that were sent, where its own are not here."""
        data = {
            name: self.sent.get(value, value)
            if isinstance(value, str)
            else value
            for name, value in run["data"].items()
        }
        task = self.sent.get(run["task"], run["task"])
        return run | {"data": data, "task": task}

    def end(self) -> None:
        self.slot.end()


def write_files(fields: Message) -> Message:
    """Write what a run sent along; its fields without that."""
    for path, content in fields.pop(FILES, {}).items():
        write_whole(Path(path), content)
    return fields
