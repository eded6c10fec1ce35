"""Several trials at once on one machine, each worker on its own cores."""

import queue
import threading
from collections.abc import Sequence

from comparisons.runs.engines.cores import UNPINNED, Cores, can_pin
from comparisons.runs.engines.pool import Slot
from comparisons.runs.engines.waiting import by_framework
from comparisons.tuning.search import Search
from comparisons.tuning.trials import OpenTrial
from comparisons.worker.messages import Message


class Pool:
    """A thread for each trial at work; the caller's has Optuna and the store.

    messages: the epochs of all trials and their results, or what a slot raises.
    """

    def __init__(self, cores: Sequence[Cores], timeout: float):
        self.slots = [Slot(share, timeout) for share in cores]
        self.messages: queue.Queue[tuple[Slot, Message | OSError]]
        self.messages = queue.Queue()

    def train(self, search: Search) -> None:
        if not can_pin():
            search.progress.say(UNPINNED)
        idle, at_work = [*self.slots], dict[Slot, OpenTrial]()
        try:
            while True:
                while idle and (opened := search.next()):
                    at_work[idle[0]] = opened
                    self._start(idle.pop(0), opened)
                if not at_work:
                    return
                slot, message = self.messages.get()
                if isinstance(message, OSError):  # no process, no file
                    raise message
                search.store.check()
                if message["event"] == "result":
                    opened = at_work.pop(slot)
                    search.begin(opened)
                    search.finish(opened, message["result"])
                    idle.append(slot)
                else:
                    prune = search.prunes(at_work[slot], message)
                    slot.reply({"prune": prune})
        finally:
            for slot in self.slots:
                slot.end()

    def _start(self, slot: Slot, opened: OpenTrial) -> None:
        threading.Thread(target=self._train, args=[slot, opened]).start()

    def _train(self, slot: Slot, opened: OpenTrial) -> None:
        def on_event(message: Message) -> None:
            if message["event"] == "epoch":
                self.messages.put((slot, message))

        item = opened.item
        try:
            fields = slot.do(item, by_framework(item), on_event)
        except InterruptedError:  # the slot has ended
            return
        except OSError as error:
            self.messages.put((slot, error))
            return
        if not slot.ended:
            result = {"event": "result", "result": fields}
            self.messages.put((slot, result))
