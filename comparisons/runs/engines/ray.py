"""Runs on a Ray cluster: an actor for each slot, with a worker of its own.

Ray decides where an actor is. What was given to one that is lost is given to
another; the store, and the order of its records, are the runner's.
"""

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import suppress
from typing import Any

from comparisons.runs.engines.connection import Connection, load_ray
from comparisons.runs.engines.engine import (
    SCORED,
    Finished,
    Watch,
    WorkItem,
    packed,
)
from comparisons.runs.engines.host import Host, write_files
from comparisons.runs.engines.waiting import Program, Waiting, by_framework
from comparisons.worker.messages import Message

AHEAD = 2
"""Items that an actor has at once: it need not wait for the driver."""

LOSSES = 3
"""Lost actors after which an item that they had counts as failed."""


class Cluster:
    """The engine of `--engine ray`.

    address: of a cluster, "" to start Ray on this machine; jobs: actors, 0
    for one for each `threads` CPUs of the cluster.
    """

    timing = SCORED

    def __init__(self, address: str, timeout: float, threads: int, jobs: int):
        self.timeout, self.jobs = timeout, jobs
        self.cpus = max(1, threads)
        self.connection = Connection(address)
        self.waiting = Waiting((), by_framework)
        self.lost = Counter[str]()

    @property
    def arguments(self) -> list[Any]:
        """Those of each `Host`."""
        connection = self.connection
        return [self.timeout, connection.environment, connection.sent]

    def finish(
        self, items: Sequence[WorkItem], watch: Watch
    ) -> Generator[Finished, None, None]:
        if not items:
            return
        self.connection.open(items[0].run, {})
        self.waiting = Waiting(items, by_framework)
        slots = self.connection.slots(self.cpus, self.jobs)
        self.actors = Actors(self, min(slots, len(items)))
        for _ in items:
            item, fields = self.actors.next()
            watch.begin(item)
            yield item, write_files(fields)

    def close(self) -> None:
        self.waiting.clear()
        with suppress(AttributeError):
            self.actors.end()
        self.connection.close()

    def failed(self, item: WorkItem) -> bool:
        """Count the loss of an actor with this item; True after too many."""
        self.lost[item.key] += 1
        return self.lost[item.key] >= LOSSES


class Actors:
    """The actors of a cluster, and the items that each has."""

    def __init__(self, cluster: Cluster, count: int):
        ray = load_ray()
        self.cluster = cluster
        options = {"num_cpus": cluster.cpus, "max_restarts": 0}
        self.make = ray.remote(**options)(Host)
        self.starting: dict[Any, Any] = {}
        self.at_work: dict[Any, tuple[Any, WorkItem]] = {}
        self.programs: dict[Any, Program | None] = {}
        self.spare: set[Any] = set()
        for _ in range(count):
            self.start()

    def start(self) -> None:
        """Start one more; it gets items when it is ready, wherever that is."""
        actor = self.make.remote(*self.cluster.arguments)
        self.programs[actor] = None
        self.starting[actor.ready.remote()] = actor

    def next(self) -> Finished:
        """The item that is finished next; lost ones are given to others."""
        ray = load_ray()
        while True:
            known = [*self.at_work, *self.starting]
            for ref in ray.wait(known, num_returns=1)[0]:
                actor = self.starting.pop(ref, None)
                if actor is not None:
                    if self.answer(ref, actor) is not None:
                        for _ in range(AHEAD):
                            self.give(actor)
                    continue
                actor, item = self.at_work.pop(ref)
                fields = self.answer(ref, actor)
                if fields is not None:
                    self.give(actor)
                    return item, fields
                if self.cluster.failed(item):
                    return item, gone()
                self.cluster.waiting.put_back(item)
                self.rouse()

    def answer(self, ref: Any, actor: Any) -> Any:
        """What an actor answers; None if it is lost, and replaced."""
        ray = load_ray()
        try:
            return ray.get(ref)
        except ray.exceptions.RayActorError:
            if self.programs.pop(actor, self) is not self:
                self.spare.discard(actor)
                with suppress(ray.exceptions.RayError):
                    ray.kill(actor)  # it may only be out of reach
                self.start()
            return None

    def give(self, actor: Any) -> None:
        """Give an actor an item, if one is left."""
        if actor not in self.programs:
            return
        item = self.cluster.waiting.next(self.programs[actor])
        if item is None:
            self.spare.add(actor)
            return
        self.programs[actor] = by_framework(item)
        self.at_work[actor.do.remote(packed(item))] = actor, item

    def rouse(self) -> None:
        """Give what was put back to an actor that has nothing to do."""
        if self.spare:
            self.give(self.spare.pop())

    def end(self) -> None:
        """End the actors; their workers end with them."""
        ray = load_ray()
        for actor in self.programs:
            with suppress(Exception):
                ray.kill(actor)


def gone(work: str = "run") -> Message:
    """The fields of what was lost with its actors again and again."""
    text = f"{LOSSES} actors of Ray that had this {work} were lost"
    return {"status": "failed", "error": text}
