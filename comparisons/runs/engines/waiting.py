"""The items that wait for a worker, so handed out that workers stay warm."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable

from comparisons.runs.engines.engine import BASELINES, WorkItem

Program = tuple[str, ...]
"""What a process has imported: it serves items of one program."""

ANY = BASELINES
"""The program of items that import nothing, which each process can do."""


def by_framework(item: WorkItem) -> Program:
    """Scored runs of all cells of a framework share a process."""
    return item.row if item.row == ANY else (item.row[0],)


def by_row(item: WorkItem) -> Program:
    """Timed runs: the memory of a process is that of its row."""
    return item.row


class Waiting:
    """Items by the program of the process that they need; for threads."""

    def __init__(
        self, items: Iterable[WorkItem], program: Callable[[WorkItem], Program]
    ):
        self.program = program
        self.items: dict[Program, deque[WorkItem]] = {}
        self.serving = Counter[Program]()
        self.lock = threading.Lock()
        for item in items:
            self.items.setdefault(program(item), deque()).append(item)

    def next(self, loaded: Program | None) -> WorkItem | None:
        """The next item for a process; None if none is left.

        loaded: its program. One that needs no other comes first; else the
        program with the most items for each process that serves it.
        """
        with self.lock:
            for known in (ANY, loaded):
                if known is not None and self.items.get(known):
                    return self.items[known].popleft()
            left = {p: len(found) for p, found in self.items.items() if found}
            if loaded is not None:
                self.serving[loaded] -= 1
            if not left:
                return None
            chosen = max(left, key=lambda p: left[p] / (1 + self.serving[p]))
            self.serving[chosen] += 1
            return self.items[chosen].popleft()

    def put_back(self, item: WorkItem) -> None:
        """Let another process do an item, before all others."""
        with self.lock:
            self.items.setdefault(self.program(item), deque()).appendleft(item)

    def clear(self) -> None:
        with self.lock:
            self.items.clear()
