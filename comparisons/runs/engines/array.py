"""Runs as one Slurm array job: each element does its share of the items.

The elements share the file system with the driver. Each appends what it
finishes to a file of its own, so that neither a killed element nor a killed
driver loses it; the driver brings all into the one store.
"""

import importlib
import os
import platform
import shutil
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from comparisons.records.environment import ROOT, cpu_count, machine
from comparisons.runs.engines.engine import (
    SCORED,
    Finished,
    Watch,
    WorkItem,
    packed,
    unpacked,
)
from comparisons.runs.engines.pool import Slot
from comparisons.runs.engines.waiting import by_framework
from comparisons.worker.messages import Message, dumps, loads

FOLDER = "slurm"
"""Folder of a comparison that has the array's files until it is finished."""

JOBS, PART = "jobs.txt", ".part.jsonl"
"""The ids of submitted elements; the ending of what an element finishes."""

MOST, ROUNDS = 100, 3
"""Elements where `--jobs` is auto; arrays that an item can be lost in."""

PAUSE = 0.2
"""Seconds between two readings of the elements' files."""


class JobArray:
    """The engine of `--engine slurm`.

    out: the folder of the comparison; cluster: of submitit, "local" for
    processes of this machine, None for Slurm where it is there.
    """

    timing = SCORED

    def __init__(
        self,
        out: Path,
        timeout: float,
        threads: int,
        jobs: int = 0,
        cluster: str | None = None,
    ):
        self.folder = out.resolve() / FOLDER
        self.timeout, self.jobs, self.cluster = timeout, jobs, cluster
        self.cpus = max(1, threads)
        self.elements: list[Any] = []

    def finish(
        self, items: Sequence[WorkItem], watch: Watch
    ) -> Generator[Finished, None, None]:
        if not items:
            return
        left = {(item.kind, item.key): item for item in items}
        self._cancel_earlier()
        for number in range(ROUNDS + 1):
            if number:  # before the first: what a killed driver left
                self._submit(sorted(left.values(), key=in_order), watch)
            for done in self._collect(left, ended=not number):
                watch.begin(done[0])
                yield done
            if not left:
                break
        text = f"{ROUNDS} array jobs ended without it; see '{self.folder}'"
        for item in list(left.values()):
            watch.begin(item)
            yield item, {"status": "failed", "error": text}
        if not left:
            shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> None:
        """End every element."""
        for element in self.elements:
            element.cancel(check=False)
        for element in self.elements:
            with suppress(Exception):  # of submitit, for one that is canceled
                element.wait()

    def _submit(self, items: list[WorkItem], watch: Watch) -> None:
        """Submit one array job with all items."""
        submitit = importlib.import_module("submitit")
        paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
        executor = submitit.AutoExecutor(self.folder, cluster=self.cluster)
        local = executor.cluster == "local"
        if local and self.cluster is None:
            watch.say("there is no Slurm here: the array is of processes")
        most = self.jobs or (cpu_count() // self.cpus if local else MOST)
        count = min(len(items), max(1, most))
        sent = list(map(packed, items))
        parts = [sent[number::count] for number in range(count)]
        minutes = self.timeout * len(parts[0]) / 60
        executor.update_parameters(
            name="rnn-comparisons",
            cpus_per_task=self.cpus,
            timeout_min=int(minutes) + 10,
            slurm_array_parallelism=count,
        )
        name = f"{os.getpid()}-{time.time_ns()}"
        files = [self.folder / f"{name}-{n}{PART}" for n in range(count)]
        driver = (platform.node(), os.getpid())
        every = [driver] * count, [self.timeout] * count
        self.elements = executor.map_array(do_items, parts, files, *every)
        with (self.folder / JOBS).open("a") as stream:
            stream.writelines(f"{one.job_id}\n" for one in self.elements)

    def _collect(
        self, left: dict[Any, WorkItem], ended: bool
    ) -> Iterator[Finished]:
        """What the elements finish, until all have ended.

        ended: they were ended, of which a failure may be the effect.
        """
        places: dict[Path, int] = {}
        over = False
        while not over:
            over = all(element.done() for element in self.elements)
            for path in sorted(self.folder.glob(f"*{PART}")):
                for line in new_lines(path, places):
                    message = loads(line)
                    if ended and message["fields"].get("status") == "failed":
                        continue
                    item = left.pop((message["kind"], message["key"]), None)
                    if item is not None:
                        yield item, message["fields"]
            if not over:
                time.sleep(PAUSE)

    def _cancel_earlier(self) -> None:
        """End the elements of a driver that was killed."""
        path = self.folder / JOBS
        if not path.is_file():
            return
        slurm = importlib.import_module("submitit").SlurmJob
        for job in path.read_text().split():
            with suppress(OSError):  # no Slurm: they ended with the driver
                slurm(self.folder, job).cancel(check=False)
        path.unlink()


def in_order(item: WorkItem) -> tuple[bool, str, int]:
    """Checks first, then framework by framework, as processes stay warm."""
    return item.kind == "run", item.run.framework, item.run.seed


def new_lines(path: Path, places: dict[Path, int]) -> list[str]:
    """The whole lines that were appended since the place; that moves on."""
    with path.open("rb") as stream:
        stream.seek(places.get(path, 0))
        whole, newline, _ = stream.read().rpartition(b"\n")
    places[path] = places.get(path, 0) + len(whole) + len(newline)
    return whole.decode().splitlines()


def do_items(
    items: list[Message], path: Path, driver: tuple[str, int], timeout: float
) -> int:
    """An element of the array: append a line for each item; their number."""
    slot = Slot((), timeout)
    end_with(driver)
    try:
        with path.open("a", encoding="utf-8") as stream:
            for item in map(unpacked, items):
                fields = slot.do(item, by_framework(item))
                stream.write(line_of(item, fields | {"machine": machine()}))
                stream.flush()
                os.fsync(stream.fileno())
    finally:
        slot.end()
    return len(items)


def line_of(item: WorkItem, fields: Message) -> str:
    return dumps({"kind": item.kind, "key": item.key, "fields": fields}) + "\n"


def end_with(driver: tuple[str, int]) -> None:
    """End this element with a driver of the same machine that is gone.

    One of another machine may come back: the same command continues.
    """
    node, process = driver

    def wait() -> None:
        while True:
            time.sleep(0.5)
            try:
                os.kill(process, 0)
            except ProcessLookupError:
                os._exit(1)  # and the worker with it, whose end is no failure

    if node == platform.node():
        threading.Thread(target=wait, daemon=True).start()
