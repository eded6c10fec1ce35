"""One trial at a time on the whole machine."""

from contextlib import ExitStack

from comparisons.runs.engines.alone import measured
from comparisons.runs.processes import Worker
from comparisons.tuning.search import Search
from comparisons.tuning.trials import OpenTrial
from comparisons.worker.messages import Message


class Alone:
    """A process for each cell, of which one trains while the others wait."""

    def __init__(self, timeout: float):
        self.timeout = timeout
        self.workers: dict[str, Worker] = {}
        self.cleanup = ExitStack()

    def train(self, search: Search) -> None:
        with self.cleanup:
            while opened := search.next():
                self._train(search, opened)

    def _train(self, search: Search, opened: OpenTrial) -> None:
        search.begin(opened)
        worker = self._worker(opened.item.run.cell)

        def on_event(message: Message) -> None:
            search.watch(message)
            if message["event"] == "epoch":
                worker.reply({"prune": search.prunes(opened, message)})

        fields = measured(worker, opened.item, self.timeout, on_event)
        search.finish(opened, fields)

    def _worker(self, cell: str) -> Worker:
        """The cell's process; a dead one is replaced."""
        worker = self.workers.get(cell)
        if worker is None or not worker.alive:
            worker = self.workers[cell] = Worker()
            self.cleanup.callback(worker.end)
        return worker
